"""Who did what: a row with the end of each deed, whatever came of it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.access import DOES, Right
from sandbox.slack import Message
from tests.asking.seeing import bytes_of, labels, tables, words
from tests.stage import Stage

ASSIGN = "/flow-report assign onboarding @lin"


async def rows(stage: Stage, *columns: str) -> list[tuple[str, ...]]:
    found = await stage.rows("SELECT * FROM audit ORDER BY id")
    wanted = columns or ("user_name", "action", "thing_name", "channel", "came_to")
    return [tuple(each[name] for name in wanted) for each in found]


async def assigned(stage: Stage, user: str = "UADA") -> Message:
    await stage.command(ASSIGN, user=user)
    question = stage.slack.ephemerals(user)[-1]
    await stage.slack.click(question, action_id="confirm_assign", user=user)
    await stage.settle()
    return stage.slack.ephemerals(user)[-1]


CHANGES = {Right(each) for each in DOES} - {Right.ASK} | {Right.GOVERN}
SHOWN = {
    "agreement_expires",
    "ask_cancel_run",
    "compare_orders",
    "digest_why",
    "fill_assignment",
    "fill_batch",
    "fill_event_form",
    "fill_new_event",
    "fill_question",
    "fill_run",
    "look_now",
    "offer_rest",
    "preview_assignment",
    "preview_reminders",
    "preview_batch",
    "preview_digest",
    "preview_event",
    "propose_answer",
    "propose_cancel",
    "propose_registration",
    "propose_run",
    "run_doctor",
    "show_audit",
    "show_policy",
    "subscription_history",
}
"""What only shows something, or comes before a deed, although it takes the right to it."""


def test_everything_that_changes_something_is_noted(stage: Stage) -> None:
    tasks = stage.bot.services.tasks
    silent = {
        each.job for each in tasks.intents if each.needs in CHANGES and tasks.deed(each.job) is None
    }

    assert silent - SHOWN == set()


async def test_what_was_done_is_noted_once(stage: Stage) -> None:
    await assigned(stage)

    assert await rows(stage) == [("ada", "Assign training", "onboarding", "CTRAIN", "done")]
    [row] = await stage.rows("SELECT * FROM audit")
    assert (row["user_id"], row["thing"], row["right_id"]) == ("UADA", "flow_onb001", "assign")
    assert row["at"].startswith("2026-11-23T07:30")
    assert "lin@example.com" not in str(row)  # what was entered is nobody else's


@pytest.mark.parametrize(
    ("switch", "came_to"), [("assign_says_no", "failed"), ("drop_after", "in doubt")]
)
async def test_what_came_to_nothing_or_is_in_doubt_is_noted_so(
    stage: Stage, switch: str, came_to: str
) -> None:
    stage.momoflow.set_switch("assign_says_no", value=switch == "assign_says_no")
    await stage.command(ASSIGN)
    question = stage.slack.ephemerals("UADA")[-1]
    if switch == "drop_after":
        stage.momoflow.set_switch(switch, 1)
    await stage.slack.click(question, action_id="confirm_assign")
    await stage.settle()

    assert await rows(stage, "action", "came_to", "reason") == [("Assign training", came_to, "")]


async def test_who_is_refused_is_noted_with_the_reason(stage: Stage) -> None:
    await stage.command("/flow policy assign only @ada")
    await stage.command(ASSIGN, user="UGRACE")
    await stage.command(ASSIGN, user="UGUEST")

    assert (await rows(stage, "user_id", "came_to", "reason"))[1:] == [
        ("UGRACE", "denied", "Only ada may assign training. An admin decided that."),
        ("UGUEST", "denied", "Guests cannot assign training. Ask a full member of the workspace."),
    ]


async def test_who_is_refused_at_the_door_is_noted_once_a_minute(stage: Stage) -> None:
    for _ in range(3):
        await stage.slack.shortcut("run_smart_flow", user="UGUEST")
    await stage.settle()

    assert await rows(stage, "user_id", "action", "came_to") == [
        ("UGUEST", "Run Smart Flows", "denied")
    ]
    stage.clock.advance(seconds=61)
    await stage.slack.shortcut("run_smart_flow", user="UGUEST")
    assert len(await rows(stage)) == 2


async def test_rules_and_digests_are_noted(stage: Stage) -> None:
    await stage.command("/flow policy run not guests")
    await stage.command("/flow subscribe report onboarding daily 09:00")
    await stage.command("/flow pause 1")
    await stage.command("/flow pause 9")
    await stage.command("/flow-report name spring flow_onb001")

    assert [each[1:3] + each[4:] for each in await rows(stage)] == [
        ("Make a rule", "run", "done"),
        ("Order a digest", "report, every day at 09:00", "done"),
        ("Pause a digest", "Digest 1", "done"),
        ("Pause a digest", "Digest 9", "failed"),
        ("Name a flow", "spring", "done"),
    ]


async def test_questions_and_previews_are_not_noted(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    await stage.command(ASSIGN)
    await stage.command("/flow list")

    assert await rows(stage) == []


async def test_a_started_run_and_its_cancel_are_noted_by_the_name_of_the_flow(
    stage: Stage,
) -> None:
    await stage.command('/flow-run "Invoice run"')
    card = stage.said()[-1]
    await stage.slack.click(card, action_id="cancel_run")
    await stage.settle()

    assert [each[1:3] for each in await rows(stage)] == [
        ("Start a Smart Flow", "Invoice run"),
        ("Cancel a run", "Invoice run"),
    ]


async def test_admins_see_the_last_rows_newest_first(stage: Stage) -> None:
    await assigned(stage)
    await stage.command("/flow policy assign only @ada")
    await stage.command("/flow audit")

    page = stage.slack.ephemerals("UADA")[-1]
    assert "Who did what: 2 entries" in words(page)
    [table] = tables(page)
    assert [[cell["text"] for cell in row][1:] for row in table["rows"][1:]] == [
        ["ada", "Make a rule: assign", "Done"],
        ["ada", "Assign training: onboarding", "Done"],
    ]
    assert labels(page) == ["Export CSV", "Rules"]


async def test_nobody_else_sees_them(stage: Stage) -> None:
    await stage.command("/flow audit", user="UGRACE")
    await stage.command("/flow audit csv", user="UGUEST")

    assert "Only admins" in stage.whispered("UGRACE")[-1]
    assert "Only admins" in stage.whispered("UGUEST")[-1]
    assert stage.slack.files == []


async def test_all_rows_come_as_csv_to_the_admin_alone(stage: Stage) -> None:
    await assigned(stage)
    await stage.command(ASSIGN, user="UGUEST")
    await stage.command("/flow audit csv")

    [file] = stage.slack.files
    assert file.channel == "DADA"
    lines = bytes_of(file).decode("utf-8-sig").splitlines()
    heading = next(at for at, line in enumerate(lines) if line.startswith("When"))
    assert lines[heading].split(",")[1:] == [
        "Who",
        "Slack id",
        "What",
        "To what",
        "Its id",
        "Channel",
        "Outcome",
        "Second person",
        "Why",
    ]
    assert "guido,UGUEST,Assign training,,,CTRAIN,Denied" in lines[heading + 1]
    assert "ada,UADA,Assign training,onboarding,flow_onb001,CTRAIN,Done" in lines[heading + 2]


async def test_more_than_a_page_has_the_older_ones_behind_a_button(stage: Stage) -> None:
    for number in range(53):
        await stage.command(f"/flow pause {number + 1}")
    await stage.command("/flow audit")
    page = stage.slack.ephemerals("UADA")[-1]
    assert labels(page)[0] == "Older"
    await stage.slack.click(page, action_id="do")
    await stage.settle()

    [table] = tables(stage.slack.ephemerals("UADA")[-1])
    assert [row[2]["text"] for row in table["rows"][1:]] == [
        f"Pause a digest: Digest {number}" for number in (3, 2, 1)
    ]


async def test_rows_are_let_go_after_400_days(stage: Stage) -> None:
    await assigned(stage)
    stage.clock.advance(to=stage.clock.now() + timedelta(days=399))
    await stage.bot.tidying.tidy()
    assert len(await rows(stage)) == 1
    stage.clock.advance(to=stage.clock.now() + timedelta(days=2))
    await stage.bot.tidying.tidy()

    assert await rows(stage) == []


async def test_a_name_given_for_everybody_can_be_taken_back(stage: Stage) -> None:
    await stage.command("/flow-report name spring flow_onb001")
    await pressed_undo(stage)
    assert "spring" not in await names(stage)

    await stage.command("/flow-report name onboarding flow_gdpr02")
    await pressed_undo(stage)
    assert (await names(stage))["onboarding"] == "flow_onb001"
    assert [each[1] for each in await rows(stage)] == [
        "Name a flow",
        "Forget a name",
        "Name a flow",
        "Name a flow",
    ]


async def pressed_undo(stage: Stage) -> None:
    said = stage.said()[-1]
    [undo] = [each for each in buttons(said) if each["text"]["text"] == "Undo"]
    await stage.slack.click(said, action_id=undo["action_id"])
    await stage.settle()


async def names(stage: Stage) -> dict[str, str]:
    found = await stage.rows("SELECT name, target_id FROM aliases")
    return {each["name"]: each["target_id"] for each in found}


def buttons(said: Message) -> list[dict[str, Any]]:
    return [each for block in said.blocks for each in block.get("elements", ()) if "text" in each]
