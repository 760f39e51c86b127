from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import BOT, FLOWS
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.statuses import ENDED, RUNNING
from tests.sandbox.vendors.smartflows.stage import HOUR, REPORT, RUNS, condition, found, launch


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
