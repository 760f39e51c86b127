"""What would be done to runs is shown whole first, and done by a press of its button alone."""

import json
from typing import Any

import pytest

from bot.jobs.request import Intent
from bot.runs.intents import ListFlows, ProposeAnswer, ProposeCancel, ProposeRun
from sandbox.vendors.smartflows import forms
from tests.asking.proposing import press, proposed
from tests.asking.seeing import labels, words
from tests.runs.acting import TRAVEL, WELCOME, card, our_run, ours, quiet, started
from tests.stage import Stage

XML = "<letter><to>Ada</to></letter>"


@pytest.fixture(autouse=True)
async def still(stage: Stage) -> None:
    quiet(stage)
    await stage.bot.poll()


async def test_a_run_starts_by_the_press_alone(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRun("travel request"))

    assert shown.text == f"Run {TRAVEL}? Input: none"
    assert labels(shown) == ["Start the run"]
    assert ours(stage) == []

    await press(stage, shown)
    await press(stage, shown)

    assert len(ours(stage)) == 1
    assert TRAVEL in card(stage).text


async def test_xml_is_shown_as_it_is_and_given_as_it_was_shown(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRun(WELCOME, xml=XML))

    assert XML in words(shown)
    await press(stage, shown)
    assert our_run(stage).given == XML.encode()


async def test_names_and_values_start_a_run_that_asks_nobody(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRun(TRAVEL, values={"to": "Oslo", "nights": 3}))

    assert all(each in words(shown) for each in ("to", "Oslo", "nights", "3"))
    await press(stage, shown)
    [run] = ours(stage)
    assert run.mode == "batch"
    assert json.loads(run.given) == {"to": "Oslo", "nights": 3}


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (ProposeRun(WELCOME), f"{WELCOME} needs XML as its input. Give it as xml."),
        (ProposeRun(WELCOME, xml="<letter>"), "Line 1"),
        (ProposeRun(TRAVEL, {"a": 1}, XML), "Give inputs or xml, not both."),
        (ProposeRun("nothing like it"), 'I can\'t find a Smart Flow called "nothing like it".'),
        (ProposeCancel("zzzz"), "I can't find a run whose id begins with"),
    ],
)
async def test_what_cannot_be_done_is_refused_before_it_is_offered(
    stage: Stage, wanted: Intent, why: str
) -> None:
    shown = await proposed(stage, wanted)

    assert why in shown.text
    assert not {"Start the run", "Cancel the run"} & {*labels(shown)}


async def test_a_run_is_cancelled_by_the_press_alone(stage: Stage) -> None:
    await started(stage)
    run = our_run(stage)

    shown = await proposed(stage, ProposeCancel(run.id[:8]))
    assert f"Cancel this run of {TRAVEL}?" in words(shown)
    assert run.id in words(shown)
    assert run.status != "Canceled"

    await press(stage, shown)
    await stage.after(seconds=10)
    assert run.status == "Canceled"

    again = await proposed(stage, ProposeCancel(run.id))
    assert again.text == f"{TRAVEL} can't be cancelled any more: cancelled."


async def asking(stage: Stage) -> str:
    quiet(stage, pause="UserInput")
    await started(stage)
    await stage.after(seconds=15)
    return our_run(stage).id


async def test_the_question_of_a_run_is_shown_with_its_fields(stage: Stage) -> None:
    shown = await proposed(stage, ProposeAnswer(await asking(stage)))

    said = words(shown)
    assert forms.PURPOSE in said
    assert "one of (" in said
    assert labels(shown) == []


async def test_an_answer_is_shown_whole_and_sent_by_the_press_alone(stage: Stage) -> None:
    run = await asking(stage)
    given: dict[str, Any] = {forms.PURPOSE: "Fair", forms.LEAVES: "2026-12-01", forms.NIGHTS: 3}

    shown = await proposed(stage, ProposeAnswer(run, given))
    assert f"Answer {TRAVEL} like this?" in words(shown)
    assert our_run(stage).answer == {}

    await press(stage, shown)
    assert our_run(stage).answer == {
        **given,
        forms.BUDGET: 500.0,
        forms.CAR: False,
        forms.CLASS: "2",
        forms.NOTES: None,
    }


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"colour": "red"}, 'The question has no "colour". It asks for: '),
        ({forms.PURPOSE: "x", forms.LEAVES: "2026-12-01", forms.NIGHTS: 99}, "at most"),
        ({forms.PURPOSE: "x", forms.LEAVES: "soon", forms.NIGHTS: 2}, "has to be a date"),
        ({forms.NIGHTS: 2}, "This is needed."),
        ({forms.CLASS: "royal"}, "Choose one from the list."),
    ],
)
async def test_an_answer_keeps_to_the_rules_of_the_form(
    stage: Stage, given: dict[str, Any], why: str
) -> None:
    shown = await proposed(stage, ProposeAnswer(await asking(stage), given))

    assert why in shown.text
    assert our_run(stage).answer == {}


async def test_all_flows_are_listed(stage: Stage) -> None:
    shown = await proposed(stage, ListFlows())

    assert TRAVEL in words(shown)
    assert WELCOME in words(shown)


async def test_a_guest_is_offered_nothing(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRun(TRAVEL), user="UGUEST")

    assert shown.text.startswith("Guests cannot run Smart Flows.")
    assert labels(shown) == []
