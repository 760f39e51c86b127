"""Somebody who asks in the sandbox and looks at its page, step by step, for measures and pictures.

A step is a command as it is typed, `> text` (a message of a person), `+60` (so many seconds pass),
`press Subscribe` (a button of the newest answer), `canvas # Goals` (what somebody writes in the
channel's canvas, with a line end for each backslash and n), `links momoflow_flow https://…` (an
admin adds links like that), or `momoflow expired_key on` (a switch of a vendor). `{held}` and
`{coming}` stand for the ids of a webinar that was and of one to come, `{run}` for that of the run
that began last.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

from bot.assembly.bot import Bot
from bot.cli.ask import settle
from sandbox.clock import SandboxClock
from sandbox.slack import Message
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.world import World
from tools.staging import flowbot_at_rest

USER = "UADA"
AT_REST = """async (selector) => {
  const look = () => {
    const node = [...document.querySelectorAll(selector)].at(-1);
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
"""Waits until the last of what a selector finds is at rest: its height, and if its top shows."""


@dataclass(frozen=True, slots=True)
class Studio:
    """A sandbox in which nothing happens but what is asked for."""

    world: World
    bot: Bot

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.world.slack.url

    async def take(self, step: str, channel: str) -> None:
        """Take one step in a channel and let the bot do all that follows from it."""
        if step.startswith("/"):
            await self.world.slack.command(self._named(step), user=USER, channel=channel)
        elif step.startswith("> "):
            await self.world.slack.say(step[2:], user=USER, channel=channel)
        elif step.startswith("links "):
            await self._add_links(*step.split()[1:])
        elif step.startswith("+"):
            self.world.clock.advance(seconds=float(step[1:]))
            await self.bot.tick()
            await self.bot.poll()
        elif step.startswith("press "):
            await self._press(step.removeprefix("press "), channel)
        elif step.startswith("canvas "):
            text = step.removeprefix("canvas ").replace(r"\n", "\n")
            self.world.slack.write_canvas(channel, text, user=USER)
        else:
            vendor, switch, value = step.split()
            stand_in = next(each for each in self.world.vendors.all if each.name == vendor)
            stand_in.set_switch(switch, value)
        await settle(self.bot)

    async def _add_links(self, kind: str, example: str) -> None:
        slack = self.world.slack
        await self.open_home()
        home = slack.home_of(USER)
        assert home is not None, "nothing is shown before it was opened"
        await slack.click(home, action_id="open_links", user=USER)
        window = slack.view_of(USER)
        assert window is not None, "the window was opened"
        given = {"links_kind": kind, "links_example": example}
        values = {name: {name: value} for name, value in given.items()}
        await slack.submit(window, values=values, user=USER)
        await settle(self.bot)
        shown = slack.view_of(USER)
        if shown is not None:
            await slack.close_view(shown, user=USER, everything=True)

    async def open_home(self) -> None:
        """Open the app's own page."""
        await self.world.slack.open_home(user=USER)
        await settle(self.bot)

    async def end_tour(self) -> None:
        """Press the last button of the tour in the app's own page: it is shown until then."""
        slack = self.world.slack
        view = slack.home_of(USER)
        assert view is not None, "nothing is shown before it was opened"
        for row in view.blocks:
            if row["block_id"] == "home:tour":
                last = row["elements"][-1]["action_id"]
                await slack.click(view, action_id=last, block_id=row["block_id"], user=USER)
        await settle(self.bot)

    def answers(self, channel: str) -> list[Message]:
        """Return the bot's messages in a channel, oldest first."""
        slack = self.world.slack
        seen = slack.messages(channel, user=USER)
        return [each for each in seen if each.user == slack.bot_user_id]

    async def _press(self, label: str, channel: str) -> None:
        answer = self.answers(channel)[-1]
        for row in answer.blocks:
            for each in row.get("elements", ()) if row["type"] == "actions" else ():
                if each.get("text", {}).get("text") == label:
                    await self.world.slack.click(
                        answer, action_id=each["action_id"], block_id=row["block_id"], user=USER
                    )
                    return
        raise LookupError(label)

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


@asynccontextmanager
async def studio(
    clock: SandboxClock, *, surfaces: str = "", link_domains: str = ""
) -> AsyncIterator[Studio]:
    """Yield a studio on that clock, with some settings; nobody else starts a flow in it."""
    general = {"surfaces": surfaces, "link_domains": link_domains}
    async with flowbot_at_rest(clock, port=0, **general) as (world, bot):
        world.vendors.of(SmartFlowsVendor).set_switch("others_every", 0)
        yield Studio(world, bot)


async def at_rest(page: Page, place: str) -> tuple[int, bool]:
    """Wait until what is at a place has come to rest: its height, and whether its top shows."""
    found: list[Any] = await page.evaluate(AT_REST, place)
    return int(found[0]), bool(found[1])
