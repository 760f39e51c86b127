"""What is said of an answer that was kept for a caller: text, blocks, and its figures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.asking.question import Question
from bot.asking.rendering.presses import value_of
from bot.jobs.calls.kept import KeptAnswer
from bot.jobs.request import Intent
from bot.mcp.rendering.calls import CallOf, OfferedCall, ToolCall, calls_in, elements_of
from bot.mcp.rendering.kit import kit
from bot.mcp.rendering.plain import PlainAnswer, plain_text
from bot.mcp.rendering.readable import ids_in, readable
from bot.mcp.tool import Tool, ToolAnswer
from bot.mcp.tools.catalog import ARGUMENT, CONFIRM, MINUTES, Catalog
from bot.mcp.tools.confirming import DeedTokens
from bot.mcp.tools.seeing import sees
from bot.slack.blocks.blocks import context
from bot.slack.directory import Directory
from bot.slack.messages import Block
from bot.slack.people import Person

NOT_DONE: Final = (
    "Nothing was done yet. Show the person all of this and ask. Only if they agree, call {tool} "
    "with {argument} {token}. It works once, for {minutes} minutes, and for this person alone."
)
SENT: Final = "Sent to your direct messages with Flowbot"
ELSEWHERE: Final = "Done. What came of it is told in its own place in Slack."


class AnswerWriter:
    """Writes what a tool answers. Asks Slack for the names that stand in it."""

    def __init__(self, catalog: Catalog, tokens: DeedTokens, directory: Directory) -> None:
        """Know the tools of `catalog`; what one proposes is kept in `tokens`."""
        self._catalog = catalog
        self._tokens = tokens
        self._directory = directory

    async def written(
        self, tool: Tool, kept: KeptAnswer, *, wanted: Intent, user: str
    ) -> ToolAnswer:
        """Return what is said of an answer to what somebody wanted with a tool."""
        blocks = tuple(block for each in kept.messages for block in each.blocks)
        confirmed = await self._kept(tool, blocks, user)
        call_of = self._call_of(tool, wanted, confirmed)
        person = await self._directory.person(user)
        said = readable(blocks, await self._names(blocks, person), person.zone)
        calls = tuple(calls_in(said, call_of))
        text = plain_text(
            PlainAnswer(
                blocks=said,
                files=kept.files,
                told=kept.is_in_messages,
                calls=[each for each in calls if not each.call.tool.startswith(CONFIRM)],
                closing=[*_to_confirm(calls)],
            )
        )
        asks_which = kept.failed and not kept.again and any(_is_same(tool, each) for each in calls)
        return ToolAnswer(
            text or ELSEWHERE,
            kit((*said, context(SENT)) if kept.files else said, call_of),
            self._data(kept, wanted),
            is_error=kept.failed and not asks_which,
        )

    async def _kept(
        self, tool: Tool, blocks: Sequence[Block], user: str
    ) -> Mapping[tuple[str, str], str]:
        """Keep what buttons of the answer would do; return their tokens by action id and value."""
        found: dict[tuple[str, str], str] = {}
        for block in blocks:
            for each in elements_of(block):
                pressed = str(each.get("action_id", "")), value_of(each)
                proposed = self._catalog.proposed(tool.name, *pressed)
                if proposed and pressed not in found:
                    found[pressed] = await self._tokens.keep(tool.name, user, proposed)
        return found

    def _call_of(
        self, tool: Tool, wanted: Intent, confirmed: Mapping[tuple[str, str], str]
    ) -> CallOf:
        def call_of(action: str, value: str) -> ToolCall | None:
            token = confirmed.get((action, value))
            if token:
                return ToolCall(f"{CONFIRM}{tool.name}", {ARGUMENT: token})
            return self._catalog.pressed(action, value, asked=wanted)

        return call_of

    async def _names(self, blocks: Sequence[Block], reader: Person) -> Mapping[str, str]:
        """Return the names of people, and of channels that the reader sees."""
        found = {}
        for each in dict.fromkeys(ids_in(blocks)):
            if each.startswith(("U", "W")):
                found[each] = (await self._directory.person(each)).name
            elif await sees(self._directory, reader, each):
                found[each] = (await self._directory.place(each)).name
        return found

    def _data(self, kept: KeptAnswer, wanted: Intent) -> Mapping[str, Any]:
        """Return the figures of an answer, each with its unit; empty where there are none."""
        if not isinstance(wanted, Question):
            return {}
        percents = {
            each.name for each in self._catalog.kinds.of(wanted).measures(wanted) if each.percent
        }
        return _figures(kept.values, percents) if kept.values else {}


def _figures(figures: Mapping[str, Any], percents: set[str]) -> Mapping[str, Any]:
    listed = [
        {"name": name, "value": value, "unit": "percent" if name in percents else "count"}
        for name, value in figures.items()
    ]
    return {"figures": listed}


def _to_confirm(calls: Sequence[OfferedCall]) -> Iterator[str]:
    for each in calls:
        if each.call.tool.startswith(CONFIRM):
            token = each.call.arguments[ARGUMENT]
            yield NOT_DONE.format(
                tool=each.call.tool, argument=ARGUMENT, token=token, minutes=MINUTES
            )


def _is_same(tool: Tool, offered: OfferedCall) -> bool:
    """Return whether a call is the same tool once more, as a choice of several is."""
    return offered.call.tool == tool.name
