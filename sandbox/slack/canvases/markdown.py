"""A canvas's markdown as its sections: each heading, paragraph, list, table or the like is one.

Facts: https://docs.slack.dev/surfaces/canvases and the pages of canvases.edit and
canvases.sections.lookup. Only what those pages name is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sandbox.slack.refusals import Refusal, explained

LARGEST: Final = 2**20
"""Bytes of markdown in one change."""
MOST_CELLS: Final = 300

_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*)")
_BEGINNINGS: Final = (("```", "code"), ("---", "divider"), ("|", "table"), (">", "quote"))
_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_RULE: Final = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"\\(.)|[*~`]+|(?<!\w)_+|_+(?!\w)")


@dataclass(frozen=True, slots=True)
class Part:
    """One section: `h1` to `h3`, `table`, `list`, `quote`, `code`, `divider` or `paragraph`."""

    kind: str
    markdown: str

    @property
    def text(self) -> str:
        """What it says, without the signs of markup."""
        lines = [_HEADING.sub(r"\2", line) for line in self.markdown.splitlines()]
        if self.kind == "table":
            lines = [cell for line in lines if not _RULE.fullmatch(line) for cell in cells(line)]
        plain = _LINK.sub(r"\1", "\n".join(lines))
        return _MARKS.sub(lambda found: found[1] or "", plain)


def parts_of(markdown: str) -> list[Part]:
    """Return the sections of a markdown text; refuses what a canvas does not take."""
    if len(markdown.encode()) > LARGEST:
        raise Refusal("canvas_too_large")
    found = list(_parts(markdown))
    for each in found:
        _check(each)
    return found


def cells(line: str) -> list[str]:
    """Return the cells of a table's row."""
    bare = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", bare)]


def _parts(markdown: str) -> Iterator[Part]:
    """Yield the sections: lines of one kind that stand together."""
    lines: list[str] = []
    kind = ""
    for line in [*markdown.splitlines(), ""]:
        if kind == "code":
            lines.append(line)
            if line.startswith("```"):
                yield Part(kind, "\n".join(lines))
                kind, lines = "", []
            continue
        this = _kind(line)
        if kind and (this != kind or this.startswith("h")):
            yield Part(kind, "\n".join(lines))
            lines = []
        kind = this
        lines += [line] if kind else []
    if kind:
        raise explained("canvas_editing_failed", ["a code block that does not end"])


def _kind(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    if heading:
        return f"h{len(heading[1])}"
    bare = line.strip()
    begins = (kind for begin, kind in _BEGINNINGS if bare.startswith(begin))
    kind = next(begins, "paragraph" if bare else "")
    return "list" if kind == "paragraph" and _ITEM.match(line) else kind


def _check(part: Part) -> None:
    """Refuse what makes the whole call fail."""
    if part.kind in {"h4", "h5", "h6"}:
        raise explained("canvas_editing_failed", [f"a heading of level {part.kind[1]}"])
    quoted = (line.strip().removeprefix(">") for line in part.markdown.splitlines())
    if part.kind == "quote" and any(_ITEM.match(line) for line in quoted):
        raise explained("canvas_editing_failed", ["a list in a quote"])
    if part.kind == "table":
        _check_table([cells(line) for line in part.markdown.splitlines()], part)


def _check_table(rows: list[list[str]], part: Part) -> None:
    ruled = len(rows) > 1 and _RULE.fullmatch(part.markdown.splitlines()[1].strip())
    if not ruled:
        raise explained("canvas_editing_failed", ["a table without a line under its head"])
    if any(len(row) != len(rows[0]) for row in rows):
        raise explained("canvas_editing_failed", ["a table whose rows differ in length"])
    if (len(rows) - 1) * len(rows[0]) > MOST_CELLS:
        raise explained("canvas_editing_failed", [f"a table of more than {MOST_CELLS} cells"])
