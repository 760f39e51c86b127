"""How high each kind of answer is: `python -m tools.heights`, or only some, by their names.

Each is asked for in the sandbox, whose page is open at 1440 by 900 in Chromium, and measured as it
has just arrived: its height in pixels, the aim, and whether its first line is in sight. `--json`
prints all as one line of JSON. `--pictures FOLDER` also saves the most used answers as pictures.
"""

import asyncio
import io
import json
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, ViewportSize

from bot import log
from bot.cli.ask import settle
from bot.cli.compose import Bot
from sandbox.clock import SandboxClock
from sandbox.slack import Message
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.world import World
from tools.kinds import KINDS, Kind
from tools.screenshots import MONDAY
from tools.staging import browser, flowbot_at_rest

WINDOW = ViewportSize(width=1440, height=900)
HIGH = ViewportSize(width=1440, height=2600)
USER, CHANNEL = "UADA", "CTRAIN"
COLOURS = 96
"""Of a picture, so that it stays small."""
HOME = Kind("home", ())
AT_REST = """async (selector) => {
  const look = () => {
    const node = document.querySelector(selector);
    const pictures = [...(node?.querySelectorAll("img") ?? [])];
    if (!node || !pictures.every((each) => each.complete)) return null;
    const seen = (node.closest(".log") ?? node).getBoundingClientRect();
    const first = (node.querySelector(".message-body") ?? node).getBoundingClientRect();
    const inSight = first.top >= seen.top && first.top + 20 <= seen.bottom;
    return [Math.round(node.getBoundingClientRect().height), inSight];
  };
  await document.fonts.ready;
  let last = "";
  for (let same = 0, left = 200; left > 0; left -= 1) {
    const now = JSON.stringify(look());
    same = now === last && now !== "null" ? same + 1 : 0;
    if (same > 3) return JSON.parse(now);
    last = now;
    await new Promise((soon) => setTimeout(soon, 50));
  }
  throw new Error(`${selector} does not come to rest`);
}"""
"""Waits until what a selector finds has come to rest: its height, and whether its top is seen."""


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

    world: World
    bot: Bot
    page: Page
    pictures: Path | None

    async def measure(self, kind: Kind) -> Measure:
        """Take the steps and measure what the last command brought, as it has just arrived."""
        before: set[str] = set()
        for step in kind.steps:
            if step.startswith("/"):
                before = {each.ts for each in self._messages()}
            await self._take(step)
        asked = " ".join(step for step in kind.steps if step.startswith("/"))
        answer = next((each for each in self._messages() if each.ts not in before), None)
        if answer is None:
            return Measure(kind.name, asked, None, kind.aim, headline_in_sight=True)
        place = await self._place(answer, is_reply=kind.is_reply)
        return await self._measured(kind, asked, place)

    async def home(self) -> Measure:
        """Measure the app's own page, where it has one."""
        if not self.world.slack.manifest.has_home_tab:
            return Measure(HOME.name, "", None, HOME.aim, headline_in_sight=True)
        await self.page.goto(f"{self.world.slack.url}/#/{USER}/app-home")
        await self.world.slack.open_home(user=USER)
        await settle(self.bot)
        return await self._measured(HOME, "", ".home-blocks")

    def _messages(self) -> list[Message]:
        slack = self.world.slack
        seen = slack.messages(CHANNEL, user=USER)
        return [each for each in seen if each.user == slack.bot_user_id]

    async def _take(self, step: str) -> None:
        if step.startswith("/"):
            await self.world.slack.command(self._named(step), user=USER, channel=CHANNEL)
        elif step.startswith("+"):
            self.world.clock.advance(seconds=float(step[1:]))
            await self.bot.tick()
            await self.bot.poll()
        else:
            vendor, switch, value = step.split()
            stand_in = next(each for each in self.world.vendors.all if each.name == vendor)
            stand_in.set_switch(switch, value)
        await settle(self.bot)

    def _named(self, step: str) -> str:
        now = self.world.clock.now()
        events = self.world.vendors.of(FlowAppVendor).account.sessions(now)
        updates = [each for each in events if each.series.key == "quarter"]
        runs = self.world.vendors.of(SmartFlowsVendor).engine.index.runs
        return step.format(
            held=next(each.token for each in reversed(updates) if each.period(now) == "past"),
            coming=next(each.token for each in updates if each.period(now) == "future"),
            run=list(runs)[-1],
        )

    async def _place(self, answer: Message, *, is_reply: bool) -> str:
        """Return where the answer is on the page, or the newest reply in its thread, opened."""
        if not is_reply:
            return f'#main [data-ts="{answer.ts}"]'
        reply = self.world.slack.thread(CHANNEL, answer.ts)[-1]
        await self.page.goto(f"{self.world.slack.url}/#/{USER}/{CHANNEL}/{answer.ts}")
        return f'#thread [data-ts="{reply.ts}"]'

    async def _measured(self, kind: Kind, asked: str, place: str) -> Measure:
        height, in_sight = await self.page.evaluate(AT_REST, place)
        if kind.picture and self.pictures:
            await self.page.set_viewport_size(HIGH)  # no part of it is hidden by what is around it
            shown = await self.page.locator(place).screenshot()
            (self.pictures / f"{kind.picture}.png").write_bytes(_small(shown))
            await self.page.set_viewport_size(WINDOW)
        return Measure(kind.name, asked, height, kind.aim, headline_in_sight=in_sight)


def _small(png: bytes) -> bytes:
    """Return a picture of interface in few colours, a fraction of the bytes."""
    small = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            small, "PNG", optimize=True
        )
    return small.getvalue()


async def measures(wanted: Collection[Kind], pictures: Path | None) -> AsyncIterator[Measure]:
    """Yield the measure of each kind that is wanted, in their order; they share one channel."""
    async with flowbot_at_rest(SandboxClock(MONDAY)) as (world, bot), browser() as chromium:
        world.vendors.of(SmartFlowsVendor).set_switch("others_every", 0)
        page = await chromium.new_page(viewport=WINDOW, locale="en-GB", color_scheme="light")
        bench = Bench(world, bot, page, pictures)
        for kind in wanted:
            await page.goto(f"{world.slack.url}/#/{USER}/{CHANNEL}")
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
