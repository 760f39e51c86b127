"""Replies about the deadlines of questions, and what is said when one passes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.asking.rendering.offers import offer, opening
from bot.asking.rendering.shape import headline
from bot.runs.core.deadlines import (
    AtTheEnd,
    EndDeadline,
    ListDeadlines,
    QuestionDeadline,
)
from bot.runs.core.form_answers import fields
from bot.runs.core.user_input import UserInput
from bot.runs.core.watching import RunState
from bot.runs.ids import RunBlock, RunCallback
from bot.runs.intents import GiveMoreTime
from bot.runs.model import VendorRef
from bot.runs.rendering.buttons import answer_button, cancel_button
from bot.runs.rendering.words import flow_name
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    context,
    mention,
    message,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message

CANNOT_BE_ASKED: Final = (
    "Only members of this workspace who are still here can be asked. Choose somebody else."
)
_UNITS: Final = ((86_400, "day"), (3600, "hour"), (60, "minute"))
_MOST: Final = 15


def lasting(within: timedelta) -> str:
    """Return how long a deadline is, such as "4 hours"."""
    seconds = int(within.total_seconds())
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    return counted(seconds // size, unit)


def deadline_set(rule: QuestionDeadline, then: str) -> Message:
    """Return what holds from now on, with a button that undoes it."""
    lead, rest = "Questions of ", f" are to be answered {_follows(rule, then)}"
    row = (*_remove(rule.flow), *offer("All deadlines", ListDeadlines(), privately=True))
    return message(
        f"{lead}{_named(rule.flow)}{rest}",
        paragraph(plain(lead), bold(_named(rule.flow)), plain(rest)),
        actions(RunBlock.RUN_BUTTONS, *row),
        context("By night, at the weekend and on holidays nobody is asked and nothing cancelled."),
    )


def deadline_ended(flow: VendorRef) -> Message:
    """Return that there is none any more."""
    text = f"Questions of {_named(flow)} have no deadline any more."
    row = actions(RunBlock.RUN_BUTTONS, *_open("Set another", flow.id))
    return message(text, paragraph(plain(text)), row)


def has_none(flow: VendorRef) -> str:
    """Return that there is no deadline to end."""
    return f"Questions of {_named(flow)} have no deadline. `/flow-run deadlines` shows all."


def deadline_list(rules: Sequence[QuestionDeadline], names: Mapping[str, str]) -> Answer:
    """Return every deadline, each with a button that ends it."""
    new = actions(RunBlock.RUN_BUTTONS, *_open("Set a deadline", ""))
    if not rules:
        text = "Questions of runs have no deadline."
        more = "With one, a second person is asked when nobody answers, or the run is cancelled."
        return Answer(message(f"{text} {more}", paragraph(plain(f"{text} {more}")), new))
    lead = f"{counted(len(rules), 'deadline')} for the questions of runs"
    rows = [_row(each, names.get(each.then, "")) for each in rules[:_MOST]]
    if rules[_MOST:]:
        rows.append(context(f"and {len(rules) - _MOST:,} more"))
    text = "; ".join(f"{_named(each.flow)} {lasting(each.within)}" for each in rules[:_MOST])
    first, *others = fit(message(f"{lead}: {text}.", headline(lead), *rows), closing=(new,))
    return Answer(first, thread=tuple(others))


def deadline_passed(
    run: RunState,
    number: int,
    question: UserInput,
    rule: QuestionDeadline,
    *,
    then: str,
    missing: str,
) -> Message:
    """Return that nobody has answered in time, to `then` by Slack's id, with what can be done.

    `number` is that of the question. `missing` is the name of who was to be asked and is no longer
    here.
    """
    name, ago = flow_name(run.flow), lasting(rule.within)
    line = f" still needs an answer to go on; it was to come within {ago}."
    after = ""
    if rule.at_end is AtTheEnd.CANCEL:
        after = f" After {ago} more without one I cancel the run, as {rule.creator_name} set it."
    gone = f" {missing}, who was to be asked now, is no longer here." if missing else ""
    lead = (mention(then), plain(": ")) if then else ()
    row = answer_button(run) if fields(question) else ()
    more = offer("More time", GiveMoreTime(run.id, number)) if after else ()
    return message(
        f"{name}{line}{after}{gone}",
        paragraph(*lead, bold(name), plain(f"{line}{after}{gone}")),
        actions(RunBlock.QUESTION_BUTTONS, *row, *more, cancel_button(run)),
    )


def more_time(run: RunState, *, by: str, within: timedelta) -> Message:
    """Return who let it go on waiting."""
    name, rest = flow_name(run.flow), f" {lasting(within)} more to be answered."
    lead = f"{by} gave "
    return message(f"{lead}{name}{rest}", paragraph(plain(lead), bold(name), plain(rest)))


def cancels(run: RunState, rule: QuestionDeadline) -> Message:
    """Return that a run is cancelled now as nobody answered."""
    twice = lasting(rule.within * 2)
    rest = f": nobody answered within {twice}, so I cancel it, as {rule.creator_name} set it."
    name = flow_name(run.flow)
    return message(f"{name}{rest}", paragraph(bold(name), plain(rest)))


def nobody_to_cancel(run: RunState, rule: QuestionDeadline) -> Message:
    """Return that a run goes on waiting, as whoever wished it cancelled is gone."""
    name = flow_name(run.flow)
    rest = (
        f" still waits for an answer. {rule.creator_name} wished it cancelled by now, but is no "
        "longer here, so I leave it."
    )
    row = actions(RunBlock.QUESTION_BUTTONS, *answer_button(run), cancel_button(run))
    return message(f"{name}{rest}", paragraph(bold(name), plain(rest)), row)


def _follows(rule: QuestionDeadline, then: str) -> str:
    within = lasting(rule.within)
    who = then or "whoever started the run"
    asked = f"within {within}. Then I ask {who}{' too' if then else ' again'}"
    if rule.at_end is AtTheEnd.WAIT:
        return f"{asked}."
    return f"{asked}, and after {within} more without an answer I cancel the run."


def _row(rule: QuestionDeadline, then: str) -> Block:
    made = section(f"{_named(rule.flow)} · {_follows(rule, then)} · by {rule.creator_name}")
    remove = _remove(rule.flow)
    return {**made, **({"accessory": remove[0]} if remove else {})}


def _named(flow: VendorRef) -> str:
    return flow_name(flow) if flow.id else "all flows"


def _remove(flow: VendorRef) -> tuple[Element, ...]:
    spoken = f"Remove the deadline of {_named(flow)}"
    return offer("Remove", EndDeadline(flow.id), spoken=spoken)


def _open(label: str, flow_id: str) -> tuple[Element, ...]:
    return opening(label, RunCallback.DEADLINE, about=flow_id)
