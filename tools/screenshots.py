"""Takes the pictures of the docs: `python -m tools.screenshots`, or single ones, by their names.

`python -m tools.screenshots analytics` takes docs/pictures/analytics.png; `--folder` puts it
elsewhere. Each is taken in a sandbox of its own.

Needs Chromium and the package playwright. The clock stands on a fixed Monday and the sample data
come from it, so the pictures change only when what they show does.
"""

import asyncio
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, ViewportSize

from bot import log
from sandbox.clock import SandboxClock
from tools.staging import browser, small
from tools.studio import Studio, at_rest, studio

MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # 08:30 in Berlin
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDE, NARROW = 1280, 420
LOWEST = 720
TALL = 920
HIGHEST = 1120
AROUND = 230
"""Pixels of the window that are above and below the messages."""
ARTICLES = "#main .log article"
THREAD = "#thread .log article"
REPORT = "/flow-report onboarding last-30d"
WORKFLOW = {
    "service": "report",
    "report": "everybody",
    "about": "onboarding",
    "period": "last-30d",
    "channel": "CTRAIN",
    "figure": "completion",
}
"""What is picked for a step of a workflow."""
REMIND = '/flow-report remind onboarding note "Please finish it by Friday"'

Act = Callable[[Page], Awaitable[None]]


async def _nothing(_: Page) -> None:
    """Leave the page as it is."""


async def _type_a_slash(page: Page) -> None:
    await page.get_by_role("textbox", name="Message", exact=True).fill("/flow")
    await page.get_by_role("option", name="/flow-report").wait_for()


async def _open_a_form(page: Page) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Get a training report").click()
    await page.get_by_role("dialog", name="Get a training report").wait_for()


async def _open_the_order(page: Page) -> None:
    await page.set_viewport_size(ViewportSize(width=WIDE, height=TALL))
    await page.get_by_text("Subscribe", exact=True).last.click()
    await page.get_by_role("dialog", name="New digest").wait_for()


async def _open_the_vendors(page: Page) -> None:
    await page.get_by_role("button", name="Vendors", exact=True).click()
    await page.get_by_role("table", name="Calls to momoflow").wait_for()
    await page.get_by_text("Make it misbehave").nth(2).click()


async def _open_home(page: Page) -> None:
    await page.set_viewport_size(ViewportSize(width=WIDE, height=TALL))
    await page.evaluate("location.hash = '#/UADA/app-home'")
    await page.get_by_role("button", name="Got it").click()
    await page.get_by_text("Hello! I'm Flowbot").wait_for(state="hidden")
    await at_rest(page, ".home-blocks")


async def _open_the_canvas(page: Page) -> None:
    await page.set_viewport_size(ViewportSize(width=WIDE, height=TALL))
    await page.get_by_role("tab", name="Canvas").click()
    await at_rest(page, ".canvas-page table")


async def _be_reminded(page: Page) -> None:
    """Have people asked who are overdue, and let one of them agree."""
    await page.get_by_role("button", name="Ask 2 people").click()
    await page.evaluate("location.hash = '#/UANNA/DANNA'")
    await page.get_by_role("button", name="Yes, remind me").click()
    stop = page.get_by_role("button", name="Stop these reminders")
    while not await stop.count():  # a message waits for a second of the clock, which stands still
        await page.get_by_role("button", name="+1 min").click()
        await at_rest(page, ARTICLES)


async def _open_the_messages(page: Page) -> None:
    await page.evaluate("location.hash = '#/UADA/app-messages'")
    await at_rest(page, ARTICLES)


async def _talk_to_the_agent(page: Page) -> None:
    """Open the conversation while looking at #training, and press what is suggested for it."""
    await page.set_viewport_size(ViewportSize(width=WIDE, height=TALL))
    await page.evaluate("location.hash = '#/UADA/app-messages'")
    await page.get_by_text("Some things to ask").wait_for()
    await page.get_by_role("button", name="+1 min").click()
    await page.get_by_label("Looking at").select_option("#training")
    await page.get_by_text("About #training").wait_for()
    await page.get_by_role("button", name="Onboarding", exact=True).click()
    await page.get_by_role("button", name="This answer helped").wait_for()
    await page.get_by_role("button", name="+1 min").click()
    await page.locator(".session-active").wait_for()
    await at_rest(page, THREAD)


async def _open_the_thread(page: Page) -> None:
    await page.locator("a.replies").last.click()
    await at_rest(page, THREAD)


async def _run_a_workflow(page: Page) -> None:
    await page.set_viewport_size(ViewportSize(width=WIDE, height=HIGHEST))
    await page.get_by_role("button", name="Workflow Builder").click()
    panel = page.get_by_role("complementary", name="Workflow Builder")
    for name, value in WORKFLOW.items():
        control = panel.locator(f"[name='{name}']")
        await control.focus()
        await control.locator(f"option[value='{value}']").wait_for(state="attached")
        await control.select_option(value)
    await panel.get_by_role("button", name="Run the workflow").click()
    await panel.locator(".workflow-completed").wait_for()
    await at_rest(page, ARTICLES)


async def _open_details(page: Page) -> None:
    await page.get_by_role("button", name="Open details of Onboarding").click()
    await (
        page.get_by_role("complementary", name="Details")
        .get_by_text("Overdue", exact=True)
        .wait_for()
    )


async def _open_the_deadline(page: Page) -> None:
    await page.set_viewport_size(ViewportSize(width=WIDE, height=TALL))
    await page.get_by_role("button", name="Set a deadline").click()
    await page.get_by_role("dialog").wait_for()
    await at_rest(page, "dialog")


async def _ask_slackbot(page: Page) -> None:
    await page.set_viewport_size(ViewportSize(width=WIDE, height=TALL))
    await page.get_by_role("button", name="Slackbot", exact=True).click()
    pane = page.get_by_role("complementary", name="Slackbot")
    await pane.get_by_role("combobox", name="Tool").select_option("assign_training")
    await pane.get_by_role("textbox", name="flow").fill("onboarding")
    await pane.get_by_role("textbox", name="email").fill("grace@example.com")
    await pane.get_by_role("textbox", name="due").fill("in 14 days")
    await pane.get_by_role("button", name="Ask").click()
    await page.get_by_role("button", name="Allow once").click()
    answer = pane.get_by_role("button", name="Assign")
    await answer.wait_for()
    await answer.scroll_into_view_if_needed()
    await at_rest(page, "#slackbot")


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what is asked where, and what is done on the page before it is taken."""

    name: str
    steps: tuple[str, ...] = ()
    channel: str = "CTRAIN"
    act: Act = _nothing
    width: int = WIDE
    scheme: Literal["light", "dark"] = "light"
    surfaces: str = ""
    link_domains: str = ""


SCENES = (
    Scene("welcome"),
    Scene("report", (REPORT,)),
    Scene("report-dark", (REPORT,), scheme="dark"),
    Scene("narrow", (REPORT,), width=NARROW, scheme="dark"),
    Scene("commands", act=_type_a_slash),
    Scene("modal", act=_open_a_form),
    Scene("new-digest", (REPORT,), act=_open_the_order),
    Scene("export", ("/flow-report onboarding export xlsx",), act=_open_the_thread),
    Scene("digest", ("/flow subscribe report onboarding weekdays 09:00", "+1800")),
    Scene(
        "home",
        (
            "/flow subscribe report onboarding weekdays 09:00",
            "/flow subscribe report gdpr overdue mondays 10:00",
            '/flow-run "Travel request"',
            "+60",
        ),
        act=_open_home,
    ),
    Scene("vendors", (REPORT,), act=_open_the_vendors),
    Scene(
        "follow",
        (
            "/flow follow report onboarding",
            "/flow follow report gdpr completion",
            "/flow follow runs last-7d failed",
            "/flow follow report overdue",
            "+174600",
        ),
        "DADA",
        _open_the_messages,
    ),
    Scene("run", ('/flow-run "Travel request"', "+60"), act=_open_the_thread),
    Scene("webinars", ("/flow-events summary {held}",), "CGENERAL"),
    Scene(
        "workflows",
        ('/flow-export "Spring campaign" step 2 last-7d xlsx limit 5000',),
        "CGENERAL",
        _open_the_thread,
    ),
    Scene(
        "scoreboard",
        (
            r"canvas # Safe and sound\n\nEverybody has done their onboarding by Christmas.",
            "/flow scoreboard add report onboarding",
            "press Add to the canvas",
            "/flow scoreboard add report gdpr",
            "press Add to the canvas",
            "+86400",
        ),
        act=_open_the_canvas,
        surfaces="scoreboards",
    ),
    Scene("reminder", (REMIND,), act=_be_reminded),
    Scene(
        "deadline",
        ('/flow-run deadline "Travel request" 4h then cancel', "/flow-run deadlines"),
        act=_open_the_deadline,
    ),
    Scene("slackbot", act=_ask_slackbot, surfaces="mcp"),
    Scene("analytics", ('/flow-analytics "Site hazards"',), "CFIELD"),
    Scene("steps", act=_run_a_workflow, surfaces="steps"),
    Scene(
        "agent",
        ("/flow subscribe report onboarding weekdays 09:00",),
        act=_talk_to_the_agent,
        surfaces="agent",
    ),
    Scene(
        "links",
        (
            "links momoflow_flow https://learn.example.com/flows/flow_onb001",
            "> How far are we? https://learn.example.com/flows/flow_onb001",
        ),
        act=_open_details,
        surfaces="links",
        link_domains="learn.example.com",
    ),
)


async def take(scene: Scene, chromium: Browser, folder: Path) -> None:
    """Save one picture."""
    clock, on = SandboxClock(MONDAY), scene.surfaces
    async with studio(clock, surfaces=on, link_domains=scene.link_domains) as open_studio:
        window = ViewportSize(width=scene.width, height=LOWEST)
        page = await chromium.new_page(viewport=window, locale="en-GB", color_scheme=scene.scheme)
        await page.goto(f"{open_studio.url}/#/UADA/{scene.channel}")
        await page.locator('body[data-live="yes"]').wait_for()
        await _ask(scene, open_studio, page)
        working = asyncio.create_task(open_studio.bot.process.work())
        await scene.act(page)
        shown = await page.screenshot()
        (folder / f"{scene.name}.png").write_bytes(small(shown))
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await page.close()


async def _ask(scene: Scene, open_studio: Studio, page: Page) -> None:
    """Take the steps, and make the window as high as the answer needs."""
    for step in scene.steps:
        await open_studio.take(step, scene.channel)
    if scene.steps:
        height, _ = await at_rest(page, ARTICLES)
        window = ViewportSize(width=scene.width, height=max(LOWEST, height + AROUND))
        await page.set_viewport_size(window)
        await at_rest(page, ARTICLES)


async def main(scenes: list[Scene], folder: Path) -> None:
    """Save one PNG for each scene."""
    log.configure(level="error")
    async with browser() as chromium:
        for scene in scenes:
            await take(scene, chromium, folder)


if __name__ == "__main__":
    names = [scene.name for scene in SCENES]
    parser = ArgumentParser(description="Take the pictures of the docs anew.")
    parser.add_argument("pictures", nargs="*", metavar="picture", help=f"of {', '.join(names)}")
    parser.add_argument("--folder", type=Path, default=PICTURES)
    given = parser.parse_args()
    if unknown := set(given.pictures) - set(names):
        parser.error(f"no picture is called {', '.join(sorted(unknown))}")
    given.folder.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in SCENES if not given.pictures or each.name in given.pictures]
    asyncio.run(main(wanted, given.folder))
