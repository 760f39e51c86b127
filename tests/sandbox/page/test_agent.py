"""The panel of an agent, with the real bot behind it."""

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
    async with flowbot_at_work(clock, port=port, surfaces="agent") as world:
        yield world


@pytest_asyncio.fixture(loop_scope="session")
async def ada(page: "Page", world: World) -> AsyncIterator[Shown]:
    async with watched(page):
        yield Shown(page, world.slack, world.vendors.of(MomoFlowVendor))


async def test_a_prompt_begins_a_thread_that_is_answered_and_rated(ada: Shown) -> None:
    await ada.visit("app-messages")
    prompts = ada.page.get_by_role("group", name="Suggested prompts")
    await expect(prompts).to_contain_text("Some things to ask")
    await prompts.get_by_role("button", name="gdpr").click()

    thread = ada.page.get_by_role("log", name="Thread")
    await expect(thread).to_contain_text("150 people are overdue")
    await expect(ada.page.locator(".session-bar")).to_contain_text("Done")
    await thread.get_by_role("button", name="This answer helped").click()
    await expect(thread).to_contain_text("Thanks, noted.")


async def test_what_is_suggested_follows_where_one_looks(ada: Shown) -> None:
    await ada.visit("CTRAIN")
    await ada.type("/flow subscribe report onboarding weekdays 09:00")
    await expect(ada.last).to_contain_text("Done. I'll post")
    await ada.visit("app-messages")
    prompts = ada.page.get_by_role("group", name="Suggested prompts")
    await expect(prompts).to_contain_text("Some things to ask")
    ada.slack.clock.advance(seconds=10)  # so soon nothing else is suggested
    await ada.page.get_by_label("Looking at").select_option("#training")

    await expect(prompts).to_contain_text("About #training")
    await expect(prompts).to_contain_text("Digests of this channel")


async def test_work_is_stopped(ada: Shown) -> None:
    ada.vendor.set_switch("slow", 30)
    await ada.visit("app-messages")
    await ada.type("onboarding")
    direct = ada.slack.workspace.direct_message("UADA").id
    [asked] = await ada.slack.until(
        lambda: [each for each in ada.slack.messages(direct) if each.user == "UADA"]
    )
    await ada.page.evaluate(f"location.hash = '#/UADA/app-messages/{asked.ts}'")
    bar = ada.page.locator(".session-bar")
    await expect(bar).to_contain_text("Working on it")
    await bar.get_by_role("button", name="Stop").click()

    await expect(ada.page.get_by_role("log", name="Thread")).to_contain_text("Stopped.")
    await expect(bar).to_contain_text("Done")
    ada.vendor.set_switch("slow", 0)


async def test_a_guest_is_told_that_it_is_closed(ada: Shown) -> None:
    await ada.visit("app-messages", user="UGUEST")

    await expect(ada.page.get_by_role("region", name="Agent")).to_contain_text("members only")
