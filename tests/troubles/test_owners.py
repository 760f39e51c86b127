"""Owners who left: their channels are asked once, then the admins; what they take goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.slack.people import User
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


async def order(stage: Stage, flow: str = "onboarding", channel: str = "CTRAIN") -> None:
    line = f"/flow subscribe report {flow} daily 09:00 Europe/Berlin"
    await stage.command(line, user="UGRACE", channel=channel)


async def leave(stage: Stage, *, told: bool = True) -> None:
    await stage.slack.admin.change_person("UGRACE", told=told, deleted=True)
    await stage.settle()


def asked(stage: Stage, channel: str = "CTRAIN") -> list[str]:
    return [each.text for each in stage.said(channel) if "has left" in each.text]


async def press(stage: Stage, label: str, *, channel: str = "CTRAIN", user: str = "ULIN") -> None:
    shown = next(each for each in stage.said(channel) if label in str(each.blocks))
    action = next(
        each["action_id"]
        for block in shown.blocks
        for each in block.get("elements", ())
        if each.get("type") == "button" and each["text"]["text"] == label
    )
    await stage.slack.click(shown, action_id=action, user=user)
    await stage.settle()


async def owners(stage: Stage) -> list[str]:
    rows = await stage.rows("SELECT creator FROM subscriptions ORDER BY id")
    return [each["creator"] for each in rows]


@pytest.mark.parametrize("told", [True, False], ids=["by an event", "the event was lost"])
async def test_the_channel_is_asked_once_and_its_digests_go_on(stage: Stage, *, told: bool) -> None:
    await order(stage)
    await order(stage, "gdpr")
    await stage.command("/flow-run watch all", user="UGRACE")
    await leave(stage, told=told)
    stage.clock.advance(seconds=660)  # what is known of a person is believed for ten
    for days in range(3):
        await stage.at(NINE + days * DAY)

    [question] = asked(stage)
    assert question == (
        "grace, who ordered 2 digests and 1 watch (Onboarding, Gdpr, the watch of all flows) for "
        "this channel, has left. Who takes them over?"
    )
    assert len([each for each in stage.said() if " in Onboarding (" in each.text]) == 3


async def test_whoever_takes_them_owns_them_and_hears_of_them(stage: Stage) -> None:
    await order(stage)
    await order(stage, channel="CGENERAL")
    await leave(stage)
    await press(stage, "I take it")

    assert await owners(stage) == ["ULIN", "UGRACE"]
    assert stage.said()[-1].text == "Onboarding now belongs to lin."
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()
    assert stage.said("DLIN")[-1].text.startswith("Onboarding is paused")


async def test_they_can_be_stopped_and_had_again(stage: Stage) -> None:
    await order(stage)
    await order(stage, "gdpr")
    await leave(stage)
    await press(stage, "Stop them")
    assert await owners(stage) == []

    await press(stage, "Undo")
    assert await owners(stage) == ["UGRACE", "UGRACE"]


async def test_a_guest_takes_nothing(stage: Stage) -> None:
    await order(stage)
    await leave(stage)
    await press(stage, "I take it", user="UGUEST")

    assert await owners(stage) == ["UGRACE"]


async def test_where_the_channel_gives_nobody_in_a_week_a_few_admins_are_asked(
    stage: Stage,
) -> None:
    ids = [f"UADMIN{number}" for number in range(9)]
    more = [User(each, each.lower(), "Admin", is_admin=True) for each in ids]
    stage.slack.admin.add(*more)
    await order(stage)
    await leave(stage)
    for days in range(10):
        await stage.at(NINE + days * DAY)

    told = [one for one in ("UADA", *ids) if asked(stage, f"D{one[1:]}")]
    assert len(told) == 3
    [question] = asked(stage, "DADA")
    assert question.startswith("grace has left, and nobody has taken over Onboarding. ")
    await press(stage, "I take it", channel="DADA", user="UADA")
    assert await owners(stage) == ["UADA"]


async def test_where_the_channel_is_gone_the_admins_are_asked_at_once(stage: Stage) -> None:
    await order(stage)
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()
    await leave(stage)

    assert asked(stage) == []
    assert len(asked(stage, "DADA")) == 1


async def test_what_goes_wrong_with_an_orphan_is_told_to_its_channel(stage: Stage) -> None:
    await order(stage)
    await leave(stage)
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE)

    assert stage.said()[-1].text.startswith("Onboarding is paused. MomoFlow rejected")


async def test_and_where_that_is_what_went_wrong_to_the_admins(stage: Stage) -> None:
    await order(stage)
    await leave(stage)
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()

    assert stage.said("DADA")[-1].text.startswith(
        "Onboarding is paused, as its channel is archived"
    )


async def test_what_came_to_them_alone_rests_until_they_are_back(stage: Stage) -> None:
    here = stage.slack.workspace.direct_message("UGRACE").id
    await order(stage, channel=here)
    await leave(stage)
    await stage.at(NINE)
    [row] = await stage.rows("SELECT state FROM subscriptions")
    assert row["state"] == "stopped"
    assert asked(stage, "DADA") == []

    await stage.slack.admin.change_person("UGRACE", deleted=False)
    await stage.at(NINE + timedelta(hours=2))
    [row] = await stage.rows("SELECT state FROM subscriptions")
    assert row["state"] == "active"
    assert await stage.rows("SELECT id FROM troubles") == []
