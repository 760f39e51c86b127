"""MomoFlow's JSON, both ways, without a network."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.http.answers import Refusal
from bot.http.fields import ShapeError
from bot.training.client import assign_body, report_body
from bot.training.model import NewAssignment, ReportFilter
from bot.training.wire import Export, parse_assigned, parse_report, refusal_text

ASKED = ReportFilter("flow_onb001")
NEW = NewAssignment("flow_onb001", "ada@example.com")


def test_only_what_was_asked_for_is_sent() -> None:
    assert report_body(ASKED) == {"flowId": "flow_onb001"}
    assert assign_body(NEW) == {"flowId": "flow_onb001", "userEmail": "ada@example.com"}


def test_all_that_was_asked_for_is_sent() -> None:
    berlin = timezone(timedelta(hours=1))
    asked = ReportFilter(
        "f",
        start=datetime(2026, 11, 1, tzinfo=berlin),
        end=datetime(2026, 12, 1, tzinfo=UTC),
        status="pending",
        detailed=True,
        by="week",
    )
    assert report_body(asked) == {
        "flowId": "f",
        "startDate": "2026-10-31T23:00:00Z",
        "endDate": "2026-12-01T00:00:00Z",
        "status": "pending",
        "detailed": True,
        "aggregate": {"by": "week", "metrics": ["completion_rate", "average_duration"]},
    }


GROUPED = ReportFilter("f", by="week")


@pytest.mark.parametrize(
    ("payload", "pairs"),
    [
        ([{"week": 1}, 2], (("answer[0].week", "1"), ("answer[1]", "2"))),
        ({"metrics": [1, None]}, (("metrics[0]", "1"), ("metrics[1]", ""))),
        ({"assignments": [{"week": 1}]}, (("assignments[0].week", "1"),)),
        ({"flowId": "f", "flowName": "F"}, ()),
        ({"a": {"b": {"c": True}}}, (("a.b.c", "True"),)),
    ],
)
def test_any_answer_to_an_aggregation_is_flattened(
    payload: Any, pairs: tuple[tuple[str, str], ...]
) -> None:
    assert parse_report(payload, asked=GROUPED).aggregate == pairs


def test_a_mere_value_is_no_answer_to_an_aggregation() -> None:
    with pytest.raises(ShapeError):
        parse_report(7, asked=GROUPED)


def test_deep_and_long_answers_to_an_aggregation_stay_small() -> None:
    deep: Any = "x" * 10_000
    for _ in range(100):
        deep = {"in": deep}
    report = parse_report({"deep": deep, "long": "x" * 10_000}, asked=GROUPED)
    assert [len(value) for _, value in report.aggregate] == [200]


def test_a_confirmation_without_details_names_who_was_asked_for() -> None:
    assigned = parse_assigned({"assignmentId": "a1"}, asked=NEW)
    assert (assigned.email, assigned.flow_name) == ("ada@example.com", "")


def test_a_route_that_does_not_exist_is_no_missing_flow() -> None:
    refusal = Refusal("/v1/flows/report", 404, {"message": "Cannot POST /v1/report"})
    assert refusal_text(refusal) == "route: Cannot POST /v1/report"


def test_the_link_to_a_file_is_not_shown() -> None:
    assert "https" not in repr(Export("https://api.example.com/v1/exports/exp_1"))
