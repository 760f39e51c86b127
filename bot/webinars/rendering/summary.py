"""How an event went: attendance, chat volume and the headline of its survey, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.occasions import note
from bot.asking.rendering.offers import offer
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    context,
    header,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer
from bot.webinars.core.attendance import Attendance
from bot.webinars.core.surveys import Headline
from bot.webinars.model import Event, Phase
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering.events import closing, event_buttons, title_of, when, when_words
from bot.webinars.rendering.registrants import attendance_blocks, attendance_words

MOST_OTHERS: Final = 3
OTHERS: Final = "Other sessions of this event:"


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What FLOW reports of an event beside its registrants.

    `survey` is the headline of the first of `surveys`. The chats are numbers of messages, None
    where FLOW gives none; `trouble` is a sentence on what could not be had. `with_file` says that
    the compiled report is in the thread.
    """

    attendee_chat: int | None = None
    operator_chat: int | None = None
    survey: Headline | None = None
    surveys: int = 1
    trouble: str = ""
    with_file: bool = False


def summary_answer(
    event: Event, sums: Attendance, after: Aftermath, occasion: Occasion, *, phase: Phase
) -> Answer:
    """Return how an event went, or how it goes while it runs."""
    facts = _facts(after)
    spoken = " ".join(f"{label}: {fact}." for label, fact in facts)
    held = {Phase.TO_COME: "Begins: ", Phase.RUNNING: "Running since: ", Phase.OVER: "Held: "}
    file = "The compiled report is in the thread." if after.with_file else ""
    sentences = (attendance_words(sums, phase), spoken, after.trouble, file)
    whole = message(
        " ".join([f"{title_of(event)}:", *filter(None, sentences)]),
        header(title_of(event)),
        *note(occasion),
        paragraph(plain(held[phase]), when(event)),
        *attendance_blocks(sums, phase),
        *([paragraph(*_lines(facts))] if facts else []),
        *(context(line) for line in (after.trouble, file) if line),
    )
    first, *more = fit(whole, closing=closing(occasion, *event_buttons(event, phase)))
    return Answer(first, thread=tuple(more))


def with_sessions(answer: Answer, others: Sequence[Event], occasion: Occasion) -> Answer:
    """Return the answer with buttons for the latest of the other sessions that were held."""
    buttons = [
        each
        for event in others[:MOST_OTHERS]
        for each in offer(
            when_words(event, occasion.zone).removesuffix(f" {occasion.zone}"),
            EventsQuestion("summary", event.token, token=event.token),
            spoken=f"How {title_of(event)} went, {when_words(event, occasion.zone)}",
            privately=occasion.private,
        )
    ]
    if not buttons:
        return answer
    row = (paragraph(plain(OTHERS)), actions(BlockId.CHOICES, *buttons))
    whole = answer.message
    return replace(answer, message=replace(whole, blocks=(*whole.blocks, *row)))


def _facts(after: Aftermath) -> list[tuple[str, str]]:
    chats = (
        ("" if count is None else f"{counted(count, 'message')} of the {who}")
        for count, who in ((after.attendee_chat, "audience"), (after.operator_chat, "hosts"))
    )
    survey = _survey(after.survey) if after.survey else ""
    if survey and after.surveys > 1:
        survey = f"{survey}. This is the first of {after.surveys} surveys"
    facts = (("Chat", ", ".join(filter(None, chats))), ("Survey", survey))
    return [(label, fact) for label, fact in facts if fact]


def _lines(facts: list[tuple[str, str]]) -> list[Element]:
    lines: list[Element] = []
    for number, (label, fact) in enumerate(facts):
        lines += [bold(f"\n{label}: " if number else f"{label}: "), plain(fact)]
    return lines


def _survey(survey: Headline) -> str:
    answers = counted(survey.answers, "answer")
    if survey.average is not None:
        return f'{answers}; "{survey.question}": {survey.average:g} on average'
    if survey.question:
        share = f"{survey.top_count:,} of {survey.answers:,}"
        return f'{answers}; "{survey.question}": most said "{survey.top}" ({share})'
    return answers
