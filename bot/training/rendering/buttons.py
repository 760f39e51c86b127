"""What can be done from a training report, the likeliest first."""

from collections.abc import Iterator
from dataclasses import replace

from bot.asking.occasion import Occasion
from bot.asking.rendering.offers import offer, opening
from bot.slack.blocks.blocks import Element
from bot.training.core.names import ALL
from bot.training.core.reminding import PreviewReminders
from bot.training.ids import TrainingCallback
from bot.training.model import OVERDUE
from bot.training.question import ReportQuestion


def ask(label: str, question: ReportQuestion, occasion: Occasion) -> tuple[Element, ...]:
    """Return the button that asks a question, for the asker alone where this answer is."""
    return offer(label, question, privately=occasion.private)


def remind(question: ReportQuestion) -> tuple[Element, ...]:
    """Return the button that shows, to whoever presses it alone, who would be reminded."""
    flow = question.flow_id or question.flow
    return offer("Remind them", PreviewReminders(flow), privately=True)


def report_buttons(
    question: ReportQuestion,
    occasion: Occasion,
    *,
    total: int,
    listed: int,
    late: int,
    elsewhere: int,
) -> Iterator[Element]:
    """Yield the buttons of the report on one flow: `late` of the `listed` are overdue, of `total`.

    `elsewhere` more are overdue that the period hides.
    """
    if elsewhere:
        everyone = replace(question, status=OVERDUE, period="", by="", detailed=False)
        yield from ask("Show all overdue", everyone, occasion)
    if not total and question.period:
        yield from ask("All dates", replace(question, period=""), occasion)
    elif not total:
        yield from opening("Assign", TrainingCallback.ASSIGN, about=question.flow)
    elif question.status == OVERDUE and late:
        yield from remind(question)
        yield from ask("Everybody", replace(question, status="", by=""), occasion)
    elif question.status:
        yield from ask("Everybody", replace(question, status="", by=""), occasion)
    elif late or question.by:
        only = ask("Only overdue", replace(question, status=OVERDUE, by=""), occasion)
        yield from only if late else ask("Everybody", replace(question, by=""), occasion)
    if listed and not question.detailed and not question.by:
        yield from ask("Details", replace(question, detailed=True), occasion)
    yield from ask("All flows", ReportQuestion(ALL, status=question.status), occasion)
