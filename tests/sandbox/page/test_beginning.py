"""The first screen, what can be clicked on it, and messages that come while somebody reads."""

from typing import TYPE_CHECKING

import pytest

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.page import mount
from tests.sandbox.page.conftest import GUIDE, MONDAY
from tests.sandbox.page.shown import Shown
from tests.sandbox.page.vendor import DemoVendor

if TYPE_CHECKING:
    from playwright.async_api import Page

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_page_opens_where_there_is_something_to_try(shown: Shown) -> None:
    await shown.page.goto(shown.slack.url)
    await expect(shown.page.get_by_role("heading", name="training")).to_be_visible()
    await shown.page.get_by_role("button", name="Show me a report").click()
    await expect(shown.last).to_contain_text("Onboarding, last 30 days")


async def test_what_can_be_tried_can_also_be_changed_before_it_runs(shown: Shown) -> None:
    await shown.visit()
    await shown.button("Write /flow-report report into the composer").click()
    await expect(shown.box).to_have_value("/flow-report report")
    await expect(shown.box).to_be_focused()
    assert shown.slack.messages("CTRAIN") == []


async def test_the_app_is_added_to_a_channel_and_removed_from_it(shown: Shown) -> None:
    await shown.visit("CRANDOM")
    notes = shown.page.get_by_text("the app is not a member")
    await expect(notes).to_be_visible()
    await shown.page.get_by_role("button", name="Add Flowbot to this channel").click()
    await expect(notes).to_be_hidden()
    await expect(shown.last).to_contain_text("has joined the channel")
    await shown.box.press_sequentially("/REMOVE @fl")
    await shown.box.press("Enter")  # completes the name
    await expect(shown.box).to_have_value("/REMOVE @Flowbot ")
    await shown.box.press("Enter")
    await expect(notes).to_be_visible()


async def test_slacks_own_commands_are_offered_and_say_what_they_cannot_do(shown: Shown) -> None:
    await shown.visit()
    await shown.box.press_sequentially("/inv")
    await expect(shown.page.get_by_role("option", name="/invite")).to_contain_text("@somebody")
    await shown.type("/invite @Flowbot")
    await expect(shown.page.get_by_role("alert")).to_contain_text("already in #training")


async def test_a_command_in_capitals_shows_its_usage_and_works(shown: Shown) -> None:
    await shown.visit()
    await shown.box.press_sequentially("/Flow-Report report")
    await expect(shown.box).to_have_accessible_description("/flow-report onboarding last-30d")
    await shown.box.press("Enter")
    await expect(shown.last).to_contain_text("Onboarding, last 30 days")


async def test_whoever_is_at_the_end_sees_what_comes(shown: Shown) -> None:
    await shown.visit()
    await _filled(shown)
    await shown.slack.say("Down here", user="UGRACE", channel="CTRAIN")
    await expect(shown.last).to_contain_text("Down here")
    await expect(shown.last).to_be_in_viewport()
    await expect(shown.button("New messages")).to_be_hidden()


async def test_whoever_reads_further_up_is_told_and_comes_down_with_a_click(shown: Shown) -> None:
    await shown.visit()
    await _filled(shown)
    await shown.log.evaluate("log => log.scrollTo(0, 0)")
    await shown.slack.say("Down here", user="UGRACE", channel="CTRAIN")
    await expect(shown.button("New messages")).to_be_visible()
    await expect(shown.last).not_to_be_in_viewport()
    await shown.button("New messages").click()
    await expect(shown.last).to_contain_text("Down here")
    await expect(shown.last).to_be_in_viewport()
    await expect(shown.button("New messages")).to_be_hidden()


async def test_whoever_sends_something_sees_the_answer(shown: Shown) -> None:
    await shown.visit()
    await _filled(shown)
    await shown.log.evaluate("log => log.scrollTo(0, 0)")
    await shown.type("Here I am")
    await expect(shown.last).to_contain_text("Here I am")
    await expect(shown.last).to_be_in_viewport()


async def test_a_page_left_open_shows_the_sandbox_that_was_started_anew(
    page: "Page", port: int
) -> None:
    for words in ("Of the first visit", "Of the second visit"):
        slack = SlackSandbox(clock=SandboxClock(MONDAY), port=port)
        mount(slack.app, slack, (), GUIDE)
        async with slack:
            shown = Shown(page, slack, DemoVendor())
            if words.endswith("first visit"):
                await shown.visit()
            await shown.page.locator('body[data-live="yes"]').wait_for()
            await shown.slack.say(words, user="UGRACE", channel="CTRAIN")
            await expect(shown.log.get_by_role("article")).to_have_count(1)
            await expect(shown.last).to_contain_text(words)
            await shown.type("Still working")
            await expect(shown.last).to_contain_text("Still working")
        await shown.page.locator('body[data-live="no"]').wait_for()
    await page.goto("about:blank")


async def _filled(shown: Shown) -> None:
    """Let there be more than fits."""
    for number in range(40):
        await shown.slack.say(f"Line {number}", user="UGRACE", channel="CTRAIN")
    await expect(shown.last).to_contain_text("Line 39")
