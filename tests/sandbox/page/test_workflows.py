"""Workflow Builder on the page: built from lists, run as a person, and its outputs are seen."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from sandbox.clock import SandboxClock
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.world import World
from tests.sandbox.page.conftest import MONDAY, watched
from tests.sandbox.page.shown import Shown
from tools.staging import flowbot_at_work

if TYPE_CHECKING:
    from playwright.async_api import Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def world(port: int) -> AsyncIterator[World]:
    clock = SandboxClock(MONDAY, running=True)
    async with flowbot_at_work(clock, port=port, surfaces="steps") as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def builder(page: "Page", world: World) -> AsyncIterator[Shown]:
    async with watched(page):
        yield Shown(page, world.slack, world.vendors.of(MomoFlowVendor))


async def test_a_workflow_is_built_and_run_and_its_outputs_are_seen(builder: Shown) -> None:
    page = builder.page
    await builder.visit()
    await builder.button("Workflow Builder").click()
    panel = page.get_by_role("complementary", name="Workflow Builder")
    chosen = {"service": "report", "report": "everybody", "figure": "completion"}
    for name, value in chosen.items():
        control = panel.locator(f"[name='{name}']")
        await control.focus()
        await control.locator(f"option[value='{value}']").wait_for(state="attached")
        await control.select_option(value)
    about = panel.locator("[name='about']")
    for _ in range(20):  # the list is brought up to date after it was first asked for
        await about.focus()
        await about.blur()
        if await about.locator("option").count() > 1:
            break
        await page.wait_for_timeout(100)
    await about.select_option(label="onboarding")
    await panel.locator("[name='channel']").select_option("CTRAIN")
    await panel.get_by_role("button", name="Run the workflow").click()

    ran = panel.get_by_role("list", name="Steps that were carried out").get_by_role("listitem")
    await expect(ran.first).to_contain_text("Get a report Ada · completed")
    await expect(ran.first).to_contain_text("Value in words")

    await panel.get_by_label("On a schedule").check()
    await panel.locator("[name='person']").select_option("UPARTNER")
    await panel.get_by_role("button", name="Run the workflow").click()
    await expect(ran.first).to_contain_text("failed")
    await expect(ran.first).to_contain_text("only for members of this workspace")
