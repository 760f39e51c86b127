"""Runs that ask nobody: a form, a preview in the same window, and each start once."""

import json
from typing import Any

import pytest

from bot.asking.form import FormRequest, Submission
from bot.runs.windows.batches import Batches
from bot.slack.blocks.modals import brought_back
from sandbox.slack import View
from tests.asking.seeing import words
from tests.runs.acting import TRAVEL, asked, ours, plan, quiet, thread
from tests.runs.test_buttons import press, value_in, window
from tests.stage import Stage

START = "/flows/executions/start"
ROWS = "customer,month\nNorth,2026-11\nSouth,2026-12"


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage, pause="UserInput")


async def previewed(stage: Stage, text: str = ROWS) -> View:
    """Fill the form in and return the page that follows."""
    await stage.command("/flow-run batch travel")
    assert TRAVEL in str(window(stage).raw)
    values = {
        "batch_input": {"batch_input": text},
        "conversation": {"conversation": "CTRAIN"},
    }
    outcome = await stage.slack.submit(window(stage), values=values, user="UADA")
    assert (outcome.status, outcome.errors) == (200, {})
    await stage.settle()
    return window(stage)


async def confirmed(stage: Stage, view: View, user: str = "UADA") -> None:
    await stage.slack.submit(view, values={}, user=user)
    await stage.settle()


async def test_runs_are_previewed_in_the_window_before_they_start(stage: Stage) -> None:
    opened = await previewed(stage)

    assert f"2 runs of {TRAVEL} will start at once, without questions." in words(opened)
    assert "customer: North, month: 2026-11" in words(opened)
    assert asked(stage, START, "POST") == 0


async def test_each_run_starts_once_and_has_a_card_and_its_documents(stage: Stage) -> None:
    view = await previewed(stage)
    await confirmed(stage, view)
    await stage.after(seconds=60)

    assert [run.mode for run in ours(stage)] == ["batch", "batch"]
    assert [json.loads(run.given)["customer"] for run in ours(stage)] == ["North", "South"]
    assert {run.status for run in ours(stage)} == {"Success"}
    cards = [each for each in stage.said() if each.text.startswith(TRAVEL)]
    assert len(cards) == 2
    assert all("1 document follows." in thread(stage, each)[0] for each in cards)
    assert await stage.rows("SELECT key FROM snapshots WHERE key LIKE 'input:%'") == []


async def test_a_preview_that_is_confirmed_twice_wants_the_same_once(stage: Stage) -> None:
    view = await previewed(stage)
    _, metadata = brought_back(view.raw["private_metadata"])
    batches = stage.bot.services.of(Batches)
    wanted = [await batches.confirm(Submission({}, metadata, view.id)) for _ in range(2)]

    assert {each.key for each in wanted if isinstance(each, FormRequest)} == {
        f"batch:input:form:{view.id}"
    }


async def test_without_input_one_run_starts(stage: Stage) -> None:
    await confirmed(stage, await previewed(stage, ""))

    assert [run.given for run in ours(stage)] == [b""]


async def test_a_mistake_is_said_beside_the_input(stage: Stage) -> None:
    await stage.command("/flow-run batch travel")
    values = {"batch_input": {"batch_input": "a,b\n1"}}
    outcome = await stage.slack.submit(window(stage), values=values, user="UADA")

    assert outcome.errors["batch_input"] == "Line 2 has 1 values, but there are 2 names."


async def test_where_the_flow_is_gone_the_form_comes_back_with_its_text(stage: Stage) -> None:
    await stage.command("/flow-run batch travel")
    await stage.bot.database.execute("DELETE FROM flows")
    stage.smartflows.set_switch("answer_500", 1000)
    stage.clock.advance(seconds=60)
    await stage.slack.submit(window(stage), values={"batch_input": {"batch_input": ROWS}})
    await stage.settle()

    assert value_in(window(stage), "batch_input") == ROWS
    assert "Smart Flows" in words(window(stage))


async def test_a_run_that_did_not_start_is_started_by_its_button(stage: Stage) -> None:
    view = await previewed(stage, "customer\nNorth")
    stage.smartflows.set_switch("expired_key", value=True)
    await confirmed(stage, view)
    told = stage.slack.ephemerals("UADA")[-1]
    assert "Nothing was started." in told.text
    assert "North" not in str(told.blocks)

    stage.smartflows.set_switch("expired_key", value=False)
    await press(stage, told, "Try again")
    assert [json.loads(run.given) for run in ours(stage)] == [{"customer": "North"}]


async def test_a_start_without_an_answer_is_looked_up_and_not_repeated(stage: Stage) -> None:
    view = await previewed(stage, "customer\nNorth")
    stage.smartflows.set_switch("drop_after", 1)
    await confirmed(stage, view)

    assert asked(stage, START, "POST") == 1
    assert len(ours(stage)) == 1


async def test_a_guest_opens_no_such_form(stage: Stage) -> None:
    await stage.command("/flow-run batch travel", user="UGUEST")

    assert stage.slack.view_of("UGUEST") is None


async def test_a_flow_is_told_of_with_what_can_be_done(stage: Stage) -> None:
    await stage.command("/flow-run flow travel")
    shown = stage.said()[-1]
    assert shown.text.startswith(f"{TRAVEL}. {plan(TRAVEL).description}")
    assert "Starts without input · asks its questions first" in words(shown)
    assert asked(stage, f"/flows/{plan(TRAVEL).id}") == 1

    await press(stage, shown, "Run without questions")
    assert window(stage).raw["callback_id"] == "run_smart_flow_batch"
    assert TRAVEL in str(window(stage).raw)


async def test_which_project_this_is_can_be_asked(stage: Stage) -> None:
    await stage.command("/flow-run system")

    shown = stage.said()[-1]
    assert shown.text == "Smart Flows is connected: Sandbox project. Version 4.0.0, sandbox"
    assert "Account: Flowbot" in words(shown)


async def test_that_the_cards_are_elsewhere_is_said_once(stage: Stage) -> None:
    await stage.command("/flow-run batch travel")
    values = {
        "batch_input": {"batch_input": ROWS},
        "conversation": {"conversation": "CFIELD"},
    }
    await stage.slack.submit(window(stage), values=values)
    await stage.settle()
    await confirmed(stage, window(stage))

    assert len(stage.said("CFIELD")) == 2
    assert stage.whispered() == ["The answer is in another channel."]


async def test_a_file_holds_what_is_too_long_for_a_window(stage: Stage) -> None:
    rows = "".join(f"{number},{'x' * 300}\n" for number in range(20))
    file = stage.slack.attach("runs.csv", f"customer,note\n{rows}".encode("utf-8-sig"))
    await stage.command("/flow-run batch travel")
    assert "upload what is longer" in words(window(stage))
    values: dict[str, dict[str, Any]] = {
        "batch_file": {"batch_file": [file]},
        "conversation": {"conversation": "CTRAIN"},
    }
    await stage.slack.submit(window(stage), values=values)
    await stage.settle()
    await confirmed(stage, window(stage))

    given = [json.loads(run.given) for run in ours(stage)]
    assert sorted(int(each["customer"]) for each in given) == list(range(20))
    assert {len(each["note"]) for each in given} == {300}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1", "Line 2 has 1 values, but there are 2 names."),
        (b"a\n" + b"1\n" * 21, "At most 20 runs at once; this has 21."),
        (b"a\n" + b"x" * 2**20, "I could not read that file."),
    ],
)
async def test_a_mistake_in_a_file_is_said_above_the_form(
    stage: Stage, content: bytes, said: str
) -> None:
    file = stage.slack.attach("runs.csv", content)
    await stage.command("/flow-run batch travel")
    await stage.slack.submit(window(stage), values={"batch_file": {"batch_file": [file]}})
    await stage.settle()

    form = window(stage)
    assert form.callback_id == "run_smart_flow_batch"
    assert said in words(form)
    assert "You had chosen runs.csv." in words(form)
    assert TRAVEL in str(form.values)


async def test_the_input_is_typed_or_uploaded(stage: Stage) -> None:
    file = stage.slack.attach("runs.csv", ROWS.encode())
    await stage.command("/flow-run batch travel")
    values: dict[str, dict[str, Any]] = {
        "batch_input": {"batch_input": ROWS},
        "batch_file": {"batch_file": [file]},
    }
    outcome = await stage.slack.submit(window(stage), values=values)

    assert outcome.errors == {"batch_file": "Type the input or upload it, not both."}
