"""Links on the page: a card under a message, the pane beside it, and what a draft shows."""

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
LINK = "https://learn.example.com/flows/flow_onb001"
ON = {"surfaces": "links", "link_domains": "learn.example.com"}


@pytest_asyncio.fixture(loop_scope="session")
async def world(port: int) -> AsyncIterator[World]:
    clock = SandboxClock(MONDAY, running=True)
    async with flowbot_at_work(clock, port=port, **ON) as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def admin(page: "Page", world: World) -> AsyncIterator[Shown]:
    async with watched(page):
        yield Shown(page, world.slack, world.vendors.of(MomoFlowVendor))


async def test_an_admin_adds_links_and_everybody_sees_what_they_lead_to(admin: Shown) -> None:
    page = admin.page
    await admin.visit("app-home")
    await page.get_by_role("button", name="Add links whose things I show").click()
    window = page.get_by_role("dialog", name="Show what links lead to")
    await window.get_by_label("An example").fill(LINK)
    await window.get_by_role("button", name="Try and keep").click()
    await expect(page.get_by_role("dialog")).to_contain_text("now show the MomoFlow flow")
    await page.keyboard.press("Escape")

    await admin.visit("CTRAIN")
    await page.get_by_role("textbox", name="Message", exact=True).fill(f"See {LINK}")
    await expect(page.locator("#main").get_by_label("Preview of links")).to_contain_text(
        "Onboarding"
    )
    await page.keyboard.press("Enter")
    card = page.locator(".unfurl").last
    await expect(card).to_contain_text("25 of 45 done")
    await card.get_by_role("button", name="Open details of Onboarding").click()
    pane = page.get_by_role("complementary", name="Details")
    await expect(pane).to_contain_text("Overdue")
    await pane.get_by_role("button", name="Close details").click()
    await card.get_by_role("button", name="Report on Onboarding").click()
    await expect(admin.last).to_contain_text("5 people are overdue in Onboarding")
