"""Values that the tests of workflows share."""

from datetime import UTC, date, datetime

from bot.asking.core.periods import Period
from bot.tables.columns import TextTable
from bot.workflows.model import Owner, Sidedata, Workflow, WorkflowInfo
from bot.workflows.question import ExportQuestion
from bot.workflows.rendering.exports import ExportSubject, ExportSummary
from tests.training.rendering.samples import NOW, ZONE

WEEK = Period(date(2026, 11, 16), date(2026, 11, 22), ZONE, "last 7 days")
QUESTION = ExportQuestion("checkout", step=2, period="last-7d", export="xlsx", limit=5_000)
SUBJECT = ExportSubject(QUESTION, "Checkout", WEEK)
ROWS = TextTable(
    ("timestamp", "action", "visitor_id"),
    (
        ("2026-11-16T08:00:00.000Z", "element-ab12cd34", "v1"),
        ("2026-11-16T08:01:30.000Z", "=cmd|' /C calc'!A0", ""),
    ),
)
EXPORTED = ExportSummary(rows=1_204, size=412_000, preview=ROWS)
OWNER = Owner("o1", "Example Shop", "Ada", "ada@example.com")
WORKFLOWS = (
    Workflow("w2", "Spring campaign", "Lead form on landing page", modified_at=NOW),
    Workflow("w1", "Checkout"),
)
INFO = WorkflowInfo(
    id="0b7c1f1e-1c1a-4f0e-9a55-2f6f2a3c9d10",
    name="Spring campaign",
    kind="interaction",
    description="Lead form on landing page",
    published=True,
    modified_at=NOW,
    first_event_at=datetime(2026, 1, 5, tzinfo=UTC),
    last_event_at=datetime(2026, 11, 20, 15, tzinfo=UTC),
)
COUNTS = Sidedata(
    visitors=2_210,
    sessions=2_904,
    by_hour=((0, 12.0), (9, 120.0), (23, 4.0)),
    by_weekday=((1, 512.0), (2, 498.0), (7, 188.0)),
    more=(("started_workflow_count", "12"),),
)
