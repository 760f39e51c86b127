"""How high each kind of answer is: `python -m tools.heights`, or only some, by their names.

Each is asked for in the sandbox, whose page is open at 1440 by 900 in Chromium, and measured as it
has just arrived: its height in pixels, the aim, and whether its first line is in sight. `--json`
prints all as one line of JSON. `--pictures FOLDER` also saves the most used answers as pictures.
"""

import asyncio
import json
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.async_api import Page, ViewportSize

from bot import log
from sandbox.clock import SandboxClock
from sandbox.slack import Message
from tools.kinds import AIM, KINDS, Kind
from tools.screenshots import MONDAY
from tools.staging import browser, small
from tools.studio import USER, Studio, at_rest, studio

WINDOW = ViewportSize(width=1440, height=900)
HIGH = ViewportSize(width=1440, height=2600)
CHANNEL = "CTRAIN"
HOME = Kind("home", (), aim=2 * AIM)
"""Half a screen for the digests, and half a screen for all that is below them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What was found of a kind: pixels; None where no message came."""

    name: str
    asked: str
    height: int | None
    aim: int
    headline_in_sight: bool

    def __str__(self) -> str:
        """Return the line that is printed of it."""
        high = "none" if self.height is None else f"{self.height} px"
        over = " TOO HIGH" if (self.height or 0) > self.aim else ""
        hidden = "" if self.headline_in_sight else " HEADLINE OUT OF SIGHT"
        return f"{self.name:28}{high:>9} of {self.aim}{over}{hidden}"


@dataclass(frozen=True, slots=True)
class Bench:
    """Where is measured."""

    studio: Studio
    page: Page
    pictures: Path | None

    async def measure(self, kind: Kind) -> Measure:
        """Take the steps and measure what the last command brought, as it has just arrived."""
        before: set[str] = set()
        for step in kind.steps:
            if step.startswith("/"):
                before = {each.ts for each in self.studio.answers(CHANNEL)}
            await self.studio.take(step, CHANNEL)
        asked = " ".join(step for step in kind.steps if step.startswith("/"))
        came = (each for each in self.studio.answers(CHANNEL) if each.ts not in before)
        answer = next(came, None)
        if answer is None:
            return Measure(kind.name, asked, None, kind.aim, headline_in_sight=True)
        place = await self._place(answer, is_reply=kind.is_reply)
        return await self._measured(kind, asked, place)

    async def home(self) -> Measure:
        """Measure the app's own page, where it has one."""
        if not self.studio.world.slack.manifest.has_home_tab:
            return Measure(HOME.name, "", None, HOME.aim, headline_in_sight=True)
        await self.page.goto(f"{self.studio.url}/#/{USER}/app-home")
        await self.studio.open_home()
        await self.studio.end_tour()
        return await self._measured(HOME, "", ".home-blocks")

    async def _place(self, answer: Message, *, is_reply: bool) -> str:
        """Return where the answer is on the page, or the newest reply in its thread, opened."""
        if not is_reply:
            return f'#main [data-ts="{answer.ts}"]'
        reply = self.studio.world.slack.thread(CHANNEL, answer.ts)[-1]
        await self.page.goto(f"{self.studio.url}/#/{USER}/{CHANNEL}/{answer.ts}")
        return f'#thread [data-ts="{reply.ts}"]'

    async def _measured(self, kind: Kind, asked: str, place: str) -> Measure:
        height, in_sight = await at_rest(self.page, place)
        if kind.picture and self.pictures:
            await self.page.set_viewport_size(HIGH)  # no part of it is hidden by what is around it
            shown = await self.page.locator(place).screenshot()
            (self.pictures / f"{kind.picture}.png").write_bytes(small(shown))
            await self.page.set_viewport_size(WINDOW)
        return Measure(kind.name, asked, height, kind.aim, headline_in_sight=in_sight)


async def measures(wanted: Collection[Kind], pictures: Path | None) -> AsyncIterator[Measure]:
    """Yield the measure of each kind that is wanted, in their order; they share one channel."""
    async with studio(SandboxClock(MONDAY)) as open_studio, browser() as chromium:
        page = await chromium.new_page(viewport=WINDOW, locale="en-GB", color_scheme="light")
        bench = Bench(open_studio, page, pictures)
        for kind in wanted:
            await page.goto(f"{open_studio.url}/#/{USER}/{CHANNEL}")
            await page.locator('body[data-live="yes"]').wait_for()
            yield await (bench.home() if kind is HOME else bench.measure(kind))


async def main(wanted: Collection[Kind], pictures: Path | None, *, as_json: bool) -> None:
    """Measure and print."""
    log.configure(level="error")
    found = []
    async for each in measures(wanted, pictures):
        found.append(each)
        if not as_json:
            print(each, flush=True)
    if as_json:
        print(json.dumps({"window": WINDOW, "kinds": [asdict(each) for each in found]}))


if __name__ == "__main__":
    parser = ArgumentParser(description="Measure the height of each kind of answer.")
    parser.add_argument(
        "kinds", nargs="*", metavar="kind", help="such as report or 'event summary'"
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="of the most used answers")
    given = parser.parse_args()
    everything = (*KINDS, HOME)
    if unknown := set(given.kinds) - {each.name for each in everything}:
        parser.error(f"no kind is called {', '.join(sorted(unknown))}")
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    chosen = [each for each in everything if not given.kinds or each.name in given.kinds]
    asyncio.run(main(chosen, given.pictures, as_json=given.json))
