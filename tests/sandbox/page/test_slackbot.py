"""Slackbot's pane: a tool is picked and allowed, and its answer is seen and gone on with."""

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
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def world(port: int) -> AsyncIterator[World]:
    clock = SandboxClock(MONDAY, running=True)
    async with flowbot_at_work(clock, port=port, surfaces="mcp") as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(page: "Page", world: World) -> AsyncIterator[Shown]:
    async with watched(page):
        yield Shown(page, world.slack, world.vendors.of(MomoFlowVendor))


async def opened(newcomer: Shown) -> "Locator":
    await newcomer.visit()
    await newcomer.button("Slackbot").click()
    return newcomer.page.get_by_role("complementary", name="Slackbot")


async def asked(newcomer: Shown, tool: str, **given: str) -> "Locator":
    """Ask with a tool and return the pane."""
    pane = await opened(newcomer)
    await pane.get_by_role("combobox", name="Tool").select_option(tool)
    for name, value in given.items():
        await pane.get_by_role("textbox", name=name).fill(value)
    await pane.get_by_role("button", name="Ask").click()
    return pane


async def test_a_report_is_asked_for_and_shown_in_blocks(newcomer: Shown) -> None:
    pane = await asked(newcomer, "get_training_report", flow="onboarding")
    await newcomer.button("Allow once").click()

    await expect(pane.get_by_role("table").first).to_be_visible()
    await pane.get_by_text("The text of the answer").click()
    await expect(pane.locator(".slackbot-text")).to_contain_text("onboarding", ignore_case=True)


async def test_a_change_is_confirmed_by_its_button(newcomer: Shown) -> None:
    wanted = {"flow": "onboarding", "email": "grace@example.com"}
    pane = await asked(newcomer, "assign_training", **wanted)
    await newcomer.button("Allow once").click()
    await pane.get_by_role("button", name="Assign", exact=True).click()
    await newcomer.button("Allow once").click()

    await expect(pane).to_contain_text("is now assigned to grace@example.com")


async def test_what_is_not_allowed_is_not_asked(newcomer: Shown) -> None:
    pane = await asked(newcomer, "get_training_report", flow="onboarding")
    await newcomer.button("Don't allow").click()

    await expect(pane.locator(".slackbot-answer")).to_be_hidden()


async def test_arguments_that_do_not_fit_are_explained(newcomer: Shown) -> None:
    pane = await asked(newcomer, "get_training_report")
    await newcomer.button("Always allow").click()

    await expect(pane).to_contain_text("The tool says that it failed.")
    await expect(pane).to_contain_text("flow is missing")
