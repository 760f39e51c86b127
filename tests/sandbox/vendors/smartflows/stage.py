"""What the tests of the local Smart Flows share."""

from datetime import UTC, datetime
from typing import Any

import httpx

from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import LIVELY, PEOPLE, FlowPlan
from sandbox.vendors.smartflows.runs import Run

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)


ROOT = "/api/v1"


RUNS = f"{ROOT}/flows/executions"


NOWHERE = "00000000-0000-4000-8000-000000000000"


HOUR = 3600


REPORT = LIVELY[0]


LETTER = LIVELY[2]


def launch(
    vendor: SmartFlowsVendor, *, plan: FlowPlan = REPORT, working: float = 100, pause: str = ""
) -> Run:
    course = Course(working=working, pause=pause)
    return vendor.engine.launch(plan, user=PEOPLE[0], course=course)


def condition(key: str, operator: str, *values: object) -> dict[str, Any]:
    return {"condition": {"key": key, "operator": operator, "values": list(values)}}


async def found(http: httpx.AsyncClient, node: object, query: str = "size=200") -> Any:
    return (await http.post(f"{RUNS}/filter?{query}", json=node)).json()
