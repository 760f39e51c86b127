"""`data_visualization`: line, bar, area and pie charts."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.rules import (
    Rule,
    items,
    number,
    optional,
    problem,
    required,
    shape,
    string,
    variant,
)
from sandbox.slack.blocks.texts import typed

_LABEL = string(most=limits.CHART_LABEL)
_POINT = shape({"label": required(_LABEL), "value": required(number)})


def _positive(value: Any, pointer: str, problems: list[str]) -> None:
    amount = value.get("value")
    if isinstance(amount, int | float) and amount <= 0:
        problems.append(problem("must be more than 0", f"{pointer}/value"))


def _distinct_names(value: Any, pointer: str, problems: list[str]) -> None:
    names = [one.get("name") for one in _series(value)]
    if len(set(map(str, names))) != len(names):
        problems.append(problem("series names must be unique", f"{pointer}/series"))


def _complete(value: Any, pointer: str, problems: list[str]) -> None:
    axis = value.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    if not isinstance(categories, list):
        return
    for index, one in enumerate(_series(value)):
        data = one.get("data")
        points = data if isinstance(data, list) else []
        labels = [point.get("label") for point in points if isinstance(point, dict)]
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            problems.append(
                problem(
                    "must have exactly one point for every category",
                    f"{pointer}/series/{index}/data",
                )
            )


def _distinct_categories(value: Any, pointer: str, problems: list[str]) -> None:
    categories = value.get("categories")
    if isinstance(categories, list) and len(set(map(str, categories))) != len(categories):
        problems.append(problem("categories must be unique", f"{pointer}/categories"))


def _series(value: Any) -> list[dict[str, Any]]:
    series = value.get("series")
    return [one for one in series if isinstance(one, dict)] if isinstance(series, list) else []


_AXES = shape(
    {
        "categories": required(items(_LABEL, most=limits.CHART_POINTS)),
        "x_label": optional(string(most=limits.CHART_TITLE)),
        "y_label": optional(string(most=limits.CHART_TITLE)),
    },
    _distinct_categories,
)
_SERIES = shape(
    {"name": required(_LABEL), "data": required(items(_POINT, most=limits.CHART_POINTS))}
)


def _plot(kind: str) -> Rule:
    return typed(
        kind,
        {
            "series": required(items(_SERIES, most=limits.CHART_SERIES)),
            "axis_config": required(_AXES),
        },
        _distinct_names,
        _complete,
    )


_SLICE = shape({"label": required(_LABEL), "value": required(number)}, _positive)
_CHARTS: dict[str, Rule] = {
    **{kind: _plot(kind) for kind in ("line", "bar", "area")},
    "pie": typed("pie", {"segments": required(items(_SLICE, most=limits.CHART_SERIES))}),
}

DATA_VISUALIZATION = typed(
    "data_visualization",
    {
        "title": required(string(most=limits.CHART_TITLE)),
        "chart": required(variant(_CHARTS)),
        "block_id": optional(string(most=limits.BLOCK_ID)),
    },
)
