"""Takes the pictures of the docs: `python -m tools.screenshots`, or a single one, by its name.

`python -m tools.screenshots analytics` takes docs/pictures/analytics.png; `--folder` puts it
elsewhere. What was typed before in the same channel is typed for it as well.

Needs Chromium and the package playwright. The clock starts on a fixed Monday and the sample data
come from it, so the pictures change only when what they show does.
"""

import asyncio
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, expect

from sandbox.clock import SandboxClock
from tools.staging import browser, flowbot_at_work

MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # 08:30 in Berlin
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDE = ViewportSize(width=1280, height=860)
HIGH = ViewportSize(width=1280, height=1800)
TALL = ViewportSize(width=1280, height=1420)
NARROW = ViewportSize(width=420, height=860)


CHANNELS = {
    "CTRAIN": (
        *("report", "report-dark", "narrow", "commands", "modal", "export", "digest"),
        *("vendors", "run"),
    ),
    "CGENERAL": ("webinars", "workflows"),
    "CFIELD": ("analytics",),
}
"""Which pictures are taken in which channel, one after the other."""
NAMES = tuple(chain.from_iterable(CHANNELS.values()))


@dataclass(frozen=True, slots=True)
class Album:
    """Where the pictures go, and which of them are wanted."""

    folder: Path
    wanted: frozenset[str]

    def has_any_of(self, channel: str) -> bool:
        """Whether a picture of a channel is wanted: then all in it is done that leads there."""
        return not self.wanted.isdisjoint(CHANNELS[channel])

    async def take(self, page: Page, name: str) -> None:
        """Save what a page shows now, if that picture is wanted."""
        if name in self.wanted:
            await page.screenshot(path=self.folder / f"{name}.png")


async def main(album: Album) -> None:
    """Start everything, type, and save one PNG for each picture that is wanted."""
    clock = SandboxClock(MONDAY, running=True)
    async with flowbot_at_work(clock) as world, browser() as chromium:
        await _take(chromium, world.slack.url, album)


async def _take(chromium: Browser, url: str, album: Album) -> None:
    light = await chromium.new_page(viewport=TALL, locale="en-GB", color_scheme="light")
    if album.has_any_of("CTRAIN"):
        await light.goto(f"{url}/#/UADA/CTRAIN")
        await _report(light, album)
        dark = await chromium.new_page(viewport=TALL, locale="en-GB", color_scheme="dark")
        await dark.goto(f"{url}/#/UADA/CTRAIN")
        await _report_in_the_dark(dark, album)
        await light.set_viewport_size(WIDE)
        for scene in (_commands, _modal, _export, _digest, _vendors, _run):
            await scene(light, album)
    await light.set_viewport_size(WIDE)
    if album.has_any_of("CGENERAL"):
        await light.goto(f"{url}/#/UADA/CGENERAL")
        await _webinars(light, album)
        await _workflows(light, album)
    if album.has_any_of("CFIELD"):
        await light.set_viewport_size(HIGH)
        await light.goto(f"{url}/#/UADA/CFIELD")
        await _analytics(light, album)


async def _report_in_the_dark(page: Page, album: Album) -> None:
    await expect(page.get_by_role("table", name="People, overdue first")).to_be_visible()
    await album.take(page, "report-dark")
    await page.set_viewport_size(NARROW)
    await album.take(page, "narrow")


async def _report(page: Page, album: Album) -> None:
    await _type(page, "/flow-report onboarding last-30d")
    await expect(page.get_by_role("table", name="People, overdue first")).to_be_visible()
    await album.take(page, "report")


async def _commands(page: Page, album: Album) -> None:
    await page.get_by_role("textbox", name="Message", exact=True).fill("/flow")
    await page.get_by_role("option", name="/flow-report").wait_for()
    await album.take(page, "commands")
    await page.get_by_role("textbox", name="Message", exact=True).fill("")


async def _modal(page: Page, album: Album) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Get a training report").click()
    modal = page.get_by_role("dialog", name="Get a training report")
    await modal.wait_for()
    await album.take(page, "modal")
    await modal.get_by_role("button", name="Cancel").click()
    await expect(modal).to_be_hidden()


async def _export(page: Page, album: Album) -> None:
    await _type(page, "/flow-report onboarding export xlsx")
    await page.get_by_role("link", name="1 reply").last.click()
    await page.get_by_role("table", name="First rows of").wait_for()
    await album.take(page, "export")
    await page.get_by_role("button", name="Close thread").click()


async def _digest(page: Page, album: Album) -> None:
    await _type(page, "/flow subscribe report onboarding weekdays 09:00")
    await page.get_by_text("Subscription 1").wait_for()
    await page.get_by_role("button", name="Next 09:00").click()
    await page.get_by_text("Digest 1, weekdays at 09:00").wait_for()
    await album.take(page, "digest")


async def _vendors(page: Page, album: Album) -> None:
    await page.get_by_role("button", name="Vendors", exact=True).click()
    await expect(page.get_by_role("table", name="Calls to momoflow")).to_contain_text("200")
    await page.get_by_text("Make it misbehave").first.click()
    await album.take(page, "vendors")
    await page.get_by_role("button", name="Close vendors").click()


async def _run(page: Page, album: Album) -> None:
    await _type(page, "/flow-run travel")
    await page.get_by_text("Watch for me").wait_for()
    await page.get_by_role("button", name="+1 min").click()
    replies = page.get_by_role("link", name="1 reply")
    await expect(replies).to_have_count(2, timeout=20_000)  # of the export, and the question
    await replies.last.click()
    await page.get_by_text("needs an answer to go on").wait_for()
    await album.take(page, "run")
    await page.get_by_role("button", name="Close thread").click()


async def _webinars(page: Page, album: Album) -> None:
    await _type(page, '/flow-events summary "Quarterly update"')
    await page.get_by_text("This one").first.click()
    await page.get_by_text("Source: FLOW").wait_for()
    await album.take(page, "webinars")


async def _workflows(page: Page, album: Album) -> None:
    await _type(page, '/flow-export "Spring campaign" step 2 last-7d xlsx limit 5000')
    await page.get_by_role("link", name="1 reply").click()
    await page.get_by_text("The file is in the thread").first.wait_for()
    await album.take(page, "workflows")
    await page.get_by_role("button", name="Close thread").click()


async def _analytics(page: Page, album: Album) -> None:
    await _type(page, '/flow-analytics "Site hazards"')
    await page.get_by_text("Source: SaferMe").wait_for()
    await album.take(page, "analytics")


async def _type(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message", exact=True)
    await box.fill(text)
    await box.press("Enter")


if __name__ == "__main__":
    parser = ArgumentParser(description="Take the pictures of the docs anew.")
    parser.add_argument("pictures", nargs="*", metavar="picture", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--folder", type=Path, default=PICTURES)
    given = parser.parse_args()
    if unknown := set(given.pictures) - set(NAMES):
        parser.error(f"no picture is called {', '.join(sorted(unknown))}")
    given.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(Album(given.folder, frozenset(given.pictures or NAMES))))
