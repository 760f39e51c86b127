"""What people call a report, to stand within a sentence. Pure."""

from bot.asking.core.spans import spoken
from bot.slack.blocks.wording import FORMATS, capital
from bot.training.core.names import ALL
from bot.training.question import ReportQuestion


def report_title(question: ReportQuestion) -> str:
    """Return a title such as "Onboarding, overdue, last 7 days"."""
    name = "all flows" if question.flow == ALL else capital(question.flow)
    words = (
        name,
        question.status.replace("_", " "),
        spoken(question.period),
        "with modules" if question.detailed else "",
        f"by {question.by}" if question.by else "",
        f"as {FORMATS[question.export]}" if question.export else "",
    )
    return ", ".join(filter(None, words))
