"""Examples of training, for the tests that walk all rooms."""

from bot.asking.core.arguments import Ask
from bot.training.core.options import RESERVED
from bot.training.question import ReportQuestion
from tests.examples import Examples, Findable

EXAMPLES = Examples(
    answers=(
        "/flow-report onboarding last-30d",
        "/flow-report onboarding overdue detailed",
        "/flow-report onboarding this-quarter by week",
        "/flow-report onboarding export csv",
        "/flow-report all",
        "/flow-report all overdue",
    ),
    workbooks={
        "/flow-report onboarding export xlsx": ("People", "Upcoming", "Notes"),
        "/flow-report onboarding export xlsx raw": ("Report",),
        "/flow-report all overdue export xlsx": ("People", "Flows", "Notes"),
    },
    findable={
        "training flow": Findable(
            '/flow-report "{}" last-7d',
            "ladder safety",
            "Nobody assigned 17",
        )
    },
    commands=lambda name: {"/flow-report {} overdue": Ask(ReportQuestion(name, status="overdue"))},
    questions=lambda name: (ReportQuestion(name), ReportQuestion(name, "last-7d", "overdue")),
    words=RESERVED,
)
