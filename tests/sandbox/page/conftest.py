"""A real Chromium in front of the real page, over HTTP on loopback.

Browser, Slack, app and test share one event loop, so that a test may act on every side.
"""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.page import mount
from sandbox.slack.page.guide import Guide, Try
from tests.programs import program
from tests.sandbox.page.demo import demo
from tests.sandbox.page.shown import Shown
from tests.sandbox.page.vendor import DemoVendor

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import ConsoleMessage, Page, ViewportSize

    App = Callable[[SlackSandbox], AbstractAsyncContextManager[None]]

MANIFEST = Path(__file__).with_name("manifest.yml")
GUIDE = Guide("CTRAIN", {"CTRAIN": (Try("Show me a report", "/flow-report report"),)})
MONDAY = datetime(2026, 3, 2, 7, 59, tzinfo=UTC)  # 08:59 in Berlin
PATIENCE_MS = 5_000
WINDOW: "ViewportSize" = {"width": 1280, "height": 860}

session = pytest_asyncio.fixture(loop_scope="session", scope="session")
each = pytest_asyncio.fixture(loop_scope="session")


@session
async def page() -> "AsyncIterator[Page]":
    """One browser with one tab for all tests of the page."""
    api = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    missing = "no Chromium found: install the package chromium to test the page"
    chromium = program("chromium", "chromium-browser", missing=missing)
    async with api.async_playwright() as running:
        opened = await running.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        context = await opened.new_context(viewport=WINDOW)
        context.set_default_timeout(PATIENCE_MS)
        yield await context.new_page()
        await opened.close()


@pytest.fixture(scope="session")
def port() -> int:
    """A free port, the same for all tests, so that the browser may keep the page's files."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def app() -> "App":
    """The app behind the page; a test may bring another."""
    return demo


@pytest.fixture
def vendor() -> DemoVendor:
    """The vendor in the drawer."""
    return DemoVendor()


@each
async def slack(app: "App", vendor: DemoVendor, port: int) -> AsyncIterator[SlackSandbox]:
    """A local Slack with the page and an app connected."""
    sandbox = SlackSandbox(clock=SandboxClock(MONDAY), manifest=MANIFEST, port=port)
    mount(sandbox.app, sandbox, [vendor], GUIDE)
    async with sandbox, app(sandbox):
        yield sandbox


@each
async def shown(page: "Page", slack: SlackSandbox, vendor: DemoVendor) -> AsyncIterator[Shown]:
    """The page in a browser, with the small app behind it."""
    async with watched(page):
        yield Shown(page, slack, vendor)


@asynccontextmanager
async def watched(page: "Page") -> AsyncIterator[None]:
    """Leave the page afterwards; fails on any error in the browser's console."""
    errors: list[str] = []

    def note(message: "ConsoleMessage") -> None:
        if message.type in {"error", "warning"}:
            errors.append(message.text)

    def fail(error: Exception) -> None:
        errors.append(str(error))

    page.on("console", note)
    page.on("pageerror", fail)
    yield
    await page.goto("about:blank")
    await page.set_viewport_size(WINDOW)
    page.remove_listener("console", note)
    page.remove_listener("pageerror", fail)
    assert errors == []
