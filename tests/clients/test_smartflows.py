"""The Smart Flows client against the local Smart Flows, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.clients import open_smartflows
from bot.clients.smartflows import LAST_CHANGED_FIRST, SmartFlows
from bot.config import SmartFlowsSettings
from bot.errors import Reason, VendorError
from bot.exports.documents import DOCX, PDF, document_type
from bot.model.executions import (
    CANCELED,
    ENDED,
    ERROR,
    INTERRUPTED,
    NEEDS_PERSON,
    QUEUED,
    RUNNING,
    SELECT_FLOW,
    STATUSES,
    SUCCESS,
    USER_INPUT,
    WAITING,
    WARNING,
    Document,
    DocumentRef,
    ExecutionFilter,
    Progress,
)
from bot.model.questions import FieldKind
from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import BOT, FLOWS, LIVELY, PEOPLE, FlowPlan
from sandbox.vendors.smartflows.forms import BUDGET, CAR, CLASS, LEAVES, NIGHTS, NOTES, PURPOSE
from tests.clients.contract import START, TLS

HOUR = 3600
NOWHERE = "00000000-0000-4000-8000-000000000000"
XML = "<quarter>Ä &amp; B</quarter>".encode()


def plan(name: str) -> FlowPlan:
    return next(one for one in FLOWS if one.name == name)


REPORT = plan("Quarterly report")
TRAVEL = plan("Travel request")


@pytest.fixture
async def vendor() -> AsyncIterator[SmartFlowsVendor]:
    async with SmartFlowsVendor(SandboxClock(START)) as vendor:
        yield vendor


@pytest.fixture
async def flows(vendor: SmartFlowsVendor) -> AsyncIterator[SmartFlows]:
    async with SmartFlows(
        SecretStr(vendor.api_key), base_url=vendor.url, clock=vendor.clock, tls=TLS
    ) as client:
        yield client


def course(outcome: str = SUCCESS, pause: str = "", working: float = 100) -> Course:
    return Course(working=working, outcome=outcome, pause=pause)


def launch(vendor: SmartFlowsVendor, given: Course, flow: FlowPlan = REPORT) -> str:
    return vendor.engine.launch(flow, user=PEOPLE[0], course=given).id


async def reason(call: object) -> Reason:
    assert asyncio.iscoroutine(call)
    with pytest.raises(VendorError) as failure:
        await call
    return failure.value.reason


async def test_flows_come_by_name_in_pages(flows: SmartFlows) -> None:
    first = await flows.flows(size=20)
    second = await flows.flows(page=1, size=20)
    names = [one.name for one in (*first.rows, *second.rows)]
    assert names == sorted((one.name for one in FLOWS), key=str.casefold)
    assert (first.more, second.more) == (True, False)


@pytest.mark.parametrize("search", ["report", "REPORT", " report,:"])
async def test_flows_are_found_by_a_part_of_their_name(flows: SmartFlows, search: str) -> None:
    assert [one.name for one in (await flows.flows(search=search)).rows] == ["Quarterly report"]


async def test_the_same_list_of_flows_is_asked_for_once(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    await asyncio.gather(flows.flows(), flows.flows())
    assert len(vendor.calls) == 1


@pytest.mark.parametrize(("one", "kind"), [(REPORT, "user"), (TRAVEL, "none")])
async def test_one_flow_says_what_it_needs(flows: SmartFlows, one: FlowPlan, kind: str) -> None:
    found = await flows.flow(one.id)
    assert (found.id, found.name, found.input) == (one.id, one.name, kind)


async def test_a_flow_is_started_and_goes_its_way(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("run_seconds", 100)
    vendor.set_switch("next_outcome", SUCCESS)
    begun = await flows.start(REPORT.id, XML)
    assert (begun.status, begun.percentage, begun.documents) == (RUNNING, 0, ())
    vendor.clock.advance(seconds=30)
    half = await flows.progress(begun.id)
    assert (half.percentage, half.message) == (30, "Retrieving figures")
    vendor.clock.advance(seconds=70)
    ended = await flows.progress(begun.id)
    assert (ended.status, ended.percentage, ended.ended) == (SUCCESS, 100, True)
    assert [one.name.partition(" report ")[0] for one in ended.documents] == ["Quarterly"] * 2


async def test_what_was_given_is_in_the_document(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("next_outcome", SUCCESS)
    begun = await flows.start(REPORT.id, XML)
    vendor.clock.advance(seconds=HOUR)
    pdf = (await flows.progress(begun.id)).documents[0]
    async with flows.content(await flows.document(pdf.id)) as download:
        content = b"".join([chunk async for chunk in download.chunks])
    assert XML.decode().encode("latin-1") in content


async def test_a_batch_asks_nothing_and_tells_its_outputs(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("next_outcome", SUCCESS)
    begun = await flows.start_batch(TRAVEL.name, {"any": 1})
    vendor.clock.advance(seconds=HOUR)
    ended = await flows.batch_status(begun.id)
    assert (begun.mode, ended.status, len(ended.outputs)) == ("batch", SUCCESS, 1)
    assert (await flows.batch_status(begun.id, output="nothing")).outputs == ()


@pytest.mark.parametrize("code", ["200", "201", "202"])
@pytest.mark.parametrize("status", [RUNNING, QUEUED])
async def test_any_way_to_confirm_a_start_is_understood(
    vendor: SmartFlowsVendor, flows: SmartFlows, code: str, status: str
) -> None:
    vendor.set_switch("start_code", code)
    vendor.set_switch("start_answer", status)
    assert (await flows.start(TRAVEL.id)).status == status


async def test_a_start_that_was_carried_out_without_an_answer_is_found(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    earlier = await flows.start(TRAVEL.id)
    launch(vendor, course(), TRAVEL)
    vendor.set_switch("drop_after", 1)
    with pytest.raises(VendorError) as failure:
        await flows.start(TRAVEL.id)
    assert failure.value.uncertain
    me = (await flows.me()).id
    found = await flows.started_since(TRAVEL.id, START, by=me, known=[earlier.id])
    assert found is not None
    assert (found.created_by.id, found.created_at) == (me, START)
    again = await flows.started_since(TRAVEL.id, START, by=me, known=[earlier.id, found.id])
    assert again is None


async def test_a_start_that_was_not_carried_out_is_not_found(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    await flows.start(TRAVEL.id)
    vendor.clock.advance(seconds=600)
    vendor.set_switch("drop", 1)
    assert await reason(flows.start(TRAVEL.id)) is Reason.UNAVAILABLE
    assert await flows.started_since(TRAVEL.id, vendor.clock.now(), by=BOT.id) is None


@pytest.mark.parametrize("status", STATUSES)
async def test_every_status_is_reached_and_read(
    vendor: SmartFlowsVendor, flows: SmartFlows, status: str
) -> None:
    ends, pauses = status in ENDED, status in (*NEEDS_PERSON, WAITING)
    outcome = status if ends else SUCCESS
    given = Course(
        queued=50 if status == QUEUED else 0,
        working=100,
        outcome=outcome,
        pause=status if pauses else "",
    )
    one = launch(vendor, given)
    vendor.clock.advance(seconds=200 if ends else 40)
    found = await flows.progress(one)
    assert (found.status, found.ended, found.needs_person) == (
        status,
        ends,
        status in NEEDS_PERSON,
    )
    assert (await flows.execution(one)).status == status


@pytest.mark.parametrize(
    "spelling", ["wire", "label", "guide", "lower case", "camel case", "british"]
)
@pytest.mark.parametrize("status", [USER_INPUT, SELECT_FLOW, CANCELED, SUCCESS])
async def test_every_spelling_of_a_status_is_read(
    vendor: SmartFlowsVendor, flows: SmartFlows, spelling: str, status: str
) -> None:
    vendor.set_switch("spelling", spelling)
    pause = status if status in NEEDS_PERSON else ""
    one = launch(vendor, course(outcome=status if not pause else SUCCESS, pause=pause))
    vendor.clock.advance(seconds=100)
    assert (await flows.progress(one)).status == status


async def test_an_unknown_status_is_kept_and_counts_as_running(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("unknown_status", value=True)
    seen = [await flows.progress(launch(vendor, course())) for _ in range(3)]
    assert {one.status for one in seen} == {RUNNING, "Suspended"}
    assert not any(one.ended or one.needs_person for one in seen)


async def test_a_look_does_not_wait(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    vendor.set_switch("poll_standing", "jumps")
    await flows.progress(launch(vendor, course()))
    assert vendor.clock.now() == START


async def test_a_wait_ends_with_the_next_change(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("poll_standing", "jumps")
    vendor.set_switch("poll_wakes", "status")
    ended = await flows.progress(launch(vendor, course(working=12)), wait=30)
    assert (ended.status, vendor.clock.now()) == (SUCCESS, START + timedelta(seconds=12))


async def test_a_wait_that_sees_no_change_ends_with_its_time(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("poll_standing", "jumps")
    vendor.set_switch("poll_wakes", "status")
    found = await flows.progress(launch(vendor, course()), wait=30)
    assert (found.percentage, vendor.clock.now()) == (30, START + timedelta(seconds=30))


async def travelling(vendor: SmartFlowsVendor, flows: SmartFlows) -> Progress:
    one = launch(vendor, course(pause=USER_INPUT), TRAVEL)
    vendor.clock.advance(seconds=40)
    return await flows.progress(one)


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


async def test_a_cancelled_run_may_still_run_a_moment(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    one = launch(vendor, course())
    assert (await flows.cancel(one)).status == RUNNING
    vendor.clock.advance(seconds=2)
    assert (await flows.progress(one)).status == CANCELED


@pytest.mark.parametrize(
    ("switch", "expected"), [("409", Reason.REJECTED), ("404", Reason.NOT_FOUND)]
)
async def test_cancelling_what_has_ended_may_be_refused(
    vendor: SmartFlowsVendor, flows: SmartFlows, switch: str, expected: Reason
) -> None:
    vendor.set_switch("cancel_ended", switch)
    one = launch(vendor, course(working=1))
    vendor.clock.advance(seconds=5)
    assert await reason(flows.cancel(one)) is expected


async def test_a_failed_run_tells_the_step_and_the_reason(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    one = launch(vendor, Course(working=100, outcome=ERROR, ends_at=0.6))
    vendor.clock.advance(seconds=100)
    found = await flows.execution(one)
    assert found.details is not None
    assert found.modified_at == START + timedelta(seconds=60)
    failed = found.details.failed_step
    assert failed is not None
    assert (failed.name, failed.started_at) == ("Generating report", START + timedelta(seconds=50))
    assert found.details.reason == "Step 'Generating report' failed: the data source did not answer"


async def test_a_warning_tells_what_was_caught(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    one = launch(vendor, course(outcome=WARNING))
    vendor.clock.advance(seconds=100)
    details = (await flows.execution(one)).details
    assert details is not None
    assert details.warnings == details.caught == ("The e-mail could not be sent",)
    assert len(details.documents) == 2


async def test_stages_are_the_stretches_between_pauses(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    asked = await travelling(vendor, flows)
    await flows.answer(asked.id, {PURPOSE: "Fair", LEAVES: "2026-12-01", NIGHTS: 3})
    details = (await flows.execution(asked.id)).details
    assert details is not None
    first, second = details.stages
    assert (first.started_at, first.ended_at) == (START, START + timedelta(seconds=30))
    assert first.last is not None
    assert (first.last.status, first.last.percentage) == (USER_INPUT, 30)
    assert (second.started_at, second.ended_at) == (START + timedelta(seconds=40), None)


async def test_what_others_start_is_in_the_list_newest_first(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    before = {one.id for one in (await flows.executions(size=200)).rows}
    vendor.clock.advance(seconds=HOUR)
    page = await flows.executions()
    new = [one for one in page.rows if one.id not in before]
    created = [one.created_at for one in page.rows if one.created_at]
    assert len(new) > 5
    assert created == sorted(created, reverse=True)
    assert all(one.details is None and one.created_by.name for one in page.rows)


async def test_pages_follow_each_other_to_the_end(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("largest_page", 30)  # silently less than asked for
    seen: list[str] = []
    page, more = 0, True
    while more:
        found = await flows.executions(page=page, size=50)
        seen += [one.id for one in found.rows]
        page, more = page + 1, found.more
    assert len(seen) == len(set(seen)) == len(vendor.engine.index.runs)


async def test_executions_of_one_flow_are_of_that_flow(flows: SmartFlows) -> None:
    page = await flows.executions(flow_id=REPORT.id)
    assert {one.flow.name for one in page.rows} == {"Quarterly report"}


@pytest.mark.parametrize("date_times", [False, True])
async def test_a_filter_keeps_statuses_and_cuts_at_the_moment(
    vendor: SmartFlowsVendor, flows: SmartFlows, *, date_times: bool
) -> None:
    vendor.set_switch("date_times", date_times)
    since = START - timedelta(hours=5)
    page = await flows.filtered(ExecutionFilter(ENDED, since=since), size=200)
    expected = [
        run.id
        for run in vendor.engine.index.runs.values()
        if run.status in ENDED and run.created_at >= since
    ]
    assert [one.id for one in page.rows] == expected[::-1]
    assert 0 < len(expected) < len(vendor.engine.index.runs)


async def test_a_filter_for_one_flow_is_cut_here(flows: SmartFlows) -> None:
    page = await flows.filtered(ExecutionFilter((SUCCESS,), flow_id=REPORT.id), size=200)
    assert {(one.flow.name, one.status) for one in page.rows} == {("Quarterly report", SUCCESS)}


async def test_a_filter_that_keeps_all_statuses_is_the_list(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    assert await flows.filtered(ExecutionFilter()) == await flows.executions()
    assert [call.method for call in vendor.calls] == ["GET", "GET"]


async def test_the_last_changed_come_first_where_the_vendor_can(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    asked = ExecutionFilter(ENDED)
    page = await flows.filtered(asked, sort=LAST_CHANGED_FIRST)
    changed = [one.modified_at for one in page.rows if one.modified_at]
    assert changed == sorted(changed, reverse=True)
    vendor.set_switch("sort_modified", "refused")
    assert await reason(flows.filtered(asked, sort=LAST_CHANGED_FIRST)) is Reason.REJECTED


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("spring_pages", True),
        ("extra_fields", True),
        ("untyped_names", True),
        ("bare_rows", False),
        ("dates", "without offset"),
        ("dates", "+0000"),
        ("dates", "milliseconds"),
        ("spelling", "lower case"),
    ],
)
async def test_an_odd_list_is_read_as_any_other(
    vendor: SmartFlowsVendor, flows: SmartFlows, switch: str, value: object
) -> None:
    plain = await flows.executions()
    vendor.set_switch(switch, value)
    odd = await flows.executions()
    for one, other in zip(plain.rows, odd.rows, strict=True):
        assert (one.id, one.status, one.created_at, one.flow, one.created_by) == (
            other.id,
            other.status,
            other.created_at,
            other.flow,
            other.created_by,
        )


async def test_progress_without_figures_has_none(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("no_percentage", value=True)
    found = await flows.progress(launch(vendor, course()))
    assert (found.percentage, found.message) == (None, "")


async def test_statistics_count_what_there_is(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    runs = vendor.engine.index.runs.values()
    found = await flows.statistics(ExecutionFilter(), by="Hour")
    assert found.by_status()[SUCCESS] == sum(run.status == SUCCESS for run in runs)
    assert sum(one.total for one in found.per_time) == len(runs)
    top = found.per_flow[0]
    assert top.count == sum(run.plan is not None and run.plan.id == top.who.id for run in runs)
    assert {one.who.name for one in found.per_person} <= {one.name for one in PEOPLE}


async def documents(vendor: SmartFlowsVendor, flows: SmartFlows) -> tuple[DocumentRef, ...]:
    one = launch(vendor, course())
    vendor.clock.advance(seconds=100)
    return (await flows.progress(one)).documents


async def fetched(flows: SmartFlows, one: Document) -> bytes:
    async with flows.content(one) as download:
        return b"".join([chunk async for chunk in download.chunks])


@pytest.mark.parametrize("kind", ["full", "short", "missing", "wrong"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_documents_are_fetched_and_known_for_what_they_are(
    vendor: SmartFlowsVendor, flows: SmartFlows, kind: str, *, chunked: bool
) -> None:
    vendor.set_switch("document_type", kind)
    vendor.set_switch("download_chunked", chunked)
    found = [await flows.document(one.id) for one in await documents(vendor, flows)]
    contents = [await fetched(flows, one) for one in found]
    types = [
        document_type(one.content_type, content)
        for one, content in zip(found, contents, strict=True)
    ]
    assert types == [PDF, DOCX]


@pytest.mark.parametrize("switch", ["odd_output", "no_document_names"])
async def test_documents_are_found_wherever_they_are_in_the_output(
    vendor: SmartFlowsVendor, flows: SmartFlows, switch: str
) -> None:
    vendor.set_switch(switch, value=True)
    found = await documents(vendor, flows)
    assert [(await flows.document(one.id)).name[:17] for one in found] == ["Quarterly report "] * 2


async def test_a_large_document_comes_in_pieces(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("document_mb", 3)
    found = await flows.document((await documents(vendor, flows))[0].id)
    async with flows.content(found) as download:
        pieces = [len(chunk) async for chunk in download.chunks]
    assert download.length == sum(pieces) >= 3 * 1024**2
    assert max(pieces) <= 1024**2


async def test_what_was_cleaned_up_is_not_found(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    one = launch(vendor, course())
    vendor.clock.advance(seconds=100)
    document = (await flows.progress(one)).documents[0]
    vendor.clock.advance(seconds=25 * HOUR)
    assert await reason(flows.document(document.id)) is Reason.NOT_FOUND
    assert (await flows.execution(one)).status == SUCCESS
    vendor.clock.advance(seconds=48 * HOUR)
    assert await reason(flows.progress(one)) is Reason.NOT_FOUND


async def test_a_question_that_nobody_answers_is_interrupted(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    asked = await travelling(vendor, flows)
    vendor.clock.advance(seconds=49 * HOUR)
    assert (await flows.progress(asked.id)).status == INTERRUPTED


@pytest.mark.parametrize(("own", "expected"), [(False, False), (True, True)])
async def test_the_account_says_what_it_sees(
    vendor: SmartFlowsVendor, flows: SmartFlows, *, own: bool, expected: bool
) -> None:
    vendor.set_switch("own_only", own)
    me = await flows.me()
    assert (me.id, me.name, me.sees_only_own) == (BOT.id, "Flowbot", expected)


async def test_an_account_without_roles_leaves_open_what_it_sees(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("no_roles", value=True)
    assert (await flows.me()).sees_only_own is None


async def test_a_narrow_key_lists_its_own_runs_and_says_nothing(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("own_only", value=True)
    others = launch(vendor, course())
    mine = await flows.start(TRAVEL.id)
    assert [one.id for one in (await flows.executions()).rows] == [mine.id]
    assert await reason(flows.progress(others)) is Reason.NOT_FOUND
    vendor.set_switch("others_answer", "403")
    assert await reason(flows.progress(others)) is Reason.AUTH


@pytest.mark.parametrize("body", ["spring", "message", "empty", "html"])
async def test_a_refusal_is_understood_whatever_its_body(
    vendor: SmartFlowsVendor, flows: SmartFlows, body: str
) -> None:
    vendor.set_switch("error_body", body)
    with pytest.raises(VendorError) as failure:
        await flows.flow(NOWHERE)
    known = {"spring": f"Flow {NOWHERE} not found", "message": f"Flow {NOWHERE} not found"}
    assert (failure.value.reason, failure.value.detail) == (
        Reason.NOT_FOUND,
        known.get(body, "HTTP 404"),
    )


@pytest.mark.parametrize("status", ["401", "403"])
async def test_a_revoked_key_is_named_as_such(
    vendor: SmartFlowsVendor, flows: SmartFlows, status: str
) -> None:
    vendor.set_switch("key_refused", status)
    vendor.set_switch("expired_key", value=True)
    assert await reason(flows.me()) is Reason.AUTH


async def test_a_client_is_opened_where_both_settings_are_given(vendor: SmartFlowsVendor) -> None:
    settings = SmartFlowsSettings(api_key=SecretStr(vendor.api_key), base_url=vendor.url)
    async with AsyncExitStack() as stack:
        client = await open_smartflows(settings, vendor.clock, stack)
        assert client is not None
        assert (await client.me()).name == "Flowbot"


@pytest.mark.parametrize("missing", ["api_key", "base_url"])
async def test_without_a_key_or_an_address_there_is_no_client(missing: str) -> None:
    given = {"api_key": SecretStr("key"), "base_url": "https://flows.example.com"}
    settings = SmartFlowsSettings.model_validate({**given, missing: None})
    async with AsyncExitStack() as stack:
        assert await open_smartflows(settings, SandboxClock(START), stack) is None


async def test_the_installation_and_its_panel_are_told(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    system, panel = await flows.system(), await flows.panel()
    assert (system.name, system.version, system.role) == ("Sandbox project", "4.0.0", "sandbox")
    assert panel.executions_url == f"{vendor.url}/panel"
