"""giosg's JSON, both ways, without a network."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.http.answers import Refusal
from bot.http.fields import ShapeError
from bot.workflows import wire as answers
from bot.workflows.client import source_body, step_body
from bot.workflows.model import AFFECTED_GOAL_TOTAL, Filter, SourceQuestion, StepQuestion

START = datetime(2026, 11, 1, tzinfo=timezone(timedelta(hours=2)))
END = datetime(2026, 11, 8, 0, 0, 0, 999_900, tzinfo=UTC)
INTERVAL = {"start": "2026-10-31T22:00:00.000Z", "end": "2026-11-08T00:00:00.999Z"}


def test_only_what_was_asked_for_is_sent() -> None:
    assert step_body(StepQuestion("w", 1, START, END)) == {
        "filters": [],
        "interval": INTERVAL,
        "target": "default",
    }


def test_all_that_was_asked_for_is_sent() -> None:
    asked = StepQuestion(
        "w",
        2,
        START,
        END,
        filters=(Filter("action", ("a", "b")),),
        actions=(("a", "b"), (), ("c",)),
        target="triggered_goal",
        limit=500,
    )
    assert step_body(asked, basic=False) == {
        "filters": [{"property": "action", "values": ["a", "b"]}],
        "interval": INTERVAL,
        "step_data": [{}, {"actions": ["a", "b"]}, {}, {"actions": ["c"]}],
        "target": "triggered_goal",
        "limit": 500,
        "basic": False,
    }
    other = SourceQuestion("w", START, END, target=AFFECTED_GOAL_TOTAL, limit=1)
    assert source_body(other) == {
        "filters": [],
        "interval": INTERVAL,
        "target": "affected_goal_total",
        "limit": 1,
    }


@pytest.mark.parametrize(
    ("payload", "columns", "rows"),
    [
        ([], (), ()),
        ([{"a": 1}, {"b": None}], ("a", "b"), (("1", ""), ("", ""))),
        ({"events": [{"a": {"b": True}}]}, ("a.b",), (("True",),)),
        ({"columns": [{"name": "x"}], "rows": [["1", "2"]]}, ("x",), (("1",),)),
        ({"fields": ["x", "y"], "data": [["1"]]}, ("x", "y"), (("1", ""),)),
    ],
)
def test_rows_are_read_in_many_shapes(
    payload: Any, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    read = answers.event_rows(payload)
    assert (read.columns, read.rows) == (columns, rows)


@pytest.mark.parametrize("payload", [7, {"a": 1}, [7], {"data": [["1"]]}])
def test_what_is_no_table_is_a_surprise(payload: Any) -> None:
    with pytest.raises(ShapeError):
        answers.event_rows(payload)


@pytest.mark.parametrize("stat", [7, {"hour_in_day": 7}, {"hour_in_day": [7]}])
def test_counts_of_another_shape_are_a_surprise(stat: Any) -> None:
    with pytest.raises(ShapeError, match="timeframe_stat"):
        answers.sidedata({"timeframe_stat": stat})


@pytest.mark.parametrize(
    ("status", "path", "payload", "text"),
    [
        (
            400,
            "/x",
            {"format": ['"pdf" is not a valid choice.']},
            'format: "pdf" is not a valid choice.',
        ),
        (400, "/x", {"limit": "must be > 0"}, "limit: must be > 0"),
        (400, "/x", ["bad"], "bad"),
        (400, "/x", None, ""),
        (400, "/x", {"a": {"b": 1}}, ""),
        (403, "/x", "No right to REPORTS", "permission: No right to REPORTS"),
        (404, "/api/v5/users/me", None, "route:"),
        (410, "/workflows/w/source_data", {"detail": "gone"}, "data: gone"),
    ],
)
def test_a_refusal_becomes_a_short_text(status: int, path: str, payload: Any, text: str) -> None:
    assert answers.refusal_text(Refusal(path, status, payload)) == text
