"""The real bot behind the page: what a newcomer does first."""

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
    async with flowbot_at_work(SandboxClock(MONDAY, running=True), port=port) as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(page: "Page", world: World) -> AsyncIterator[Shown]:
    async with watched(page):
        yield Shown(page, world.slack, world.vendors.of(MomoFlowVendor))


async def test_a_report_is_asked_for_and_sorted(newcomer: Shown) -> None:
    await newcomer.visit()
    await newcomer.type("/flow-report onboarding last-30d")
    table = newcomer.page.get_by_role("table", name="Overdue first")
    await expect(table.get_by_role("row")).to_have_count(6)
    await table.get_by_role("button", name="Person").click()
    await expect(table.get_by_role("rowheader").first).to_have_text("ada@example.com")


async def test_a_digest_comes_when_the_clock_is_moved(newcomer: Shown) -> None:
    await newcomer.visit()
    await newcomer.type("/flow subscribe report onboarding weekdays 09:00")
    await expect(newcomer.last).to_contain_text("Done. I'll post")
    await newcomer.button("Next 09:00").click()
    await expect(newcomer.last).to_contain_text("Digest 1, weekdays at 09:00")


async def test_a_vendors_failure_is_switched_on_and_explained(newcomer: Shown) -> None:
    await newcomer.visit()
    await newcomer.button("Vendors").click()
    momoflow = newcomer.page.locator("details.vendor").filter(has_text="Calls to momoflow")
    await momoflow.get_by_text("Make it misbehave").click()
    await momoflow.get_by_role("switch", name="The key has expired").check()
    await newcomer.type("/flow-report onboarding")
    await expect(newcomer.page.get_by_role("table", name="Calls to momoflow")).to_contain_text(
        "401"
    )
    await expect(newcomer.last).to_contain_text("MomoFlow rejected Flowbot's key")


async def test_odd_data_are_switched_on_for_all_vendors_at_once(newcomer: Shown) -> None:
    await newcomer.visit("CGENERAL")
    await newcomer.type("/flow-export workflows")
    await expect(newcomer.last).to_contain_text("Spring campaign")
    await expect(newcomer.last).not_to_contain_text("<script>")
    await newcomer.button("Vendors").click()
    await newcomer.page.get_by_role("switch", name="Odd data: hostile names").check()
    await newcomer.button("+1 h").click()  # by then the bot asks for the list anew
    await newcomer.type("/flow-export workflows")
    await expect(newcomer.log.get_by_role("article")).to_have_count(2)
    await expect(newcomer.last).to_contain_text("<script>alert(1)</script>")
