"""A run that needs a person: asked in the thread, answered in a form, by one of many."""

import pytest

from sandbox.slack import Message, View
from sandbox.vendors.smartflows import forms
from tests.asking.seeing import has_blocks, interactive, words
from tests.runs.acting import TRAVEL, asked, card, our_run, quiet, started, thread
from tests.stage import Stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage, pause="UserInput")


async def asking(stage: Stage, name: str = TRAVEL) -> tuple[Message, Message]:
    """Start a flow and wait until it asks; return its card and the question."""
    shown = await started(stage, name)
    await stage.after(seconds=15)
    return shown, stage.slack.thread("CTRAIN", shown.ts)[0]


async def form_for(stage: Stage, question: Message, user: str = "UADA") -> View:
    outcome = await stage.slack.click(question, action_id="answer_question", user=user)
    assert (outcome.status, outcome.error) == (200, "")
    view = stage.slack.view_of(user)
    assert view is not None
    return view


def answer(view: View, **given: str) -> dict[str, dict[str, str]]:
    """Return what to submit: the values by the labels of their inputs."""
    values = {}
    for block in view.blocks:
        label = str(block.get("label", {}).get("text", ""))
        for beginning, value in given.items():
            if label.startswith(beginning.replace("_", " ")):
                values[block["block_id"]] = {block["element"]["action_id"]: value}
    return values


GOOD = {"What_is": "Fair in Oslo", "First_day": "2026-12-01", "Nights": "3"}


async def test_the_question_is_posted_once_and_mentions_who_started_it(stage: Stage) -> None:
    shown, question = await asking(stage)
    await stage.after(minutes=5, step=10)

    assert question.text.startswith(f"{TRAVEL} needs an answer to go on.")
    assert question.pages == ("UADA",)
    assert len(thread(stage, shown)) == 1
    assert card(stage).text.startswith(f"{TRAVEL}: waiting for an answer")


async def test_an_answer_lets_the_run_go_on_with_every_key(stage: Stage) -> None:
    shown, question = await asking(stage)
    view = await form_for(stage, question, user="UGRACE")
    sent = await stage.slack.submit(view, values=answer(view, **GOOD), user="UGRACE")
    await stage.after(seconds=60)

    assert (sent.status, sent.errors) == (200, {})
    assert our_run(stage).answer == {
        forms.PURPOSE: "Fair in Oslo",
        forms.LEAVES: "2026-12-01",
        forms.NIGHTS: 3,
        forms.BUDGET: 500.0,
        forms.CAR: False,
        forms.CLASS: "2",
        forms.NOTES: None,
    }
    assert card(stage).text.startswith(f"{TRAVEL}: done")
    assert thread(stage, shown)[0] == f"grace answered; {TRAVEL} is continuing."


async def test_an_answered_question_goes_where_its_blocks_are_refused(stage: Stage) -> None:
    shown, question = await asking(stage)
    view = await form_for(stage, question, user="UGRACE")
    stage.slack.refuse("chat.update", error="invalid_blocks", times=99, when=has_blocks)

    await stage.slack.submit(view, values=answer(view, **GOOD), user="UGRACE")
    await stage.settle()

    assert thread(stage, shown) == [f"grace answered; {TRAVEL} is continuing."]


async def test_what_does_not_fit_is_said_beside_the_input(stage: Stage) -> None:
    _, question = await asking(stage)
    view = await form_for(stage, question)
    values = answer(view, **GOOD | {"Nights": "99"})
    sent = await stage.slack.submit(view, values=values, user="UADA")

    assert list(sent.errors.values()) == ["This has to be at most 30."]
    assert asked(stage, "/progress", "POST") == 0


async def test_of_two_answers_one_wins_and_the_other_is_told(stage: Stage) -> None:
    _, question = await asking(stage)
    graces, lins = (
        await form_for(stage, question, "UGRACE"),
        await form_for(stage, question, "ULIN"),
    )
    await stage.slack.submit(graces, values=answer(graces, **GOOD), user="UGRACE")
    await stage.slack.submit(lins, values=answer(lins, **GOOD), user="ULIN")
    await stage.settle()

    assert asked(stage, "/progress", "POST") == 1
    told = stage.slack.view_of("ULIN")
    assert told is not None
    assert "no longer needs this answer: grace was first" in words(told)


async def test_a_question_that_was_answered_elsewhere_opens_no_form(stage: Stage) -> None:
    _, question = await asking(stage)
    stage.smartflows.engine.resume(our_run(stage), {})
    await stage.after(seconds=10)
    told = await form_for(stage, question)

    assert "no longer needs this answer" in words(told)


async def test_an_answer_that_the_vendor_refuses_can_be_given_again(stage: Stage) -> None:
    _, question = await asking(stage)
    view = await form_for(stage, question)
    stage.smartflows.set_switch("answer_400", 1)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.settle()
    again = await form_for(stage, question)
    await stage.slack.submit(again, values=answer(again, **GOOD), user="UADA")
    await stage.after(seconds=60)

    [told] = stage.slack.ephemerals("UADA")
    assert "didn't accept this" in told.text
    assert "What you entered is kept for a day." in words(told)
    assert card(stage).text.startswith(f"{TRAVEL}: done")


async def test_an_answer_without_a_confirmation_is_looked_up(stage: Stage) -> None:
    _, question = await asking(stage)
    view = await form_for(stage, question)
    stage.smartflows.set_switch("drop_after", 1)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.after(seconds=60)

    assert asked(stage, "/progress", "POST") == 1
    assert stage.whispered() == []
    assert card(stage).text.startswith(f"{TRAVEL}: done")


async def test_a_forgotten_question_is_reminded_of_once(stage: Stage) -> None:
    shown, _ = await asking(stage)
    await stage.after(hours=3, step=120)

    reminders = [text for text in thread(stage, shown) if "has been waiting" in text]
    assert reminders == [f"{TRAVEL} has been waiting for an answer for 1 h."]


async def test_an_answered_question_is_not_reminded_of(stage: Stage) -> None:
    shown, question = await asking(stage)
    view = await form_for(stage, question)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.after(hours=2, step=120)

    assert not [text for text in thread(stage, shown) if "has been waiting" in text]


async def test_what_slack_cannot_ask_leads_to_the_panel(stage: Stage) -> None:
    shown, question = await asking(stage, "Site inspection")

    assert list(interactive(question.blocks)) == []
    assert "Answer it in Smart Flows" in words(question)
    assert card(stage).ts == shown.ts


@pytest.mark.parametrize(
    ("pause", "said"),
    [("Waiting", "waits for "), ("SelectFlow", "waits until somebody chooses a flow")],
)
async def test_what_else_a_run_waits_for_is_said(stage: Stage, pause: str, said: str) -> None:
    quiet(stage, pause=pause)
    shown, told = await asking(stage, "Travel request")

    assert said in told.text
    assert len(thread(stage, shown)) == 1


async def test_a_run_that_asks_a_second_time_is_asked_about_again(stage: Stage) -> None:
    shown, question = await asking(stage)
    view = await form_for(stage, question)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.after(seconds=3, step=3)
    run, engine = our_run(stage), stage.smartflows.engine
    engine._move(run, stage.clock.now(), "UserInput")
    await stage.after(seconds=10)

    asked_again = [text for text in thread(stage, shown) if "needs an answer" in text]
    assert len(asked_again) == 1
