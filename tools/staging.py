"""The sandbox with its page and the real bot, and a browser, for pictures and measures of the page.

Tests of the page stand on the same stage.
"""

import asyncio
import io
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from PIL import Image

from bot.assembly.bot import Bot
from bot.assembly.features import load_settings
from bot.cli.with_sandbox import local, tick_when_moved
from bot.config import with_values
from sandbox.clock import SandboxClock
from sandbox.world import World

if TYPE_CHECKING:
    from playwright.async_api import Browser


COLOURS: Final = 96
"""Of a picture, so that it stays small."""


def small(png: bytes) -> bytes:
    """Return a picture of interface in few colours, a fraction of the bytes."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


@asynccontextmanager
async def flowbot_at_work(
    clock: SandboxClock, *, port: int = 0, **general: str
) -> AsyncIterator[World]:
    """Yield the local Slack with its page and vendors, and the bot at work on that clock.

    `general` are settings of that block.
    """
    async with flowbot_at_rest(clock, port=port, **general) as (world, bot):
        tick_when_moved(clock, bot)
        working = asyncio.create_task(bot.process.work())
        try:
            yield world
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


@asynccontextmanager
async def flowbot_at_rest(
    clock: SandboxClock, *, port: int = 0, **general: str
) -> AsyncIterator[tuple[World, Bot]]:
    """Yield the same with a bot that does nothing until it is told to settle."""
    with tempfile.TemporaryDirectory() as folder:
        database = {"database_url": f"sqlite:///{folder}/flowbot.db"}
        settings = with_values(load_settings(), general={**database, **general})
        async with local(settings, clock, slack_port=port) as staged:
            yield staged


@asynccontextmanager
async def browser() -> AsyncIterator["Browser"]:
    """Yield a Chromium without a window; ends the program where there is none."""
    from playwright.async_api import async_playwright  # noqa: PLC0415  # tests may go without

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium found. Install the package chromium, then try again.")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"]
        )
        yield opened
        await opened.close()
