"""Takes the pictures of the docs: `python -m tools.screenshots [folder]`, docs/pictures by default.

Needs Chromium and the package playwright. The clock starts on a fixed Monday and the sample data
come from it, so the pictures change only when what they show does.
"""

import asyncio
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from sandbox.clock import SandboxClock
from tools.staging import flowbot_at_work

MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # 08:30 in Berlin
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDE = ViewportSize(width=1280, height=860)
HIGH = ViewportSize(width=1280, height=1800)
TALL = ViewportSize(width=1280, height=1420)
NARROW = ViewportSize(width=420, height=860)


async def main(folder: Path) -> None:
    """Start everything, type, and save one PNG for each scene."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium found. Install the package chromium, then try again.")
    clock = SandboxClock(MONDAY, running=True)
    async with flowbot_at_work(clock) as world, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"]
        )
        await _take(browser, world.slack.url, folder)
        await browser.close()


async def _take(browser: Browser, url: str, folder: Path) -> None:
    light = await browser.new_page(viewport=TALL, locale="en-GB", color_scheme="light")
    dark = await browser.new_page(viewport=TALL, locale="en-GB", color_scheme="dark")
    await light.goto(f"{url}/#/UADA/CTRAIN")
    await _report(light, folder / "report.png")
    await dark.goto(f"{url}/#/UADA/CTRAIN")
    await expect(dark.get_by_role("table", name="People, overdue first")).to_be_visible()
    await dark.screenshot(path=folder / "report-dark.png")
    await dark.set_viewport_size(NARROW)
    await dark.screenshot(path=folder / "narrow.png")
    await light.set_viewport_size(WIDE)
    await _commands(light, folder / "commands.png")
    await _modal(light, folder / "modal.png")
    await _export(light, folder / "export.png")
    await _digest(light, folder / "digest.png")
    await _vendors(light, folder / "vendors.png")
    await light.get_by_role("button", name="Close vendors").click()
    await _run(light, folder / "run.png")
    await light.get_by_role("button", name="Close thread").click()
    await light.goto(f"{url}/#/UADA/CGENERAL")
    await _webinars(light, folder / "webinars.png")
    await _workflows(light, folder / "workflows.png")
    await light.set_viewport_size(HIGH)
    await light.goto(f"{url}/#/UADA/CFIELD")
    await _analytics(light, folder / "analytics.png")


async def _report(page: Page, picture: Path) -> None:
    await _type(page, "/flow-report onboarding last-30d")
    await expect(page.get_by_role("table", name="People, overdue first")).to_be_visible()
    await page.screenshot(path=picture)


async def _commands(page: Page, picture: Path) -> None:
    await page.get_by_role("textbox", name="Message", exact=True).fill("/flow")
    await page.get_by_role("option", name="/flow-report").wait_for()
    await page.screenshot(path=picture)
    await page.get_by_role("textbox", name="Message", exact=True).fill("")


async def _modal(page: Page, picture: Path) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Get a training report").click()
    modal = page.get_by_role("dialog", name="Get a training report")
    await modal.wait_for()
    await page.screenshot(path=picture)
    await modal.get_by_role("button", name="Cancel").click()
    await expect(modal).to_be_hidden()


async def _export(page: Page, picture: Path) -> None:
    await _type(page, "/flow-report onboarding export xlsx")
    await page.get_by_role("link", name="1 reply").last.click()
    await page.get_by_role("table", name="First rows of").wait_for()
    await page.screenshot(path=picture)
    await page.get_by_role("button", name="Close thread").click()


async def _digest(page: Page, picture: Path) -> None:
    await _type(page, "/flow subscribe report onboarding weekdays 09:00")
    await page.get_by_text("Subscription 1").wait_for()
    await page.get_by_role("button", name="Next 09:00").click()
    await page.get_by_text("Digest 1, weekdays at 09:00").wait_for()
    await page.screenshot(path=picture)


async def _vendors(page: Page, picture: Path) -> None:
    await page.get_by_role("button", name="Vendors", exact=True).click()
    await expect(page.get_by_role("table", name="Calls to momoflow")).to_contain_text("200")
    await page.get_by_text("Make it misbehave").first.click()
    await page.screenshot(path=picture)


async def _run(page: Page, picture: Path) -> None:
    await _type(page, "/flow-run travel")
    await page.get_by_text("Watch for me").wait_for()
    await page.get_by_role("button", name="+1 min").click()
    replies = page.get_by_role("link", name="1 reply")
    await expect(replies).to_have_count(2, timeout=20_000)  # of the export, and the question
    await replies.last.click()
    await page.get_by_text("needs an answer to go on").wait_for()
    await page.screenshot(path=picture)


async def _webinars(page: Page, picture: Path) -> None:
    await _type(page, '/flow-events summary "Quarterly update"')
    await page.get_by_text("This one").first.click()
    await page.get_by_text("Source: FLOW").wait_for()
    await page.screenshot(path=picture)


async def _workflows(page: Page, picture: Path) -> None:
    await _type(page, '/flow-export "Spring campaign" step 2 last-7d xlsx limit 5000')
    await page.get_by_role("link", name="1 reply").click()
    await page.get_by_text("The file is in the thread").first.wait_for()
    await page.screenshot(path=picture)
    await page.get_by_role("button", name="Close thread").click()


async def _analytics(page: Page, picture: Path) -> None:
    await _type(page, '/flow-analytics "Site hazards"')
    await page.get_by_text("Source: SaferMe").wait_for()
    await page.screenshot(path=picture)


async def _type(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message", exact=True)
    await box.fill(text)
    await box.press("Enter")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target))
