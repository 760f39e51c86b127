"""Who may do what, set by an admin with a line and held by every process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assembly.bot import Bot
from tests.asking.seeing import interactive, labels, tables, words
from tests.company import another_bot, let_speak
from tests.stage import Stage

ASSIGN = "/flow-report assign onboarding @lin"
MAY = "Assign onboarding to"


async def told(stage: Stage, text: str, user: str = "UADA", channel: str = "CTRAIN") -> str:
    """Return what somebody is told alone who types a line."""
    before = len(stage.slack.ephemerals(user))
    outcome = await stage.command(text, user=user, channel=channel)
    new = stage.slack.ephemerals(user)[before:]
    return " ".join([outcome.text, *(words(each) for each in new)])


async def may_assign(stage: Stage, user: str) -> bool:
    return "lin@example.com" in await told(stage, ASSIGN, user)


async def test_without_a_rule_every_member_may(stage: Stage) -> None:
    assert "No rules" in stage_text(await told(stage, "/flow policy"))
    assert await may_assign(stage, "UGRACE")
    assert not await may_assign(stage, "UGUEST")


async def test_only_a_user_group_may(stage: Stage) -> None:
    said = await told(stage, "/flow policy assign only @training-leads")

    assert "Only @training-leads may assign training." in said
    assert await may_assign(stage, "UGRACE")
    refused = await told(stage, ASSIGN, "UADA")
    assert "Only @training-leads may assign training. An admin decided that." in refused


async def test_only_takes_the_place_of_what_was_said_before(stage: Stage) -> None:
    await stage.command("/flow policy assign only @training-leads")
    said = await told(stage, "/flow policy assign only @ada")

    assert "No longer: only @training-leads may assign training." in said
    assert await may_assign(stage, "UADA")
    assert not await may_assign(stage, "UGRACE")


async def test_also_leaves_those_who_may(stage: Stage) -> None:
    await stage.command("/flow policy assign also guests")

    assert await may_assign(stage, "UGRACE")
    assert await may_assign(stage, "UGUEST")


async def test_a_rule_that_forbids_wins(stage: Stage) -> None:
    await stage.command("/flow policy assign only @training-leads")
    await stage.command("/flow policy assign not @grace")

    assert "An admin decided that you can't assign training." in await told(stage, ASSIGN, "UGRACE")
    assert await may_assign(stage, "ULIN")


async def test_a_rule_holds_in_its_channel(stage: Stage) -> None:
    await stage.command("/flow policy ask not everyone in #general")

    report = "/flow-report onboarding"
    refused = await told(stage, report, "UGRACE", "CGENERAL")
    assert "you can't see figures and lists in #general" in refused
    await stage.command(report, user="UGRACE")
    assert "nboarding" in stage.said()[-1].text


async def test_an_order_for_another_channel_is_held_to_the_rules_of_that_channel(
    stage: Stage,
) -> None:
    await stage.command("/flow policy order not everyone in #general")
    order = "/flow subscribe report onboarding daily 09:00"

    assert "can't order digests in #general" in await told(stage, f"{order} to #general")
    await stage.command(order)
    assert await stage.rows("SELECT channel FROM subscriptions") == [{"channel": "CTRAIN"}]


async def test_the_rules_are_listed_and_taken_away_by_their_numbers(stage: Stage) -> None:
    await stage.command("/flow policy assign only @training-leads")
    await stage.command("/flow policy create second person")
    await stage.command("/flow policy")

    [table] = tables(stage.slack.ephemerals("UADA")[-1])
    assert [[cell["text"] for cell in row] for row in table["rows"][1:]] == [
        ["Only @training-leads may assign training", "assign", "1"],
        ["Every member may create events once a second person agrees", "create", "2"],
    ]
    assert "No longer: only @training-leads" in await told(stage, "/flow policy remove 1")
    assert "No longer: every member" in await told(stage, "/flow policy create reset")
    assert "There's no rule 1." in await told(stage, "/flow policy remove 1")
    assert await may_assign(stage, "UADA")


async def test_a_rule_is_ended_in_the_menu_below_the_list(stage: Stage) -> None:
    await stage.command("/flow policy assign only @training-leads")
    await stage.command("/flow policy")
    page = stage.slack.ephemerals("UADA")[-1]
    [menu] = [each for each in interactive(page.blocks) if each["type"] == "static_select"]
    await stage.slack.click(page, action_id=menu["action_id"], value=menu["options"][0]["value"])
    await stage.settle()

    assert await may_assign(stage, "UADA")


@pytest.mark.parametrize("user", ["UGRACE", "UGUEST"])
async def test_only_admins_see_or_set_the_rules(stage: Stage, user: str) -> None:
    for line in ("/flow policy", "/flow policy run not @ada", "/flow policy remove 1"):
        assert "Only admins of this workspace decide" in await told(stage, line, user)
    assert await stage.rows("SELECT * FROM policy_rules") == []


async def test_the_last_admin_cannot_be_locked_out(stage: Stage) -> None:
    for right in ("ask", "order", "manage", "name", "assign", "run", "cancel", "register"):
        await stage.command(f"/flow policy {right} not everyone")
    await stage.command("/flow policy ask not @ada")

    assert "can't see figures" in await told(stage, "/flow-report onboarding")
    assert "What I can do here" in await told(stage, "/flow help")
    assert "9 rules" in await told(stage, "/flow policy")
    await stage.command("/flow policy ask reset")
    await stage.command("/flow-report onboarding")
    assert "nboarding" in stage.said()[-1].text


async def test_what_rules_can_be_about_has_no_way_to_the_rules(stage: Stage) -> None:
    for word in ("govern", "policy", "help"):
        said = await told(stage, f"/flow policy {word} not @ada")
        assert "something that rules can be about" in said


async def test_a_user_group_that_nobody_knows_makes_no_rule(stage: Stage) -> None:
    assert "I can't find a user group" in await told(stage, "/flow policy run only @nobody-here")
    assert await stage.rows("SELECT * FROM policy_rules") == []


@pytest.mark.parametrize("error", ["fatal_error", "missing_scope", "no_such_subteam"])
async def test_while_slack_does_not_tell_who_is_in_a_group_nobody_is_let_in(
    stage: Stage, error: str
) -> None:
    await stage.command("/flow policy assign only @training-leads")
    stage.slack.refuse("usergroups.users.list", error=error, times=1000)
    for _ in range(5):
        stage.clock.advance(seconds=60)
    outcome = await stage.command(ASSIGN, user="UGRACE")
    stage.clock.advance(seconds=200)
    await stage.settle()

    said = " ".join([outcome.text, *stage.whispered("UGRACE")])
    assert "Slack does not tell me at the moment who is in @training-leads" in said
    assert MAY not in said
    stage.slack.mend()
    stage.clock.advance(seconds=60)
    assert await may_assign(stage, "UGRACE")


async def test_who_leaves_a_group_may_no_more_after_some_minutes(stage: Stage) -> None:
    await stage.command("/flow policy assign only @training-leads")
    assert await may_assign(stage, "UGRACE")
    stage.slack.admin.put_into_group("SLEADS", "ULIN")
    stage.clock.advance(seconds=200)

    assert not await may_assign(stage, "UGRACE")


async def test_a_rule_follows_a_channel_whose_id_changes(stage: Stage) -> None:
    await stage.command("/flow policy ask not everyone in #training")
    await stage.slack.admin.change_id("CTRAIN", "CMOVED")
    await stage.settle()

    assert "can't see figures" in await told(stage, "/flow-report all", "UGRACE", "CMOVED")


async def test_rules_are_kept(stage: Stage) -> None:
    await stage.command("/flow policy assign only @ada")
    [row] = await stage.rows("SELECT right_id, effect, who, who_name, made_by FROM policy_rules")

    assert row == {
        "right_id": "assign",
        "effect": "allow",
        "who": "UADA",
        "who_name": "ada",
        "made_by": "UADA",
    }


@pytest.fixture
async def other(stage: Stage, tmp_path: Path) -> AsyncIterator[Bot]:
    """Yield a bot in another process."""
    async with another_bot(stage.world, tmp_path / "flowbot.db") as bot:
        yield bot


async def test_every_process_learns_of_a_change(stage: Stage, other: Bot) -> None:
    policies = other.parts.policies
    assert await policies.rules() == ()
    await let_speak(stage.bot)
    await stage.command("/flow policy assign only @ada")
    assert await policies.rules() == ()  # it has not heard yet
    other.others_wrote()
    assert len(await policies.rules()) == 1

    await stage.command("/flow policy assign reset")
    stage.clock.advance(seconds=60)  # what is not heard of is read after a minute
    assert await policies.rules() == ()


async def test_buttons_that_somebody_may_not_press_are_not_shown(stage: Stage) -> None:
    line = '/flow-report "new hires" privately'
    await stage.command(line, user="ULIN")
    assert "Assign" in labels(stage.slack.ephemerals("ULIN")[-1])
    await stage.command("/flow policy assign only @ada")
    await stage.command(line, user="ULIN")

    assert "Assign" not in labels(stage.slack.ephemerals("ULIN")[-1])


async def test_what_nobody_may_do_in_a_channel_is_offered_to_nobody_there(stage: Stage) -> None:
    await stage.command("/flow-report names")
    assert "Assign" in labels(stage.slack.ephemerals("UADA")[-1])
    await stage.command("/flow policy order not everyone in #training")
    await stage.command("/flow-report onboarding", user="UGRACE")

    assert "Subscribe" not in labels(stage.said()[-1])


def stage_text(said: str) -> str:
    """Return what was said, in one line."""
    return " ".join(said.split())
