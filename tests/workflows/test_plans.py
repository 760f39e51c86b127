"""What a file of workflow events is made of survives its row, also one of an older version."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.asking.core.periods import Period
from bot.codec import dumps, encode, loads
from bot.workflows.plans import PART, Plan, plan_of
from bot.workflows.question import ExportQuestion

PLAN = Plan(
    question=ExportQuestion("Checkout", step=2, period="last-7d", export="csv", path=((), ("a",))),
    workflow="Checkout",
    workflow_id="w1",
    period=Period(date(2026, 11, 16), date(2026, 11, 22), "Europe/Berlin", "last 7 days"),
    now=datetime(2026, 11, 22, 13, 5, tzinfo=UTC),
    asked_by="Ada",
    subscription=3,
    form=PART,
    number=1,
    count=2,
    size=1_200,
)
OLD = {
    "question": {"workflow": "Checkout", "step": 2, "period": "last-7d", "export": "csv"},
    "workflow": "Checkout",
    "workflow_id": "w1",
    "period": ["2026-11-16", "2026-11-22", "Europe/Berlin", "last 7 days"],
    "now": "2026-11-22T13:05:00+00:00",
    "zone": "Europe/Berlin",
    "asked_by": "Ada",
    "subscription": 3,
    "form": "part",
    "number": 1,
    "count": 2,
    "size": 1200,
}


def test_a_plan_survives_its_row() -> None:
    assert plan_of(loads(dumps(encode(PLAN)))) == PLAN


def test_a_plan_of_an_older_version_is_read() -> None:
    assert plan_of(OLD) == replace(PLAN, question=replace(PLAN.question, path=()))
