import pytest

from bot.errors import Reason
from bot.runs.client.client import SmartFlows
from bot.runs.core.user_input import FieldKind
from bot.runs.model import INTERRUPTED, RUNNING, SELECT_FLOW, SUCCESS, USER_INPUT, WAITING
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import BOT, LIVELY
from sandbox.vendors.smartflows.forms import BUDGET, CAR, CLASS, LEAVES, NIGHTS, NOTES, PURPOSE
from tests.runs.client.stage import HOUR, REPORT, course, launch, plan, reason, travelling


async def test_a_question_is_read_with_labels_choices_and_defaults(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    question = (await travelling(vendor, flows)).question
    assert question is not None
    assert question.askable
    assert [(one.key, one.kind, one.required) for one in question.fields] == [
        (PURPOSE, FieldKind.TEXT, True),
        (LEAVES, FieldKind.DATE, True),
        (NIGHTS, FieldKind.INTEGER, True),
        (BUDGET, FieldKind.NUMBER, False),
        (CAR, FieldKind.YES_NO, False),
        (CLASS, FieldKind.CHOICE, False),
        (NOTES, FieldKind.TEXT, False),
    ]
    shown = question.fields[5]
    assert [one.label for one in shown.choices] == ["First class", "Second class"]
    assert (question.title, shown.default) == ("Your journey", "2")


async def test_an_answered_run_goes_on(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    asked = await travelling(vendor, flows)
    assert asked.question is not None
    answer = asked.question.answer({PURPOSE: "Fair", LEAVES: "2026-12-01", NIGHTS: 3})
    assert set(answer) == {one.key for one in asked.question.fields}
    resumed = await flows.answer(asked.id, answer)
    assert (resumed.status, resumed.question) == (RUNNING, None)
    vendor.clock.advance(seconds=100)
    assert (await flows.progress(asked.id)).status == SUCCESS


@pytest.mark.parametrize(
    "wrong", [{PURPOSE: ""}, {NIGHTS: "many"}, {NIGHTS: 31}, {CLASS: "3"}, {"other": 1}]
)
async def test_a_wrong_answer_is_refused_and_the_run_still_asks(
    vendor: SmartFlowsVendor, flows: SmartFlows, wrong: dict[str, object]
) -> None:
    asked = await travelling(vendor, flows)
    right = {PURPOSE: "Fair", LEAVES: "2026-12-01", NIGHTS: 3}
    assert await reason(flows.answer(asked.id, right | wrong)) is Reason.REJECTED
    assert (await flows.progress(asked.id)).status == USER_INPUT


async def test_the_second_of_two_answers_is_told(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    asked = await travelling(vendor, flows)
    answer = {PURPOSE: "Fair", LEAVES: "2026-12-01", NIGHTS: 3}
    await flows.answer(asked.id, answer)
    assert await reason(flows.answer(asked.id, answer)) is Reason.REJECTED


async def test_what_slack_cannot_ask_is_marked(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    one = launch(vendor, course(pause=USER_INPUT), plan("Site inspection"))
    vendor.clock.advance(seconds=40)
    question = (await flows.progress(one)).question
    assert question is not None
    assert not question.askable
    assert [one.kind for one in question.fields] == [
        FieldKind.TEXT,
        FieldKind.OTHER,
        FieldKind.OTHER,
    ]


async def test_a_flow_is_selected_by_an_answer(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    run = vendor.engine.launch(None, user=BOT, course=Course(pause=SELECT_FLOW, pause_at=0))
    asked = await flows.progress(run.id)
    assert (asked.status, (await flows.execution(run.id)).flow.id) == (SELECT_FLOW, "")
    assert asked.question is not None
    assert len(asked.question.fields[0].choices) == len(LIVELY)
    await flows.answer(run.id, {"flow": REPORT.id})
    assert (await flows.execution(run.id)).flow.name == REPORT.name


async def test_a_waiting_run_says_for_what(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    one = launch(vendor, course(pause=WAITING), plan("Contract with signature"))
    vendor.clock.advance(seconds=40)
    details = (await flows.execution(one)).details
    assert details is not None
    assert details.waiting_for == "Signature of the other party"


async def test_a_question_that_nobody_answers_is_interrupted(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    asked = await travelling(vendor, flows)
    vendor.clock.advance(seconds=49 * HOUR)
    assert (await flows.progress(asked.id)).status == INTERRUPTED
