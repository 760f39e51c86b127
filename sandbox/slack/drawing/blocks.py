"""Every block as lines of text."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sandbox.slack.drawing.elements import control, labelled
from sandbox.slack.drawing.grids import chart, table, width
from sandbox.slack.drawing.rich import rich_text
from sandbox.slack.drawing.words import Names

Block = dict[str, Any]

_MARKS = {"pending": "○", "in_progress": "◐", "complete": "●", "error": "✗"}


def draw(blocks: Iterable[Block], names: Names) -> list[str]:
    """Return the lines of some blocks; a kind that is not known shows its name."""
    lines: list[str] = []
    for block in blocks:
        drawing = _DRAWINGS.get(block["type"])
        lines.extend(drawing(block, names) if drawing else [f"[{block['type']}]"])
    return lines


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _section(block: Block, names: Names) -> list[str]:
    lines = names.text(block["text"]).split("\n") if block.get("text") else []
    lines.extend(names.text(one) for one in block.get("fields") or [])
    if block.get("accessory"):
        lines[-1] += f"  {control(block['accessory'], names)}"
    return lines


def _header(block: Block, names: Names) -> list[str]:
    text = names.text(block["text"])
    return [text, "═" * min(width(text), 60)]


def _context(block: Block, names: Names) -> list[str]:
    parts = [
        f"[{one['alt_text']}]" if one["type"] == "image" else names.text(one)
        for one in block["elements"]
    ]
    return "  ".join(parts).split("\n")


def _actions(block: Block, names: Names) -> list[str]:
    return [" ".join(control(one, names) for one in block["elements"])]


def _image(block: Block, names: Names) -> list[str]:
    title = f"{names.text(block['title'])}: " if block.get("title") else ""
    return [f"[{title}{block['alt_text']}]"]


def _input(block: Block, names: Names) -> list[str]:
    optional = " (optional)" if block.get("optional") else ""
    lines = [f"{names.text(block['label'])}{optional}: {control(block['element'], names)}"]
    return lines + ([f"  {names.text(block['hint'])}"] if block.get("hint") else [])


def _table(block: Block, names: Names) -> list[str]:
    rows = [[_cell(one, names) for one in row] for row in block["rows"]]
    caption = [str(block["caption"])] if block.get("caption") else []
    return caption + table(rows)


def _cell(cell: Block, names: Names) -> tuple[str, bool]:
    if cell["type"] == "rich_text":
        return " ".join(rich_text(cell, names)), False
    return str(cell["text"]), cell["type"] == "raw_number"


def _container(block: Block, names: Names) -> list[str]:
    mark = "▸" if block.get("default_collapsed") else "▾"
    title = (
        " ".join(rich_text(block["rich_text_title"], names))
        if block.get("rich_text_title")
        else names.text(block["title"])
    )
    subtitle = f"  {names.text(block['subtitle'])}" if block.get("subtitle") else ""
    return [f"{mark} {title}{subtitle}", *_indented(draw(block["child_blocks"], names))]


def _card(block: Block, names: Names) -> list[str]:
    lines = [
        names.text(block[name])
        for name in ("title", "subtitle", "body", "subtext")
        if block.get(name)
    ]
    if block.get("hero_image"):
        lines.insert(0, f"[{block['hero_image']['alt_text']}]")
    if block.get("actions"):
        lines.append(" ".join(control(one, names) for one in block["actions"]))
    return [f"┃ {line}" for text in lines for line in text.split("\n")]


def _plan(block: Block, names: Names) -> list[str]:
    return [str(block["title"]), *_indented(draw(block.get("tasks") or [], names))]


def _task(block: Block, names: Names) -> list[str]:
    lines = [f"{_MARKS[block['status']]} {block['title']}"]
    for name in ("details", "output"):
        if block.get(name):
            lines.extend(_indented(rich_text(block[name], names)))
    return lines + [f"  {one['text']} ({one['url']})" for one in block.get("sources") or []]


def _video(block: Block, names: Names) -> list[str]:
    return [f"[▶ {names.text(block['title'])}] {block['video_url']}"]


_DRAWINGS: dict[str, Callable[[Block, Names], list[str]]] = {
    "section": _section,
    "header": _header,
    "divider": lambda _block, _names: ["─" * 40],
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "image": _image,
    "input": _input,
    "rich_text": rich_text,
    "markdown": lambda block, _names: str(block["text"]).split("\n"),
    "table": _table,
    "data_table": _table,
    "data_visualization": lambda block, _names: chart(block),
    "container": _container,
    "card": _card,
    "carousel": lambda block, names: draw(block["elements"], names),
    "plan": _plan,
    "task_card": _task,
    "alert": lambda block, names: [f"{labelled(block)}: {names.text(block['text'])}"],
    "video": _video,
    "file": lambda block, _names: [f"[file {block['external_id']}]"],
}
