"""Native charts and bars of characters. A chart with nothing to show is None.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Final

from bot.slack.blocks.budget import LIMITS, clean, cut
from bot.slack.messages import Block

Point = tuple[str, float]
"""A label and its value."""

_BAR_CELLS: Final = 10
_FULL: Final = 100.0
_FEWEST_FOR_A_LINE: Final = 3
_OTHER: Final = "Other"
_LEAST: Final = 0.1


def percent(rate: float) -> str:
    """Return a rate of 0-100 as "84%"; one decimal within a percent of none and of all.

    Nearly all is not all, and hardly any is not none: only 100 and 0 are said so.
    """
    if 1 <= rate <= _FULL - 1:
        return f"{rate:.0f}%"
    shown = min(max(round(rate, 1), _LEAST), _FULL - _LEAST) if 0 < rate < _FULL else rate
    return f"{shown:.1f}".removesuffix(".0") + "%"


def bar(rate: float | None) -> str:
    """Return "▓▓▓▓▓▓▓▓░░ 84%"; only a full 100 fills it. Empty when there is no rate."""
    if rate is None or not isfinite(rate):
        return ""
    return f"{_cells(rate / _FULL)} {percent(rate)}"


def share_bar(value: float, *, largest: float) -> str:
    """Return a bar for a value beside the largest of its kind, without a number."""
    return _cells(value / largest if largest > 0 else 0.0)


def counts_chart(title: str, counts: Sequence[Point], *, series: str) -> Block | None:
    """Return a bar chart of counts, the smallest places summed into "Other" beyond 20 bars."""
    points = _gathered(counts)
    if not any(value > 0 for _, value in points):
        return None
    return _chart(title, "bar", points, series=series, axes=("", series))


def rates_chart(
    title: str, rates: Sequence[tuple[str, float | None]], *, series: str, x_label: str
) -> Block | None:
    """Return percentages over time: the last 20 that exist, as a line, or as bars if few."""
    points = [(label, rate) for label, rate in rates if rate is not None][-LIMITS.chart_points :]
    if not points:
        return None
    kind = "line" if len(points) >= _FEWEST_FOR_A_LINE else "bar"
    return _chart(title, kind, points, series=series, axes=(x_label, "% complete"))


def trend_chart(
    title: str, points: Sequence[Point], *, series: str, axes: tuple[str, str]
) -> Block | None:
    """Return counts over time: the last 20, as a line, or as bars if few; None for fewer than two.

    `axes` are the names of the horizontal and the vertical one.
    """
    shown = points[-LIMITS.chart_points :]
    if not shown[1:]:
        return None
    kind = "line" if len(shown) >= _FEWEST_FOR_A_LINE else "bar"
    return _chart(title, kind, shown, series=series, axes=axes)


def _chart(
    title: str, kind: str, points: Sequence[Point], *, series: str, axes: tuple[str, str]
) -> Block:
    labels = _labels(label for label, _ in points)
    data = [
        {"label": label, "value": value} for label, (_, value) in zip(labels, points, strict=True)
    ]
    named = zip(("x_label", "y_label"), axes, strict=True)
    axis = {key: cut(clean(text), LIMITS.chart_title) for key, text in named if text}
    return {
        "type": "data_visualization",
        "title": cut(clean(title), LIMITS.chart_title),
        "chart": {
            "type": kind,
            "series": [{"name": cut(clean(series), LIMITS.chart_label), "data": data}],
            "axis_config": {"categories": labels, **axis},
        },
    }


def _gathered(counts: Sequence[Point]) -> list[Point]:
    if len(counts) <= LIMITS.chart_points:
        return list(counts)
    kept = list(counts[: LIMITS.chart_points - 1])
    return [*kept, (_OTHER, sum(value for _, value in counts[len(kept) :]))]


def _labels(texts: Iterable[str]) -> list[str]:
    """Return each label within its limit and different from the others, as categories must be."""
    labels: list[str] = []
    for text in texts:
        label = cut(clean(text), LIMITS.chart_label)
        tries = 1
        while label in labels:
            tries += 1
            ending = f" ({tries})"
            label = cut(clean(text), LIMITS.chart_label - len(ending)) + ending
        labels.append(label)
    return labels


def _cells(share: float) -> str:
    filled = int(min(1.0, max(0.0, share)) * _BAR_CELLS)
    if not filled and share > 0:
        filled = 1
    return "▓" * filled + "░" * (_BAR_CELLS - filled)
