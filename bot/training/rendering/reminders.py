"""Reminders in words: before they are sent, to whom they come, and what came of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.core.arguments import in_a_row
from bot.asking.rendering.dates import local_day, weekday_and_day
from bot.asking.rendering.offers import offer, opening
from bot.consent.intents import StopBeingFound
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    context,
    header,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.wording import counted, some_of
from bot.slack.messages import Block, Message
from bot.training.core.reminding import (
    MOST_AT_ONCE,
    CancelReminders,
    CheckTraining,
    Fate,
    ReminderPlans,
    RemindOverdue,
    StopReminders,
)
from bot.training.ids import TrainingBlock, TrainingCallback
from bot.training.model import Assignment

RULES: Final = (
    "One direct message each, in your name · at most one a day, on working days from 8:00 to 18:00 "
    "of their own · nobody else sees who is overdue"
)
STOP: Final = "Stop these reminders"


@dataclass(frozen=True, slots=True)
class ReminderItem:
    """One thing that somebody is reminded of: the flow, by whom, their words, and the facts."""

    flow_id: str
    flow: str
    sender: str
    note: str
    assignment: Assignment


def preview(
    wanted: RemindOverdue, plans: ReminderPlans, names: Sequence[str], *, overdue: int
) -> Message:
    """Return what would be done, for whoever wants it alone.

    `names` are those of the people who are reminded, as they are called in Slack; none is notified.
    """
    flow = wanted.flow
    if not overdue:
        return says(f"Nobody is overdue in {flow}.")
    does = _does(plans)
    title = f"{does} of {flow}?" if does else f"Nobody can be reminded of {flow} now"
    if plans.of(Fate.ASKED) and not plans.of(Fate.NOW, Fate.LATER):
        title = f"{does} whether I may remind them of {flow}?"
    note = (paragraph(plain("Your note: "), plain(wanted.note)),) if wanted.note else ()
    return message(
        title,
        header(title),
        bullets(*_lines(plans, names)),
        *note,
        *_confirming(wanted, does),
        context(
            counted(overdue, "person", "people") + " overdue",
            f"the {MOST_AT_ONCE} that wait longest come first" if overdue > MOST_AT_ONCE else "",
            RULES if does else "",
        ),
    )


def cancelled(flow: str) -> Message:
    """Return that nobody was reminded."""
    return says(f"Cancelled. Nobody was reminded of {flow}.")


def on_the_way(flow: str, plans: ReminderPlans, *, token: str) -> Message:
    """Return what happens now, with a button that stops what is left."""
    now, later, asked = (len(plans.of(each)) for each in (Fate.NOW, Fate.LATER, Fate.ASKED))
    parts = [
        f"{counted(now, 'person', 'people')} now" if now else "",
        f"{counted(later, 'person', 'people')} on their next working morning" if later else "",
    ]
    told = in_a_row(filter(None, parts))
    said = [f"I'm reminding {told} of {flow}." if told else f"Nobody is reminded of {flow} now."]
    if asked:
        be = "is" if asked == 1 else "are"
        said.append(f"{counted(asked, 'person', 'people')} {be} asked first whether I may.")
    said += [f"{each}." for each in _left_out(plans)]
    row = offer("Stop the rest", StopReminders(token), privately=True) if told or asked else ()
    text = " ".join(said)
    shown = (actions(TrainingBlock.REMIND_BUTTONS, *row),) if row else ()
    return message(text, paragraph(plain(text)), *shown)


def stopped(flow: str, *, left: int, sent: int) -> Message:
    """Return how many were stopped, and how many had been sent."""
    if not left:
        return says(f"There is nothing left to stop: all reminders of {flow} are sent or ended.")
    sent_words = f"{counted(sent, 'reminder')} had been sent." if sent else "None had been sent."
    return says(f"Stopped {counted(left, 'reminder')} of {flow}. {sent_words}")


def summary(flow: str, *, sent: int, finished: int, asked: int, unreached: int) -> Message:
    """Return what came of it for whoever wanted it; without names."""
    lead = f"{counted(sent, 'person', 'people') if sent else 'Nobody'} reminded of {flow}."
    have = "has" if asked == 1 else "have"
    more = (
        f"{counted(finished, 'person', 'people')} had finished it by then." if finished else "",
        f"{counted(asked, 'person', 'people')} {have} not said yet whether I may." if asked else "",
        f"{counted(unreached, 'person', 'people')} not reached." if unreached else "",
    )
    return says(" ".join(filter(None, (lead, *more))))


def reminder(found: Sequence[ReminderItem], *, zone: str, now: datetime) -> Message:
    """Return the message to somebody who is overdue: who asks, of what, and what can be done."""
    senders = in_a_row(dict.fromkeys(each.sender for each in found))
    flows = in_a_row(dict.fromkeys(each.flow for each in found))
    be = "is" if len(found) == 1 else "are"
    lead = f"{flows} {be} overdue. {senders} asked me to remind you."
    year = local_day(now, zone).year
    lines = bullets(*[tuple(_line(each, zone, year)) for each in found])
    done = CheckTraining(tuple(each.flow_id for each in found))
    return message(
        lead,
        paragraph(plain(lead)),
        lines,
        actions(
            TrainingBlock.REMIND_BUTTONS,
            *offer("I've done it", done, spoken="I've done it: look again", privately=True),
            *offer(STOP, StopBeingFound(), privately=True),
        ),
        context("At most one reminder a day", "Source: MomoFlow"),
    )


def checked(late: Mapping[str, Assignment], done: Sequence[str]) -> Message:
    """Return which flows MomoFlow lists as overdue for somebody, by their names, and which not."""
    said = [f"MomoFlow no longer lists {in_a_row(done)} as overdue. Thank you!"] if done else []
    if late:
        progress = [_with_progress(flow, each) for flow, each in late.items()]
        said.append(
            f"MomoFlow still lists {in_a_row(progress)} as overdue for you. It may take some "
            "minutes until it knows."
        )
    return says(" ".join(said))


def _does(plans: ReminderPlans) -> str:
    """Return what the button does, such as "Remind 12 people"; empty for nothing."""
    reminded, asked = len(plans.of(Fate.NOW, Fate.LATER)), len(plans.of(Fate.ASKED))
    if reminded:
        return f"Remind {counted(reminded, 'person', 'people')}"
    if asked:
        return f"Ask {counted(asked, 'person', 'people')}"
    return "Remind those I find" if plans.open else ""


def _lines(plans: ReminderPlans, names: Sequence[str]) -> Iterator[Sequence[Element]]:
    now, later, asked = (len(plans.of(each)) for each in (Fate.NOW, Fate.LATER, Fate.ASKED))
    if now:
        yield (bold(f"{now:,} now"),)
    if later:
        yield bold(f"{later:,} later"), plain(": at 9:00 on their next working day")
    if now or later:
        yield (plain(f"Those are {some_of(names)}"),)
    if asked:
        be = "is" if asked == 1 else "are"
        yield bold(f"{asked:,} {be} asked first"), plain(" whether I may remind them, once ever")
    if plans.open:
        words = "is" if plans.open == 1 else "are"
        yield (plain(f"{plans.open:,} {words} still to be looked up in Slack"),)
    for each in _left_out(plans):
        yield (plain(each),)


def _left_out(plans: ReminderPlans) -> Iterator[str]:
    silent, already = len(plans.of(Fate.SILENT)), len(plans.of(Fate.ALREADY))
    if silent:
        have = "has" if silent == 1 else "have"
        yield f"{silent:,} {have} not agreed to reminders"
    if plans.absent:
        be = "is not a member" if plans.absent == 1 else "are not members"
        yield f"{plans.absent:,} {be} of this workspace"
    if already:
        be = "was" if already == 1 else "were"
        yield f"{already:,} {be} reminded today, or will be"


def _confirming(wanted: RemindOverdue, does: str) -> tuple[Block, ...]:
    again = opening("Add a note", TrainingCallback.REMIND, about=wanted.flow)
    cancel = offer("Cancel", CancelReminders(wanted.flow), privately=True)
    if not does:
        return ()
    go = offer(does, wanted, style="primary", privately=True)
    noted = () if wanted.note else again
    return (actions(TrainingBlock.REMIND_BUTTONS, *go, *noted, *cancel),)


def _line(one: ReminderItem, zone: str, year: int) -> Iterator[Element]:
    yield bold(one.flow)
    facts = []
    if one.assignment.assigned_at:
        day = local_day(one.assignment.assigned_at, zone)
        facts.append(f"assigned {weekday_and_day(day, this_year=year)}")
    if one.assignment.total_modules:
        facts.append(_progress(one.assignment))
    if facts:
        yield plain(f": {', '.join(facts)}")
    if one.note:
        yield plain(f". {one.sender}: \u201c{one.note}\u201d")


def _progress(one: Assignment) -> str:
    return f"{one.completed_modules or 0} of {counted(one.total_modules or 0, 'module')} done"


def _with_progress(flow: str, one: Assignment) -> str:
    return f"{flow} ({_progress(one)})" if one.total_modules else flow
