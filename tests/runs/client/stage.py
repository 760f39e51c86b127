"""What the tests of the Smart Flows client share."""

import asyncio

import pytest

from bot.errors import Reason, VendorError
from bot.runs.client.client import SmartFlows
from bot.runs.model import SUCCESS, USER_INPUT, Progress
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import FLOWS, PEOPLE, FlowPlan

HOUR = 3600


NOWHERE = "00000000-0000-4000-8000-000000000000"


XML = "<quarter>Ä &amp; B</quarter>".encode()


def plan(name: str) -> FlowPlan:
    return next(one for one in FLOWS if one.name == name)


REPORT = plan("Quarterly report")


TRAVEL = plan("Travel request")


def course(outcome: str = SUCCESS, pause: str = "", working: float = 100) -> Course:
    return Course(working=working, outcome=outcome, pause=pause)


def launch(vendor: SmartFlowsVendor, given: Course, flow: FlowPlan = REPORT) -> str:
    return vendor.engine.launch(flow, user=PEOPLE[0], course=given).id


async def reason(call: object) -> Reason:
    assert asyncio.iscoroutine(call)
    with pytest.raises(VendorError) as failure:
        await call
    return failure.value.reason


async def travelling(vendor: SmartFlowsVendor, flows: SmartFlows) -> Progress:
    one = launch(vendor, course(pause=USER_INPUT), TRAVEL)
    vendor.clock.advance(seconds=40)
    return await flows.progress(one)
