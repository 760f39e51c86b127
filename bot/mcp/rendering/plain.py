"""An answer as plain text that a model can use: what is said, whole tables, what can be called.

No markup, no entities and no ids of Slack's are in it; names stand there as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.mcp.rendering.calls import OfferedCall
from bot.slack.blocks.budget import CONTINUED, clean
from bot.slack.blocks.simpler import Rows, tables_of, words_of
from bot.slack.messages import Block

LONGEST: Final = 12_000
"""Letters of a whole answer: as much as Slack takes as one text of markdown."""
MOST_CALLS: Final = 25
_ROOM_FOR_CALLS: Final = 3_000
_CUT: Final = "(The rest is left out here: ask for less, or for a file.)"
FILES: Final = "Sent to the person's direct messages with Flowbot: {}"
TOLD_THERE: Final = "It is also in the person's direct messages with Flowbot."
NEXT: Final = "What can be called next:"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAnswer:
    """What is said: readable blocks, titles of files, and what can be called next.

    `told` says that the same is in the direct messages; `closing` are lines at the end.
    """

    blocks: Sequence[Block]
    files: Sequence[str] = ()
    told: bool = False
    calls: Sequence[OfferedCall] = ()
    closing: Sequence[str] = ()


def plain_text(said: PlainAnswer) -> str:
    """Return the answer as text, at most LONGEST letters."""
    ending = list(_ending(said))
    room = LONGEST - sum(len(line) + 1 for line in ending)
    lines = list(_within(_lines(said.blocks), room))
    return "\n".join([*lines, *ending]).strip()


def _ending(said: PlainAnswer) -> Iterator[str]:
    if said.files:
        yield FILES.format(", ".join(said.files))
    elif said.told:
        yield TOLD_THERE
    yield from _calls(said.calls)
    yield from said.closing


def _calls(calls: Sequence[OfferedCall]) -> Iterator[str]:
    room = _ROOM_FOR_CALLS
    for number, each in enumerate(calls):
        line = f"- {clean(each.spoken or each.label)}: {each.call.tool} {each.call.value}"
        room -= len(line)
        if number >= MOST_CALLS or room < 0:
            yield f"- and {len(calls) - number:,} more"
            return
        if not number:
            yield NEXT
        yield line


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "container":
            yield from _lines(block["child_blocks"])
            continue
        tables = tables_of([block])
        for caption, rows in tables:
            yield from _table(caption, rows)
        if not tables and block["type"] not in {"actions", "context_actions", "divider"}:
            yield from filter(None, map(_line, words_of([block]).splitlines()))


def _line(line: str) -> str:
    return "" if line == CONTINUED else line


def _table(caption: str, rows: Rows) -> Iterator[str]:
    """Yield a table, a line for each row, its cells between bars."""
    yield f"{caption}:" if caption else "Table:"
    for row in rows:
        yield " | ".join(cell.replace("|", "/") for cell in row)


def _within(lines: Iterable[str], room: int) -> Iterator[str]:
    """Yield as many whole lines as there is room for, and that there were more."""
    room -= len(_CUT) + 1
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            yield _CUT
            return
        yield line
