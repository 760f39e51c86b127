"""What people call a look at runs, to stand within a sentence. Pure."""

from typing import Final

from bot.asking.core.spans import spoken
from bot.runs.question import RunsQuestion
from bot.slack.blocks.wording import FORMATS

_LISTS: Final = {
    "running": "runs going on",
    "failed": "failed runs",
    "waiting": "waiting runs",
    "today": "today's runs",
    "latest": "the latest runs",
}


def runs_title(question: RunsQuestion) -> str:
    """Return a title such as "Invoice run, last 7 days"."""
    about = (question.flow or "all Smart Flows", spoken(question.period))
    words = (
        *((_LISTS[question.which],) if question.which else about),
        f"as {FORMATS[question.export]}" if question.export else "",
    )
    return ", ".join(filter(None, words))
