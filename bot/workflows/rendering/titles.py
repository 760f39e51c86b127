"""What people call an export, to stand within a sentence. Pure."""

from bot.asking.core.spans import spoken
from bot.slack.blocks.wording import FORMATS, lowered
from bot.workflows.question import INFO, WORKFLOWS, ExportQuestion
from bot.workflows.rendering.exports import what_words


def export_title(question: ExportQuestion) -> str:
    """Return a title such as "Spring campaign, step 2, last week, as Excel"."""
    whole = {WORKFLOWS: "all workflows", INFO: question.workflow}.get(question.data)
    about = (question.workflow, lowered(what_words(question)), spoken(question.period))
    words = (
        *((whole,) if whole else about),
        f"as {FORMATS[question.export]}" if question.export else "",
    )
    return ", ".join(filter(None, words))
