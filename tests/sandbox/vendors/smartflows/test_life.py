from collections import Counter
from datetime import timedelta

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import FLOWS, HOSTILE_NAME, LIVELY, FlowPlan
from sandbox.vendors.smartflows.statuses import RUNNING, SUCCESS, WAITING
from tests.sandbox.vendors.smartflows.stage import HOUR, LETTER, REPORT, ROOT, RUNS, START, launch


async def test_a_day_of_history_shows_every_lively_flow(vendor: SmartFlowsVendor) -> None:
    runs = vendor.engine.index.runs.values()
    begun = Counter(run.plan.name for run in runs if run.plan)
    assert {plan.name for plan in LIVELY} <= set(begun)
    assert {"Success", "Error", "UserInput"} <= {run.status for run in runs}
    assert all(START - timedelta(hours=24) <= run.created_at <= START for run in runs)


async def test_the_same_moment_shows_the_same_executions(http: httpx.AsyncClient) -> None:
    async with SmartFlowsVendor(SandboxClock(START), odd=True) as twin:
        headers = {"X-API-Key": twin.api_key}
        second = await http.get(f"{twin.url}{RUNS}?size=200", headers=headers)
    assert (await http.get(f"{RUNS}?size=200")).json() == second.json()


async def test_a_sandbox_that_begins_later_has_other_executions(vendor: SmartFlowsVendor) -> None:
    again = SmartFlowsVendor(SandboxClock(START + timedelta(minutes=1)), odd=True)
    assert set(again.engine.index.runs) & set(vendor.engine.index.runs) == set()


async def test_usual_durations_are_each_flows_own(vendor: SmartFlowsVendor) -> None:
    vendor.clock.advance(seconds=40 * HOUR)
    vendor.engine.settle()

    def median(plan: FlowPlan) -> float:
        runs = vendor.engine.index.by_flow[plan.id].values()
        took = sorted(
            (run.changed_at - run.created_at).total_seconds()
            for run in runs
            if run.status == SUCCESS
        )
        return took[len(took) // 2]

    assert 5 < median(LETTER) < 30 < median(REPORT) < 180 < median(LIVELY[1]) < 400


async def test_others_start_flows_about_as_often_as_switched(vendor: SmartFlowsVendor) -> None:
    before = len(vendor.engine.index.runs)
    vendor.set_switch("others_every", 10)
    vendor.clock.advance(seconds=HOUR)
    vendor.engine.settle()
    assert 270 < len(vendor.engine.index.runs) - before < 450


async def test_nobody_starts_anything_when_switched_off(vendor: SmartFlowsVendor) -> None:
    vendor.set_switch("others_every", 0)
    before = set(vendor.engine.index.runs)
    vendor.clock.advance(seconds=HOUR)
    vendor.engine.settle()
    assert set(vendor.engine.index.runs) <= before


async def test_a_jump_of_a_year_is_caught_up_with_the_last_days_only(
    vendor: SmartFlowsVendor,
) -> None:
    vendor.clock.advance(seconds=365 * 24 * HOUR)
    now = vendor.engine.settle()
    runs = vendor.engine.index.runs.values()
    assert 300 < len(runs) < 2000
    assert min(run.created_at for run in runs) > now - timedelta(days=4)


async def test_an_outsider_resumes_a_waiting_run_without_a_key(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    run = launch(vendor, pause=WAITING)
    path = f"{vendor.url}{ROOT}/flows/callback/{run.id}"
    assert (await http.post(path, headers={"X-API-Key": ""})).status_code == 404
    vendor.clock.advance(seconds=40)
    assert (await http.post(path, headers={"X-API-Key": ""})).status_code == 200
    assert run.status == RUNNING


async def test_data_without_a_flow_has_somebody_select_one(http: httpx.AsyncClient) -> None:
    xml = {"Content-Type": "application/xml"}
    begun = (await http.post(RUNS, content=b"<a/>", headers=xml)).json()
    assert (begun["status"], begun["schema"]["required"]) == ("SelectFlow", ["flow"])


async def test_one_flow_is_hostile_in_all_its_words(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    plan = next(one for one in FLOWS if one.name == HOSTILE_NAME)
    run = launch(vendor, plan=plan, pause="UserInput")
    vendor.clock.advance(seconds=40)
    shown = (await http.get(f"{RUNS}/{run.id}")).json()
    assert shown["flow"]["displayName"] == HOSTILE_NAME
    assert shown["state"]["report"][0]["blocks"][0]["displayName"] == "<b>bold</b> & _italic_"
    assert shown["state"]["output"]["schema"]["properties"]["b"]["title"] == "x" * 400


@pytest.mark.parametrize(
    ("outcome", "pause", "status"),
    [("Error", "none", "Error"), ("as usual", "Waiting", "Waiting")],
)
async def test_what_is_started_next_can_be_scripted(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, outcome: str, pause: str, status: str
) -> None:
    vendor.set_switch("next_outcome", outcome)
    vendor.set_switch("next_pause", pause)
    vendor.set_switch("run_seconds", 10)
    begun = (await http.post(f"{RUNS}?flowId={LIVELY[4].id}")).json()
    vendor.clock.advance(seconds=10)
    assert (await http.get(f"{RUNS}/{begun['id']}")).json()["status"] == status


async def test_a_cancelled_run_that_pauses_meanwhile_still_ends(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    run = launch(vendor, pause="UserInput", working=10)
    vendor.set_switch("cancel_seconds", 5)
    vendor.clock.advance(seconds=1)
    await http.delete(f"{RUNS}/{run.id}/progress")
    vendor.clock.advance(seconds=5)
    vendor.engine.settle()
    assert (run.status, run.ended) == ("Canceled", True)
