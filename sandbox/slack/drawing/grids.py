"""Tables as aligned columns, charts as bars."""

import unicodedata
from collections.abc import Sequence
from typing import Any

_WIDEST_CELL = 40
_BAR = 28
_EIGHTHS = " ▏▎▍▌▋▊▉"


def width(text: str) -> int:
    """Return how many terminal columns a text takes: wide characters take two, marks none."""
    return sum(
        0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )


def table(rows: Sequence[Sequence[tuple[str, bool]]]) -> list[str]:
    """Return rows of cells, each a text and whether it is a number, under a ruled header."""
    columns = max(map(len, rows), default=0)
    padded = [[*row, *[("", False)] * (columns - len(row))] for row in rows]
    cut = [[(_cut(text), is_number) for text, is_number in row] for row in padded]
    widths = [max(width(row[column][0]) for row in cut) for column in range(columns)]
    right = [any(row[column][1] for row in cut[1:]) for column in range(columns)]
    lines = [
        "  ".join(
            _aligned(text, widths[column], is_right=right[column])
            for column, (text, _) in enumerate(row)
        ).rstrip()
        for row in cut
    ]
    return [*lines[:1], "  ".join("─" * one for one in widths), *lines[1:]]


def chart(block: dict[str, Any]) -> list[str]:
    """Return a `data_visualization` as a heading and one bar for every value."""
    drawn = block["chart"]
    lines = [f"{block['title']} ({drawn['type']})"]
    if drawn["type"] == "pie":
        points = [(one["label"], one["value"]) for one in drawn["segments"]]
        total = sum(value for _, value in points)
        return lines + bars(points, notes=[f"{value / total:.0%}" for _, value in points])
    axis = drawn["axis_config"]
    if axis.get("y_label"):
        lines.append(str(axis["y_label"]))
    most = max(abs(point["value"]) for one in drawn["series"] for point in one["data"])
    for one in drawn["series"]:
        if len(drawn["series"]) > 1:
            lines.append(f"· {one['name']}")
        points = [(point["label"], point["value"]) for point in one["data"]]
        lines.extend(bars(points, most=most))
    return lines


def bars(
    points: Sequence[tuple[str, float]], *, notes: Sequence[str] = (), most: float = 0
) -> list[str]:
    """Return one line for each label and value; a bar for `most`, or the largest, is longest."""
    longest = max((width(label) for label, _ in points), default=0)
    most = most or max((abs(value) for _, value in points), default=0) or 1
    lines = []
    for index, (label, value) in enumerate(points):
        eighths = round(abs(value) / most * _BAR * 8)
        bar = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
        note = f" ({notes[index]})" if notes else ""
        lines.append(f"{_aligned(label, longest)} │{bar} {value:g}{note}")
    return lines


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if width(text) <= _WIDEST_CELL:
        return text
    while width(text) >= _WIDEST_CELL:
        text = text[:-1]
    return f"{text}…"


def _aligned(text: str, columns: int, *, is_right: bool = False) -> str:
    space = " " * (columns - width(text))
    return space + text if is_right else text + space
