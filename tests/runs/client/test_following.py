from datetime import timedelta

import pytest

from bot.errors import Reason, VendorError
from bot.runs.client.client import SmartFlows
from bot.runs.model import (
    CANCELED,
    ENDED,
    ERROR,
    NEEDS_PERSON,
    QUEUED,
    RUNNING,
    SELECT_FLOW,
    STATUSES,
    SUCCESS,
    USER_INPUT,
    WAITING,
    WARNING,
)
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import BOT
from sandbox.vendors.smartflows.forms import LEAVES, NIGHTS, PURPOSE
from tests.http.contract import START
from tests.runs.client.stage import NOWHERE, course, launch, reason, travelling


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
    assert (found.status, found.ended) == (status, ends)
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
    assert not any(one.ended for one in seen)


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


async def test_progress_without_figures_has_none(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("no_percentage", value=True)
    found = await flows.progress(launch(vendor, course()))
    assert (found.percentage, found.message) == (None, "")


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


async def test_the_installation_and_its_panel_are_told(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    system, panel = await flows.system(), await flows.panel()
    assert (system.name, system.version, system.role) == ("Sandbox project", "4.0.0", "sandbox")
    assert panel.executions_url == f"{vendor.url}/panel"
