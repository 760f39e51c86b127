"""Values that the rendering tests share: one flow, some people, one moment."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.subscription import Subscription
from bot.training.feature import REPORT as REPORT_KIND
from bot.training.model import Assignment, ModuleProgress, ScheduledAssignment, TrainingReport
from bot.training.question import ReportQuestion

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
ZONE = "Europe/Berlin"
LAST_30_DAYS = Period(date(2026, 10, 24), date(2026, 11, 22), ZONE, "last 30 days")
EVIL = "<!channel> *x* & <script>alert(1)</script> <https://evil.example|Your report>"

PEOPLE = (
    Assignment("asgn_1", "ada@example.com", "completed", NOW - timedelta(days=9), 5, 5),
    Assignment(
        "asgn_2",
        "bob@example.com",
        "in_progress",
        NOW - timedelta(days=8),
        3,
        5,
        (
            ModuleProgress("Intro", "completed", None, NOW - timedelta(days=7)),
            ModuleProgress("Rigging", "in_progress", NOW - timedelta(days=2)),
        ),
    ),
    Assignment("asgn_3", "cy@example.com", "overdue", NOW - timedelta(days=30), 0, 5),
    Assignment("asgn_4", "di@example.com", "on_hold"),
    Assignment("asgn_5", "ed@example.com", "pending", NOW, None, 5),
)
REPORT = TrainingReport(
    "flow_onb001",
    "Onboarding",
    total=45,
    completed=38,
    average_time="1.5 days",
    assignments=PEOPLE,
    scheduled=(
        ScheduledAssignment("sched_2", "fay@example.com", "pending"),
        ScheduledAssignment(
            "sched_1", "gus@example.com", "pending", NOW + timedelta(days=3), "weekly"
        ),
    ),
)
QUESTION = ReportQuestion("onboarding", "last-30d")
SUBSCRIPTION = Subscription(
    id=3,
    channel="CTRAIN",
    kind=REPORT_KIND,
    question=ReportQuestion("onboarding", "last-7d", "overdue"),
    cron="0 9 * * 1-5",
    words="weekdays at 09:00",
    zone=ZONE,
    creator="UADA",
    created_at=NOW,
    next_run_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
)
OCCASION = Occasion(zone=ZONE, asked_at=NOW, now=NOW, asked_by="Ada")
RUNS = tuple(datetime(2026, 11, day, 8, 0, tzinfo=UTC) for day in (23, 24, 25))

_ODD = [EVIL, "", " ", "\n", "\x00\u202e", "&" * 300, "*_~`", "=1+1", "x" * 300, "\ud800"]
vendor_text = st.sampled_from(_ODD) | st.text(max_size=60)
long_text = vendor_text.map(lambda text: text * 50)
