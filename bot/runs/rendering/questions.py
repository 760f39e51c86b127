"""The question of a paused run in its thread, and what becomes of it."""

from datetime import timedelta
from typing import Final

from bot.runs.core.form_answers import fields
from bot.runs.core.user_input import UserInput
from bot.runs.core.watching import RunState
from bot.runs.ids import RunBlock
from bot.runs.model import SELECT_FLOW, WAITING
from bot.runs.rendering.buttons import answer_button, cancel_button
from bot.runs.rendering.words import exactly, flow_name, panel, vendor_words
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    mention,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.wording import some_of
from bot.slack.messages import Block, Message

_ANSWER_THERE: Final = "Answer in Smart Flows"
_CHOOSE_THERE: Final = "Choose in Smart Flows"


def question_posted(
    run: RunState, question: UserInput | None, *, panel_url: str = "", mentions: str = ""
) -> Message:
    """Return the question with a button to answer it, or the way to the vendor's own panel.

    The panel is for what Slack has no inputs for and for a question that came without a form.
    `mentions` is the id of the one person to notify, or empty.
    """
    name = flow_name(run.flow)
    asks = _asks(question)
    lead = (*_addressed(mentions), bold(name), plain(f" needs an answer to go on.{asks}"))
    text = f"{name} needs an answer to go on.{asks}"
    if question and fields(question):
        return message(text, paragraph(*lead), _answer_button(run))
    return message(f"{text} {_ANSWER_THERE}.", paragraph(*lead), _elsewhere(panel_url))


def answered(run: RunState, *, by: str) -> Message:
    """Return who answered; it takes the place of the question."""
    name = flow_name(run.flow)
    lead, rest = f"{by} answered; ", " is continuing."
    return message(f"{lead}{name}{rest}", paragraph(plain(lead), bold(name), plain(rest)))


def already_answered(run: RunState, *, by: str = "") -> Message:
    """Return to the second of two that the question has been answered."""
    who = f": {by} was first" if by else ""
    return _line(run, f"no longer needs this answer{who}")


def reminder(
    run: RunState,
    question: UserInput | None,
    *,
    waited: timedelta,
    panel_url: str = "",
    mentions: str = "",
) -> Message:
    """Return the one reminder of a question that nobody has answered for `waited`."""
    name = flow_name(run.flow)
    line = f" has been waiting for an answer for {exactly(waited)}."
    lead = paragraph(*_addressed(mentions), bold(name), plain(line))
    if question and fields(question):
        return message(f"{name}{line}", lead, _answer_button(run))
    return message(f"{name}{line} {_ANSWER_THERE}.", lead, _elsewhere(panel_url))


def waiting_for(
    run: RunState, waits_for: str, *, panel_url: str = "", mentions: str = ""
) -> Message:
    """Return what a run in Waiting or SelectFlow waits for; `waits_for` is the vendor's word."""
    name = flow_name(run.flow)
    line = _waits(run.status, vendor_words(waits_for))
    label = _CHOOSE_THERE if run.status == SELECT_FLOW else "Open in Smart Flows"
    way_out = panel(label, panel_url)
    return message(
        f"{name}{line}",
        paragraph(*_addressed(mentions), bold(name), plain(line)),
        *([paragraph(*way_out)] if way_out else []),
    )


def _waits(status: str, what: str) -> str:
    if status == WAITING:
        return f" waits for {what or 'somebody outside Smart Flows'}, then continues by itself."
    about = f" ({what})" if what else ""
    return f" waits until somebody chooses a flow for its data{about} in Smart Flows."


def _asks(question: UserInput | None) -> str:
    """Return the title of the form, and what it asks for."""
    if question is None:
        return ""
    title = vendor_words(question.title)
    labels = some_of([vendor_words(each.label) or "?" for each in question.fields])
    return " ".join(part for part in (f"\n{title}:" if title else "\nIt asks for:", labels) if part)


def _answer_button(run: RunState) -> Block:
    return actions(RunBlock.QUESTION_BUTTONS, *answer_button(run), cancel_button(run))


def _elsewhere(panel_url: str) -> Block:
    way_out: tuple[Element, ...] = panel(_ANSWER_THERE, panel_url)
    if way_out:
        return paragraph(*way_out)
    return paragraph(plain("Answer it in Smart Flows."))


def _addressed(user_id: str) -> tuple[Element, ...]:
    return (mention(user_id), plain(": ")) if user_id else ()


def _line(run: RunState, what: str) -> Message:
    name = flow_name(run.flow)
    return message(f"{name} {what}.", paragraph(bold(name), plain(f" {what}.")))
