"""What can be done about a run without typing: from lists and news, whoever started it."""

from typing import Any

import pytest

from sandbox.slack import Message, View
from sandbox.vendors.smartflows import forms
from tests.asking.seeing import bytes_of, words
from tests.runs.acting import TRAVEL, WELCOME, asked, our_run, quiet, somebody_runs, started
from tests.runs.test_questions import GOOD, answer
from tests.stage import Stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


async def press(
    stage: Stage, shown: Message, label: str, *, of: str = "", user: str = "UADA"
) -> None:
    """Press the button with a label; in a list that of the row with these words."""
    for block in shown.blocks:
        found = [block["accessory"]] if "accessory" in block else block.get("elements", ())
        for each in found:
            fits = each.get("text", {}) and each["text"].get("text") == label
            if each.get("type") == "button" and fits and of in str(block.get("text", "")):
                where: dict[str, Any] = {"block_id": block["block_id"], "user": user}
                await stage.slack.click(shown, action_id=each["action_id"], **where)
                await stage.settle()
                return
    raise AssertionError(f"no button {label} in {words(shown)}")


def window(stage: Stage, user: str = "UADA") -> View:
    view = stage.slack.view_of(user)
    assert view is not None
    return view


def value_in(view: View, action: str) -> str:
    """Return what stands in an input of a window."""
    return next(
        str(block["element"].get("initial_value", ""))
        for block in view.blocks
        if block.get("element", {}).get("action_id") == action
    )


async def latest(stage: Stage) -> Message:
    await stage.command("/flow-run status")
    return stage.said()[-1]


async def test_a_run_that_nobody_here_started_is_answered_from_the_list(stage: Stage) -> None:
    run = somebody_runs(stage, pause="UserInput")
    stage.clock.advance(seconds=60)
    await press(stage, await latest(stage), "Answer", of=TRAVEL)
    view = window(stage)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.settle()

    assert run.answer[forms.PURPOSE] == "Fair in Oslo"
    assert stage.said()[-1].text == f"ada answered; {TRAVEL} is continuing."


async def test_of_two_who_answer_from_a_list_one_wins(stage: Stage) -> None:
    somebody_runs(stage, pause="UserInput")
    stage.clock.advance(seconds=60)
    shown = await latest(stage)
    views = {}
    for user in ("UADA", "UGRACE"):
        await press(stage, shown, "Answer", of=TRAVEL, user=user)
        views[user] = window(stage, user)
    for user, view in views.items():
        await stage.slack.submit(view, values=answer(view, **GOOD), user=user)
    await stage.settle()

    assert asked(stage, "/progress", "POST") == 1
    assert "ada was first" in words(window(stage, "UGRACE"))


async def test_a_question_that_was_answered_elsewhere_is_said_to_be(stage: Stage) -> None:
    run = somebody_runs(stage, pause="UserInput")
    stage.clock.advance(seconds=60)
    shown = await latest(stage)
    stage.smartflows.engine.resume(run, {})
    await press(stage, shown, "Answer", of=TRAVEL)

    assert "no longer needs this answer" in words(window(stage))


async def test_the_documents_of_anybodys_run_are_sent_to_whoever_asks(stage: Stage) -> None:
    somebody_runs(stage)
    stage.clock.advance(seconds=60)
    shown = await latest(stage)
    await press(stage, shown, "Documents", of=TRAVEL)
    await press(stage, shown, "Documents", of=TRAVEL)  # a double click
    assert len(stage.slack.files) == 1

    await press(stage, shown, "Documents", of=TRAVEL, user="UGRACE")
    first, second = stage.slack.files
    assert bytes_of(first) == bytes_of(second)
    assert len({first.channel, second.channel, "CTRAIN"}) == 3
    assert "sent it to you directly" in stage.whispered()[-1]


async def test_a_guest_gets_no_documents(stage: Stage) -> None:
    somebody_runs(stage)
    stage.clock.advance(seconds=60)
    await press(stage, await latest(stage), "Documents", of=TRAVEL, user="UGUEST")

    assert stage.slack.files == []
    assert "Guests" in stage.whispered("UGUEST")[-1]


async def test_documents_that_are_gone_are_said_to_be(stage: Stage) -> None:
    somebody_runs(stage)
    stage.clock.advance(seconds=60)
    shown = await latest(stage)
    stage.smartflows.set_switch("lost_documents", value=True)
    await press(stage, shown, "Documents", of=TRAVEL)

    assert stage.slack.files == []
    assert f"No document can be had of {TRAVEL}." in str(
        [each.text for each in stage.slack.ephemerals("UADA")]
    )


async def failed_with(stage: Stage, xml: str) -> Message:
    """Start a flow with input, let it fail, and return its card."""
    quiet(stage, seconds=10, outcome="Error")
    await stage.command("/flow-run welcome letter")
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="open_run", user="UADA")
    values = {"run_input": {"run_input": xml}, "conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(window(stage), values=values, user="UADA")
    await stage.after(seconds=30)
    return [each for each in stage.said() if each.text.startswith(WELCOME)][-1]


async def test_a_failed_run_is_run_again_with_its_last_input(stage: Stage) -> None:
    card = await failed_with(stage, "<a>Lin</a>")
    assert "the data source did not answer" in words(card)
    await press(stage, card, "Run again")
    view = window(stage)
    assert value_in(view, "run_input") == "<a>Lin</a>"

    await stage.slack.submit(view, values={"conversation": {"conversation": "CTRAIN"}})
    await stage.settle()
    assert our_run(stage).given == b"<a>Lin</a>"
    assert asked(stage, "/flows/executions", "POST") == 2


async def test_others_run_it_again_without_seeing_what_was_entered(stage: Stage) -> None:
    card = await failed_with(stage, "<secret>Lin</secret>")
    await press(stage, card, "Run again", user="UGRACE")
    view = window(stage, "UGRACE")
    assert "Lin" not in str(view.raw)
    assert "Input: as before, 20 characters" in words(view)

    values = {"conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(view, values=values, user="UGRACE")
    await stage.settle()
    assert our_run(stage).given == b"<secret>Lin</secret>"


async def test_where_the_vendor_lost_the_input_the_form_says_so(stage: Stage) -> None:
    card = await failed_with(stage, "<a/>")
    stage.smartflows.set_switch("lost_inputs", value=True)
    await press(stage, card, "Run again")

    assert "Smart Flows no longer has that run's input." in words(window(stage))
    assert value_in(window(stage), "run_input") == ""


async def test_an_input_that_is_lost_after_the_form_was_opened_starts_nothing(
    stage: Stage,
) -> None:
    card = await failed_with(stage, "<a/>")
    await press(stage, card, "Run again", user="UGRACE")
    stage.smartflows.set_switch("lost_inputs", value=True)
    values = {"conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(window(stage, "UGRACE"), values=values, user="UGRACE")
    await stage.settle()

    assert asked(stage, "/flows/executions", "POST") == 1
    assert "Nothing was started." in stage.whispered("UGRACE")[-1]


async def test_a_run_is_chosen_from_a_long_list_to_be_looked_at(stage: Stage) -> None:
    run = somebody_runs(stage, outcome="Error")
    stage.clock.advance(seconds=60)
    await stage.command("/flow-run list today")
    await stage.slack.click(stage.said()[-1], action_id="run_details", value=run.id, user="UADA")
    await stage.settle()

    assert any(text.startswith(f"{TRAVEL}: failed after") for text in stage.whispered())


async def test_a_watch_is_stopped_and_had_again_by_its_buttons(stage: Stage) -> None:
    await stage.command("/flow-run watch travel failed")
    await press(stage, stage.said()[-1], "Stop")
    assert await stage.rows("SELECT * FROM watches") == []

    await press(stage, stage.said()[-1], "Watch again")
    [watch] = await stage.rows("SELECT * FROM watches")
    assert watch["conditions"] == '["failed"]'
    assert stage.said()[-1].text == f"I'll post here when {TRAVEL} fails."


async def test_who_follows_a_run_without_a_thread_is_offered_a_watch(stage: Stage) -> None:
    run = somebody_runs(stage, seconds=500)
    await stage.command(f"/flow-run status {run.id[:8]}")
    await press(stage, stage.said()[-1], "Tell me when it ends")
    [told] = stage.slack.ephemerals("UADA")
    assert "wasn't started in Slack" in told.text

    await press(stage, told, f"Watch {TRAVEL} here")
    assert len(await stage.rows("SELECT * FROM watches")) == 1


async def test_an_answer_that_came_to_nothing_comes_back_with_its_text(stage: Stage) -> None:
    quiet(stage, pause="UserInput")
    shown = await started(stage)
    await stage.after(seconds=15)
    await press(stage, stage.slack.thread("CTRAIN", shown.ts)[0], "Answer")
    view = window(stage)
    stage.smartflows.set_switch("answer_500", 1000)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.settle()
    told = stage.slack.ephemerals("UADA")[-1]
    assert "What you entered is kept for a day." in words(told)
    assert "Oslo" not in str(told.blocks)

    stage.smartflows.set_switch("answer_500", 0)
    await press(stage, told, "Change and try again")
    again = window(stage)
    assert "Fair in Oslo" in str(again.raw)
    await stage.slack.submit(again, values={}, user="UADA")
    await stage.settle()

    assert our_run(stage).answer[forms.PURPOSE] == "Fair in Oslo"
    assert our_run(stage).answer[forms.NIGHTS] == 3
