"""A rule set in a window, from Home or from the list of rules."""

from typing import Any

import pytest

from sandbox.slack import View
from tests.asking.seeing import interactive, words
from tests.databases import sqlite_alone
from tests.stage import Stage

LEADS = {"policy_groups": {"policy_groups": ["SLEADS"]}}


async def home(stage: Stage, user: str = "UADA") -> View:
    await stage.slack.open_home(user=user)
    await stage.settle()
    view = stage.slack.home_of(user)
    assert view is not None
    return view


async def pressed(stage: Stage, shown: Any, label: str, user: str = "UADA") -> None:
    *_, button = [
        each for each in interactive(shown.blocks) if each.get("text", {}).get("text") == label
    ]
    block = next(
        each["block_id"] for each in shown.blocks if button in (each.get("elements") or ())
    )
    await stage.slack.click(shown, action_id=button["action_id"], block_id=block, user=user)
    await stage.settle()


def window(stage: Stage, user: str = "UADA") -> View:
    view = stage.slack.view_of(user)
    assert view is not None
    return view


async def rules(stage: Stage) -> list[tuple[str, ...]]:
    rows = await stage.rows("SELECT * FROM policy_rules ORDER BY id")
    names = ("right_id", "effect", "kind", "who", "channel", "thing_name", "asks_in")
    return [tuple(each[name] for name in names) for each in rows]


async def test_admins_set_a_rule_from_home(stage: Stage) -> None:
    await pressed(stage, await home(stage), "Set who may do what")
    outcome = await stage.slack.options(window(stage), action_id="policy_groups", query="@lead")
    assert [each["text"]["text"] for each in outcome.options] == ["@training-leads"]
    await stage.slack.submit(window(stage), values=LEADS)
    await stage.settle()

    assert await rules(stage) == [("assign", "allow", "group", "SLEADS", "", "", "")]
    assert "Only @training-leads may assign training." in words(window(stage))


async def test_all_that_a_rule_can_say_is_entered(stage: Stage) -> None:
    await stage.command("/flow policy")
    await pressed(stage, stage.slack.ephemerals("UADA")[-1], "Set a rule")
    await stage.slack.submit(
        window(stage),
        values={
            "policy_right": {"policy_right": "run"},
            "policy_effect": {"policy_effect": "second"},
            "policy_people": {"policy_people": ["UGRACE"]},
            "policy_everyone": {"policy_everyone": ["guests"]},
            "policy_channels": {"policy_channels": ["CTRAIN"]},
            "policy_thing": {"policy_thing": "Invoice run"},
            "policy_asks_in": {"policy_asks_in": ["CGENERAL"]},
        },
    )
    await stage.settle()

    rest = ("CTRAIN", "Invoice run", "CGENERAL")
    assert await rules(stage) == [
        ("run", "second", "guests", "", *rest),
        ("run", "second", "user", "UGRACE", *rest),
    ]


@pytest.mark.parametrize(
    ("values", "beside"),
    [
        ({}, "policy_people"),
        (
            {**LEADS, "policy_asks_in": {"policy_asks_in": ["CGENERAL"]}},
            "policy_asks_in",
        ),
    ],
)
async def test_what_is_missing_is_said_beside_its_input(
    stage: Stage, values: dict[str, Any], beside: str
) -> None:
    await pressed(stage, await home(stage), "Set who may do what")
    outcome = await stage.slack.submit(window(stage), values=values)

    assert {*outcome.errors} == {beside}
    assert await rules(stage) == []


@sqlite_alone
async def test_what_does_not_work_is_said_in_the_window(stage: Stage) -> None:
    await stage.command("/flow policy run not guests")
    await stage.bot.database.execute(
        """INSERT INTO policy_rules (workspace, right_id, effect, kind, who, who_name, channel,
          channel_name, thing, thing_name, asks_in, made_by, made_at)
        SELECT workspace, right_id, effect, kind, value, who_name, channel, channel_name, thing,
          thing_name, asks_in, made_by, made_at
        FROM policy_rules, json_each('[' || substr(replace(hex(zeroblob(199)), '00', ',1'), 2)
          || ']')"""
    )
    stage.bot.parts.policies.others_wrote()
    await pressed(stage, await home(stage), "Set who may do what")
    await stage.slack.submit(window(stage), values=LEADS)
    await stage.settle()

    assert "There are 200 rules, which is the most." in words(window(stage))
    assert len(await rules(stage)) == 200


async def test_home_shows_rules_and_who_did_what_to_admins_alone(stage: Stage) -> None:
    await stage.command("/flow policy run not guests")
    await pressed(stage, await home(stage), "All rules")
    assert "Who may do what: 1 rule" in words(await home(stage))
    await pressed(stage, await home(stage), "Who did what")
    assert "Who did what: 1 entry" in words(await home(stage))

    assert "Set who may do what" not in words(await home(stage, "UGRACE"))
