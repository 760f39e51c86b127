"""Digests that rest for a while, one or all of a kind, and go on with a click."""

from datetime import UTC, datetime, timedelta

from bot.digests.muting import MOST_LOOKED_AT
from sandbox.slack import Message
from sandbox.slack.views import View
from tests.asking.seeing import choices, interactive, labels, words
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
OTHER = "/flow subscribe report gdpr daily 09:00"
RUNS = "/flow subscribe runs all daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


async def window(stage: Stage) -> View:
    """Return what opens from the menu of a digest that has just come."""
    await stage.command(DAILY)
    await stage.at(NINE)
    shown = next(each for each in reversed(stage.said()) if "in Onboarding (" in each.text)
    value = choices(shown)["Snooze or mute"]
    await stage.slack.click(shown, action_id="digest_menu", value=value, user="UADA")
    view = stage.slack.view_of("UADA")
    assert view is not None
    return view


async def submitted(stage: Stage, view: View, **inputs: object) -> dict[str, str]:
    values = {f"digest_{name}": {f"digest_{name}": value} for name, value in inputs.items()}
    outcome = await stage.slack.submit(view, values=values)
    await stage.settle()
    return dict(outcome.errors)


async def undo(stage: Stage, on: Message) -> None:
    [action] = [
        each["action_id"]
        for each in interactive(on.blocks)
        if each.get("text", {}).get("text") == "Undo"
    ]
    await stage.slack.click(on, action_id=action, user="UGRACE")
    await stage.settle()


async def states(stage: Stage) -> list[str]:
    rows = await stage.rows("SELECT state FROM subscriptions ORDER BY id")
    return [each["state"] for each in rows]


async def test_the_window_snoozes_for_a_week_unless_something_else_is_chosen(stage: Stage) -> None:
    view = await window(stage)
    assert "Onboarding" in words(view)

    assert await submitted(stage, view) == {}
    assert "until Mon 30 Nov. Next: Mon 30 Nov 09:00." in stage.said()[-1].text


async def test_until_a_day_it_rests_up_to_its_morning(stage: Stage) -> None:
    assert await submitted(stage, await window(stage), until="2026-12-03") == {}
    assert "until Thu 3 Dec. Next: Thu 3 Dec 09:00." in stage.said()[-1].text


async def test_a_day_that_has_passed_is_said_beside_its_input(stage: Stage) -> None:
    errors = await submitted(stage, await window(stage), until="2026-11-23")

    assert errors == {"digest_until": "That day has passed."}
    assert await states(stage) == ["active"]


async def test_all_of_a_kind_rest_here_and_go_on_together(stage: Stage) -> None:
    await stage.command(OTHER)
    await stage.command(RUNS)
    await stage.command(OTHER, channel="CGENERAL")
    view = await window(stage)
    await submitted(stage, view, rest="7", all_of_kind=["all"])

    reply = stage.said()[-1]
    assert reply.text == "Muted 2 report digests here until Mon 30 Nov."
    assert await states(stage) == ["snoozed", "active", "active", "snoozed"]

    await undo(stage, reply)
    assert stage.said()[-1].text == "2 report digests here go on. Next: tomorrow 09:00."
    assert await states(stage) == ["active"] * 4


async def test_what_rested_before_is_not_undone_with_the_others(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command(OTHER)
    await stage.command("/flow pause 1")
    await stage.command("/flow mute reports")
    assert stage.said()[-1].text == "Muted 1 report digest here until somebody resumes them."

    await undo(stage, stage.said()[-1])
    assert await states(stage) == ["paused", "active"]


async def test_a_kind_is_muted_by_typing_too(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow mute report digests 2 weeks")

    assert stage.said()[-1].text == "Muted 1 report digest here until Mon 7 Dec."
    await stage.command("/flow mute runs")
    assert stage.whispered()[-1] == "No runs digest is active here."


async def test_muted_times_are_on_the_record(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow mute reports 2d")
    await stage.at(NINE + 3 * DAY)

    rows = await stage.rows("SELECT state FROM digest_runs ORDER BY planned_at")
    assert [each["state"] for each in rows] == ["snoozed", "snoozed", "missed", "sent"]


async def pressed(stage: Stage, label: str) -> None:
    """Press a button of what Ada was told last, for her alone."""
    shown = stage.slack.ephemerals("UADA")[-1]
    [action] = [
        each["action_id"]
        for each in interactive(shown.blocks)
        if each.get("text", {}).get("text") == label
    ]
    await stage.slack.click(shown, action_id=action, user="UADA")
    await stage.settle()


async def test_all_are_paused_only_after_they_were_shown(stage: Stage) -> None:
    for line in (DAILY, RUNS):
        await stage.command(line)
    await stage.command(OTHER, channel="CGENERAL")
    await stage.command("/flow pause all until monday")

    assert stage.whispered()[-1].startswith("Pause 2 digests here until Mon 30 Nov?")
    assert await states(stage) == ["active", "active", "active"]

    await pressed(stage, "Yes, pause 2")
    assert stage.said()[-1].text == "Paused 2 digests here until Mon 30 Nov."
    assert await states(stage) == ["snoozed", "snoozed", "active"]


async def test_all_of_ones_own_go_to_rest_and_on_again(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command(OTHER, channel="CGENERAL")
    await stage.command("/flow pause all")
    await pressed(stage, "All 2 of mine")
    assert await states(stage) == ["paused", "paused"]

    await stage.command("/flow resume all", channel="CGENERAL")
    assert stage.whispered()[-1].startswith("Resume 1 digest here?")
    await pressed(stage, "Yes, resume 1")
    assert stage.said("CGENERAL")[-1].text.startswith("1 report digest here goes on. Next: ")
    assert await states(stage) == ["paused", "active"]


async def test_resume_all_says_which_does_not_go_on_and_why(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command(OTHER, channel="CGENERAL")
    await stage.command("/flow pause all")
    await pressed(stage, "All 2 of mine")
    await stage.slack.admin.archive("CGENERAL")

    await stage.command("/flow resume all")
    await pressed(stage, "All 2 of mine")
    shown = words(stage.slack.ephemerals("UADA")[-1])
    assert "1 report digest of yours goes on. Next: " in shown
    assert "1 report digest of yours doesn't go on." in shown
    assert "Gdpr" in shown
    assert ": That channel is archived." in shown
    assert await states(stage) == ["active", "paused"]


async def test_many_are_resumed_a_few_at_a_time(stage: Stage) -> None:
    for days in range(1, MOST_LOOKED_AT + 2):
        await stage.command(f"/flow subscribe report onboarding last {days} days daily 09:00")
    await stage.command("/flow mute reports")
    await undo(stage, stage.said()[-1])
    assert (await states(stage)).count("active") == MOST_LOOKED_AT

    assert labels(stage.said()[-1]) == ["Resume 1 more"]


async def test_where_none_is_active_nothing_is_offered(stage: Stage) -> None:
    await stage.command("/flow pause all")
    assert stage.whispered() == ["No digest here or of yours is active."]


async def test_a_line_in_plain_words_shows_them_at_once(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.say("@flowbot please pause all my digests", user="UADA", channel="CTRAIN")
    await stage.settle()

    assert stage.whispered()[-1].startswith("Pause 1 digest here?")
    assert await states(stage) == ["active"]


async def test_without_a_number_the_digests_here_are_there_to_pick(stage: Stage) -> None:
    for line in (DAILY, OTHER, RUNS, "/flow pause 3", "/flow pause"):
        await stage.command(line)
    [shown] = stage.slack.ephemerals("UADA")
    assert shown.text == "Which digest? Onboarding, Gdpr"

    await pressed(stage, "Gdpr")
    assert await states(stage) == ["active", "paused", "paused"]

    await stage.slack.say("@flowbot resume", user="UADA", channel="CTRAIN")
    await stage.settle()
    assert stage.whispered()[-1].startswith("Which digest? Gdpr, ")
    assert await states(stage) == ["active", "paused", "paused"]
