import asyncio
import io
import re
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import BOT, FLOWS, HOSTILE_NAME, LIVELY, PEOPLE, FlowPlan
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.statuses import ENDED, RUNNING, SUCCESS, WAITING
from tests.clients.contract import TLS

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
ROOT = "/api/v1"
RUNS = f"{ROOT}/flows/executions"
NOWHERE = "00000000-0000-4000-8000-000000000000"
HOUR = 3600
REPORT = LIVELY[0]
LETTER = LIVELY[2]


@pytest.fixture
async def vendor() -> AsyncIterator[SmartFlowsVendor]:
    async with SmartFlowsVendor(SandboxClock(START)) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: SmartFlowsVendor) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=vendor.url, headers={"X-API-Key": vendor.api_key}, trust_env=False, verify=TLS
    ) as http:
        yield http


def launch(
    vendor: SmartFlowsVendor, *, plan: FlowPlan = REPORT, working: float = 100, pause: str = ""
) -> Run:
    course = Course(working=working, pause=pause)
    return vendor.engine.launch(plan, user=PEOPLE[0], course=course)


class Watched(dict[str, Run]):
    """Counts which of its runs were looked at."""

    def __init__(self, runs: dict[str, Run], looked_at: Counter[str]) -> None:
        super().__init__(runs)
        self._looked_at = looked_at

    def values(self) -> Any:
        runs = dict(self)
        looked_at = self._looked_at

        class Values:
            def __iter__(self) -> Iterator[Run]:
                return self._counted(iter(runs.values()))

            def __reversed__(self) -> Iterator[Run]:
                return self._counted(reversed(runs.values()))

            def _counted(self, found: Iterator[Run]) -> Iterator[Run]:
                for run in found:
                    looked_at[run.id] += 1
                    yield run

        return Values()


def condition(key: str, operator: str, *values: object) -> dict[str, Any]:
    return {"condition": {"key": key, "operator": operator, "values": list(values)}}


async def found(http: httpx.AsyncClient, node: object, query: str = "size=200") -> Any:
    return (await http.post(f"{RUNS}/filter?{query}", json=node)).json()


async def test_a_day_of_history_shows_every_lively_flow(vendor: SmartFlowsVendor) -> None:
    runs = vendor.engine.index.runs.values()
    begun = Counter(run.plan.name for run in runs if run.plan)
    assert {plan.name for plan in LIVELY} <= set(begun)
    assert {"Success", "Error", "UserInput"} <= {run.status for run in runs}
    assert all(START - timedelta(hours=24) <= run.created_at <= START for run in runs)


async def test_the_same_moment_shows_the_same_executions(http: httpx.AsyncClient) -> None:
    async with SmartFlowsVendor(SandboxClock(START)) as twin:
        headers = {"X-API-Key": twin.api_key}
        second = await http.get(f"{twin.url}{RUNS}?size=200", headers=headers)
    assert (await http.get(f"{RUNS}?size=200")).json() == second.json()


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


async def test_ten_thousand_running_executions_answer_a_list_as_quickly_as_ten(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    for number in range(10_000):
        launch(vendor, plan=FLOWS[number % 9], working=HOUR + number)
    index, looked_at = vendor.engine.index, Counter[str]()
    index.runs = Watched(index.runs, looked_at)
    for status, runs in index.by_status.items():
        index.by_status[status] = Watched(runs, looked_at)
    page = (await http.get(f"{RUNS}?size=50&sort=createdAt,desc")).json()
    running = await found(http, condition("status", "in", RUNNING), "size=50&sort=createdAt,desc")
    ended = await found(http, condition("status", "in", *ENDED), "size=50&sort=modifiedAt,desc")
    assert [len(page), len(running), len(ended)] == [50, 50, 50]
    assert page == running
    assert looked_at.total() < 200


async def test_a_long_poll_ends_when_the_run_does() -> None:
    clock = SandboxClock(START, running=True)
    async with SmartFlowsVendor(clock) as vendor:
        vendor.set_switch("poll_wakes", "status")
        run = launch(vendor, working=20)
        headers = {"X-API-Key": vendor.api_key}
        async with httpx.AsyncClient(headers=headers, trust_env=False, verify=TLS) as http:
            poll = asyncio.create_task(
                http.get(f"{vendor.url}{RUNS}/{run.id}/progress?timeout=30", timeout=60)
            )
            await http.get(f"{vendor.url}{ROOT}/users/me")
            assert not poll.done()
            clock.advance(seconds=20)
            assert (await poll).json()["status"] == SUCCESS


async def test_a_long_poll_ends_when_somebody_cancels() -> None:
    clock = SandboxClock(START, running=True)
    async with SmartFlowsVendor(clock) as vendor:
        vendor.set_switch("poll_wakes", "status")
        vendor.set_switch("cancel_seconds", 0)
        run = launch(vendor)
        headers = {"X-API-Key": vendor.api_key}
        async with httpx.AsyncClient(headers=headers, trust_env=False, verify=TLS) as http:
            path = f"{vendor.url}{RUNS}/{run.id}/progress"
            poll = asyncio.create_task(http.get(f"{path}?timeout=30", timeout=60))
            await http.get(f"{vendor.url}{ROOT}/users/me")
            await http.delete(path)
            assert (await poll).json()["status"] == "Canceled"


async def test_a_long_poll_is_let_go_when_the_vendor_stops() -> None:
    clock = SandboxClock(START, running=True)
    async with httpx.AsyncClient(trust_env=False, verify=TLS) as http:
        async with SmartFlowsVendor(clock) as vendor:
            vendor.set_switch("poll_wakes", "nothing")
            headers = {"X-API-Key": vendor.api_key}
            path = f"{vendor.url}{RUNS}/{launch(vendor).id}/progress"
            poll = asyncio.create_task(http.get(path, headers=headers, timeout=60))
            await http.get(f"{vendor.url}{ROOT}/users/me", headers=headers)
        assert (await poll).status_code == 200


@pytest.mark.parametrize(
    ("query", "seconds"), [("", 30), ("?timeout=7", 7), ("?timeout=0", 0), ("?timeout=-1", 0)]
)
async def test_a_long_poll_lasts_as_long_as_asked(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, query: str, seconds: int
) -> None:
    vendor.set_switch("poll_standing", "jumps")
    vendor.set_switch("poll_wakes", "nothing")
    await http.get(f"{RUNS}/{launch(vendor).id}/progress{query}")
    assert vendor.clock.now() == START + timedelta(seconds=seconds)


async def test_a_long_poll_ends_with_the_next_percent(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("poll_standing", "jumps")
    answer = await http.get(f"{RUNS}/{launch(vendor).id}/progress")
    assert answer.json()["percentage"] == 1
    assert vendor.clock.now() - START < timedelta(seconds=1.1)


async def test_on_a_standing_clock_a_long_poll_answers_at_once(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    assert (await http.get(f"{RUNS}/{launch(vendor).id}/progress")).json()["percentage"] == 0
    assert vendor.clock.now() == START


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


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", f"{RUNS}?flowId={NOWHERE}", b"", 404),
        ("POST", RUNS, b"", 400),
        ("POST", f"{RUNS}?flowId={REPORT.id}", b"", 400),
        ("POST", f"{RUNS}?flowId={REPORT.id}", b"<a>", 400),
        ("POST", f"{RUNS}/start?flow=nothing", b"", 404),
        ("POST", f"{RUNS}/start", b"", 400),
        ("POST", f"{RUNS}/start?flow={REPORT.id}", b"{", 400),
        ("GET", f"{RUNS}/{NOWHERE}", b"", 404),
        ("GET", f"{RUNS}/not-a-uuid", b"", 400),
        ("GET", f"{RUNS}/{NOWHERE}/progress", b"", 404),
        ("GET", f"{ROOT}/documents/{NOWHERE}", b"", 404),
        ("GET", f"{RUNS}?page=x", b"", 400),
        ("GET", f"{RUNS}?page=-1", b"", 400),
        ("GET", f"{RUNS}?size=0", b"", 400),
        ("GET", f"{RUNS}?sort=message,asc", b"", 400),
        ("GET", f"{RUNS}?sort=createdAt,up", b"", 400),
        ("GET", f"{RUNS}?filter=colour:red", b"", 400),
        ("GET", f"{ROOT}/flows?sort=colour", b"", 400),
        ("POST", f"{RUNS}/filter", b"{", 400),
        ("POST", f"{RUNS}/filter", b"[" * 100_000, 400),
        ("POST", f"{RUNS}/statistics", b"", 400),
        ("POST", f"{RUNS}/statistics?groupTimeBy=Decade", b"", 400),
        ("DELETE", f"{RUNS}/{NOWHERE}", b"", 404),
        ("GET", "/nowhere", b"", 404),
    ],
)
async def test_a_bad_question_is_refused(
    http: httpx.AsyncClient, method: str, path: str, body: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/xml"} if body.startswith(b"<") else {}
    answer = await http.request(method, path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize("key", ["", "wrong", "ä".encode().decode("latin-1")])
async def test_a_wrong_key_is_refused(http: httpx.AsyncClient, key: str) -> None:
    headers = httpx.Headers({b"X-API-Key": key.encode("latin-1")})
    assert (await http.get(f"{ROOT}/users/me", headers=headers)).status_code == 401


async def test_the_public_settings_need_no_key(vendor: SmartFlowsVendor) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=TLS) as http:
        assert (await http.get(f"{vendor.url}{ROOT}/settings/public")).status_code == 200


@pytest.mark.parametrize(
    "node",
    [
        [],
        {"group": {"type": "and", "nodes": {}}},
        {"group": {"type": "and", "nodes": [{}]}},
        condition("colour", "in", "red"),
        condition("status", "equals", "Success"),
        condition("status", "in", "success"),
        condition("status", "almost", "Success"),
        condition("createdAt", "lessThan", "yesterday"),
        condition("createdAt", "lessThan", "2026-11-23T08:00:00Z"),
        condition("flow.id", "equalTo", "x"),
    ],
)
async def test_a_bad_filter_is_refused(http: httpx.AsyncClient, node: object) -> None:
    assert (await http.post(f"{RUNS}/filter", json=node)).status_code == 400


@pytest.mark.parametrize(
    ("switch", "node"),
    [
        ("refuse_equals", condition("status", "equals", "Success")),
        ("date_times", condition("createdAt", "lessThan", "2026-11-23T08:00:00Z")),
        ("more_keys", condition("createdBy.id", "equalTo", BOT.id)),
    ],
)
async def test_what_is_not_documented_can_be_switched(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, switch: str, node: object
) -> None:
    vendor.set_switch(switch, switch != "refuse_equals")
    assert (await http.post(f"{RUNS}/filter", json=node)).status_code == 200


@pytest.mark.parametrize(
    ("node", "keeps"),
    [
        ({}, lambda _: True),
        (condition("status", "notEqualTo", "Success"), lambda run: run.status != "Success"),
        (condition("displayName", "like", "REPORT"), lambda run: run.plan is REPORT),
        (condition("displayName", "notLike", "r"), lambda run: "r" not in run.plan.name.lower()),
        (condition("displayName", "isBlank"), lambda _: False),
        (
            condition("createdAt", "lessThanOrEqualTo", "2026-11-22"),
            lambda run: run.created_at.day == 22,
        ),
        (
            condition("createdAt", "between", "2026-11-23", "2026-11-24"),
            lambda run: run.created_at.day == 23,
        ),
        (
            {
                "group": {
                    "type": "or",
                    "nodes": [
                        condition("status", "in", "Error"),
                        condition("status", "in", "Warning"),
                    ],
                }
            },
            lambda run: run.status in ("Error", "Warning"),
        ),
        (
            {
                "group": {
                    "type": "and",
                    "nodes": [
                        condition("status", "in", "Success", "Error"),
                        condition("status", "in", "Error", "Warning"),
                    ],
                }
            },
            lambda run: run.status == "Error",
        ),
    ],
)
async def test_a_filter_keeps_what_fits(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, node: object, keeps: Any
) -> None:
    vendor.set_switch("largest_page", 1000)
    expected = [run.id for run in vendor.engine.index.runs.values() if keeps(run)]
    rows = await found(http, node, "size=1000&sort=createdAt,asc")
    assert [row["id"] for row in rows] == expected


@pytest.mark.parametrize("sort", ["createdAt", "modifiedAt"])
@pytest.mark.parametrize("statuses", [ENDED, ("Running", "UserInput"), ("Error",)])
async def test_pages_of_a_sorted_filter_fit_together(
    http: httpx.AsyncClient, sort: str, statuses: tuple[str, ...]
) -> None:
    node = condition("status", "in", *statuses)
    up = await found(http, node, f"size=200&sort={sort},asc")
    down = [
        row
        for page in range(3)
        for row in await found(http, node, f"size=70&page={page}&sort={sort},desc")
    ]
    assert [row[sort] for row in up] == sorted(row[sort] for row in up)
    assert [row[sort] for row in down] == sorted((row[sort] for row in down), reverse=True)
    assert len({row["id"] for row in down}) == len(down)


@pytest.mark.parametrize(
    ("group", "label"),
    [
        ("Hour", "2026-11-23 08:00"),
        ("HourOfDay", "08"),
        ("Day", "2026-11-23"),
        ("DayOfWeek", "Monday"),
        ("DayOfMonth", "23"),
        ("Week", "2026-W48"),
        ("WeekOfYear", "48"),
        ("Month", "2026-11"),
        ("MonthOfYear", "November"),
    ],
)
async def test_statistics_are_grouped_as_asked(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, group: str, label: str
) -> None:
    answer = (await http.post(f"{RUNS}/statistics?groupTimeBy={group}")).json()
    assert label in {one["label"] for one in answer["perTime"]}
    assert sum(one["totalCount"] for one in answer["perTime"]) == len(vendor.engine.index.runs)


async def finished(vendor: SmartFlowsVendor, http: httpx.AsyncClient, plan: FlowPlan) -> list[Any]:
    run = launch(vendor, plan=plan, working=1)
    vendor.clock.advance(seconds=2)
    model = (await http.get(f"{RUNS}/{run.id}/progress")).json()["model"]
    return [block["document"]["id"] for block in model.values()]


async def test_a_word_document_is_one(vendor: SmartFlowsVendor, http: httpx.AsyncClient) -> None:
    one = (await finished(vendor, http, LETTER))[0]
    content = (await http.get(f"{ROOT}/documents/{one}/content")).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own file
    words = "".join(parts["word/document.xml"].itertext())
    assert words.startswith("Welcome letter ")
    assert "Started 2026-11-23 08:59 by Ada Abel" in words


@pytest.mark.parametrize("megabytes", [0, 1])
async def test_a_pdf_finds_its_own_parts(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, megabytes: int
) -> None:
    vendor.set_switch("document_mb", megabytes)
    one = (await finished(vendor, http, REPORT))[0]
    content = (await http.get(f"{ROOT}/documents/{one}/content")).content
    table = int(re.findall(rb"startxref\n(\d+)\n%%EOF", content)[-1])
    offsets = [int(at) for at in re.findall(rb"(\d{10}) 00000 n", content[table : table + 2000])]
    starts = [content[at:].split(b"\n", 1)[0] for at in offsets]
    assert starts == [b"%d 0 obj" % (n + 1) for n in range(len(offsets))]
    assert len(content) >= megabytes * 1024**2


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


@pytest.mark.parametrize("status", ["409", "400", "200"])
async def test_an_answer_nobody_asked_for_changes_nothing(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, status: str
) -> None:
    vendor.set_switch("answer_unasked", status)
    run = launch(vendor)
    answer = await http.post(f"{RUNS}/{run.id}/progress", json={})
    assert (str(answer.status_code), run.status) == (status, RUNNING)


async def test_statistics_can_be_missing(vendor: SmartFlowsVendor, http: httpx.AsyncClient) -> None:
    vendor.set_switch("no_statistics", value=True)
    assert (await http.post(f"{RUNS}/statistics?groupTimeBy=Day")).status_code == 404
