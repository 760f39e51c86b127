"""What would be sent, as text for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.blocks.simpler import tables_of, words_of

WIDEST = 48


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
    return "\n\n".join(part for part in parts if part)


def _table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    cut = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cut]
    return "\n".join([caption, *lines])


def _cut(cell: str) -> str:
    return cell if len(cell) <= WIDEST else f"{cell[: WIDEST - 1]}…"
