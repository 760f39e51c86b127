"""How an event went: attendance, chat volume and what its surveys say, without a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import Element, paragraph, plain
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer
from bot.webinars.core.attendance import Attendance
from bot.webinars.core.surveys import NO_SURVEYS, SurveySums
from bot.webinars.model import Event, Phase
from bot.webinars.rendering.buttons import asking, event_buttons, session_buttons
from bot.webinars.rendering.event_words import SOURCE
from bot.webinars.rendering.registrants import attendance_news, held_lines, hosts_words

MOST_OTHERS: Final = 3


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What FLOW reports of an event beside its registrants.

    The chats are numbers of messages, None where FLOW gives none; `trouble` is a sentence on what
    could not be had. `with_file` says that the compiled report is in the thread.
    """

    attendee_chat: int | None = None
    operator_chat: int | None = None
    surveys: SurveySums = NO_SURVEYS
    trouble: str = ""
    with_file: bool = False


def summary_answer(
    event: Event,
    sums: Attendance,
    after: Aftermath,
    occasion: Occasion,
    *,
    phase: Phase,
    others: Sequence[Event] = (),
) -> Answer:
    """Return how an event went, or how it goes while it runs; `others` are sessions held before."""
    lines = (
        *held_lines(event, sums, occasion, phase),
        *_reported(after),
        *(["The compiled report is in the thread."] if after.with_file else []),
    )
    shape = Shape(
        news=attendance_news(event, sums, phase),
        body=(paragraph(plain("\n".join(lines))),),
        buttons=_buttons(event, after, occasion, phase, others),
        facts=(hosts_words(sums), after.trouble, SOURCE),
        exports=phase is not Phase.TO_COME,
    )
    return laid_out(shape, occasion)


def _buttons(
    event: Event, after: Aftermath, occasion: Occasion, phase: Phase, others: Sequence[Event]
) -> tuple[Element, ...]:
    surveys = asking("Surveys", "surveys", event, occasion) if after.surveys.all else ()
    return tuple(
        chain(
            event_buttons(event, phase, occasion, but="summary"),
            surveys,
            session_buttons(others[:MOST_OTHERS], occasion, view="summary"),
        )
    )


def _reported(after: Aftermath) -> Iterator[str]:
    sides = ((after.attendee_chat, "attendees"), (after.operator_chat, "hosts"))
    told = [(count, who) for count, who in sides if count is not None]
    if told:
        (first, who), *rest = told
        said = [f"{counted(first, 'message')} from {who}"]
        yield f"Chat: {', '.join((*said, *(f'{count:,} from {who}' for count, who in rest)))}"
    if after.surveys.read:
        yield f"{'Surveys' if after.surveys.all > 1 else 'Survey'}: {_survey(after.surveys)}"


def _survey(surveys: SurveySums) -> str:
    answers, first = counted(surveys.answers, "answer"), surveys.first
    if surveys.all > 1:
        some = "" if surveys.read == surveys.all else f"{surveys.read} of "
        answers = f"{answers} to {some}{surveys.all} surveys"
    if first.average is not None:
        return f'{answers}; "{first.question}": {first.average:g} on average'
    if first.question:
        share = f"{first.top_count:,} of {first.answers:,}"
        return f'{answers}; "{first.question}": most said "{first.top}" ({share})'
    return answers
