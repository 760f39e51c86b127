"""What would be sent, as text for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.slack.blocks.simpler import tables_of, words_of

WIDEST = 48
MOST_CHOICES = 5
"""So many of a select are printed."""


def as_text(method: str, arguments: Mapping[str, Any]) -> str:
    """Return one recorded call as readable lines: where it goes, its words, its tables."""
    if method == "files.upload":
        return (
            f"[file {arguments['filename']}, {arguments['length']:,} bytes, "
            f"{arguments['mimetype']}]\n{arguments['path']}"
        )
    if method.startswith("views."):
        return f"[opens the form “{arguments['view']['title']['text']}”]"
    where = arguments.get("channel", "")
    private = f", only for {arguments['user']}" if method == "chat.postEphemeral" else ""
    blocks = arguments.get("blocks") or ()
    verb = "edits a message in" if method == "chat.update" else "to"
    parts = [f"[{verb} {where}{private}]", words_of(blocks) or arguments.get("text", "")]
    parts += [_table(caption, rows) for caption, rows in tables_of(blocks)]
    parts += [_choices(each) for each in _elements(blocks) if "options" in each]
    return "\n\n".join(part for part in parts if part)


def _elements(blocks: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield what can be pressed or chosen from."""
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]
        if "accessory" in block:
            yield block["accessory"]


def _choices(element: Mapping[str, Any]) -> str:
    """Return a select or a menu with the first of its choices."""
    name = element.get("placeholder", {}).get("text", "Menu")
    labels = [each["text"]["text"] for each in element["options"]]
    more = f" · {len(labels) - MOST_CHOICES} more" if len(labels) > MOST_CHOICES else ""
    return f"[{name}: {' · '.join(labels[:MOST_CHOICES])}{more}]"


def _table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    cut = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cut]
    return "\n".join([caption, *lines])


def _cut(cell: str) -> str:
    return cell if len(cell) <= WIDEST else f"{cell[: WIDEST - 1]}…"
