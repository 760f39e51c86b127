"""Replies to watching flows in a channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.core.arguments import meant, quoted
from bot.asking.core.terms_words import globs_words
from bot.asking.rendering.dates import weekday_and_time
from bot.asking.rendering.offers import Offer, offer
from bot.asking.rendering.presses import menu_of
from bot.asking.rendering.shape import headline
from bot.codec import encode
from bot.jobs.request import Intent
from bot.runs.core.command import ListWatches, UnwatchFlow, WatchFlow
from bot.runs.core.watching import DEFAULT_CONDITIONS, Condition
from bot.runs.ids import RunBlock
from bot.runs.intents import SnoozeWatch, WakeWatch
from bot.runs.question import RunsQuestion
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.words import LONGEST_NAME
from bot.slack.blocks.blocks import (
    Element,
    actions,
    channel,
    context,
    message,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.budget import clean, cut, fit
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message

_ALL: Final = "all flows"
_LONG: Final = 10
"""Years of a snooze that nobody waits for."""
_MOST: Final = 15
"""So many watches have a line each."""
_TOLD: Final = {
    Condition.STARTED: "starts",
    Condition.FINISHED: "finishes",
    Condition.FAILED: "fails",
    Condition.NEEDS_INPUT: "needs an answer",
    Condition.STUCK: "gets stuck",
}


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One watch of a channel; an empty `flow` stands for all flows. `is_paused` says how it is.

    `id` is the flow's, empty for all flows. Nothing is told before `snoozed_until`.
    """

    flow: str
    conditions: tuple[Condition, ...]
    created_by: str = ""
    is_paused: bool = False
    id: str = ""
    snoozed_until: datetime | None = None
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What is watched, such as "all flows, without *test*"."""
        return ", ".join(filter(None, (_name(self.flow), globs_words(self.parts))))


def watching(watched: WatchLine, *, own_only: bool) -> Message:
    """Return what this channel is told of from now on, with a button to end it."""
    before, what = ("I'll post here when ", _when_of(watched))
    return message(
        f"{before}{what}{f' {OWN_ONLY}.' if own_only else ''}",
        paragraph(plain(f"{before}{what}")),
        actions(RunBlock.RUN_BUTTONS, *_stop(watched), *_all_here()),
        *([context(OWN_ONLY)] if own_only else []),
    )


def unwatched(watched: WatchLine) -> Message:
    """Return that a watch has ended, with a button to have it again."""
    text = f"I no longer post here about {watched.name}."
    again = _begin("Watch again", watched)
    row = (actions(RunBlock.RUN_BUTTONS, *again),) if again else ()
    return message(text, paragraph(plain(text)), *row)


def snoozed(watched: WatchLine, *, zone: str, now: datetime) -> Message:
    """Return until when nothing is told, with a button that undoes it."""
    rests = _until(watched, zone, now) or "for now"
    text = f"I won't post here about {watched.name} {rests}."
    row = actions(RunBlock.RUN_BUTTONS, *_wake("Undo", watched), *_stop(watched))
    return message(text, paragraph(plain(text)), row)


def awake(watched: WatchLine) -> Message:
    """Return that a watch tells again."""
    text = f"From now on I post here again when {_when_of(watched)}"
    row = actions(RunBlock.RUN_BUTTONS, *_stop(watched))
    return message(text, paragraph(plain(text)), row)


def snooze_menu(flow_id: str) -> tuple[Element, ...]:
    """Return the menu on news of a flow that lets its watch rest."""
    rests = (("For 1 day", 1), ("For 1 week", 7), ("Until resumed", 0))
    return menu_of("Snooze", [(each, _offer(SnoozeWatch(flow_id, days))) for each, days in rests])


def not_watched(flow: str, *, near: Sequence[str] = ()) -> Message:
    """Return that there was no such watch here; `near` are watched flows with such a name."""
    what = quoted(flow) if flow else _ALL
    text = f"This channel doesn't watch {what}.{meant(near)}"
    stops = [stop for each in near for stop in offer(f"Stop {each}"[:75], UnwatchFlow(each))]
    return message(
        text, paragraph(plain(text)), actions(RunBlock.RUN_BUTTONS, *stops, *_all_here())
    )


def watch_name(flow: str) -> str:
    """Return what a watch is called in a sentence; without a flow it is one of all of them."""
    return f"the watch of {_name(flow)}"


def watch_untold(watched: WatchLine, channel_id: str, trouble: str) -> Message:
    """Return to whoever made a watch that some news could not be told."""
    lead = f"There is news of {watched.name} that I could not tell in "
    latest = offer("Latest runs", RunsQuestion(which="latest"))
    return message(
        f"{lead}its channel. {trouble}",
        paragraph(plain(lead), channel(channel_id), plain(f". {trouble}")),
        actions(RunBlock.RUN_BUTTONS, *latest),
    )


def watch_list(watches: Sequence[WatchLine], *, own_only: bool, zone: str, now: datetime) -> Answer:
    """Return what this channel watches, each with a menu of what can be done about it."""
    lead = f"This channel watches {counted(len(watches), 'flow')}"
    if not watches:
        lead = "This channel watches no flow"
    elif any(not each.flow for each in watches):
        lead = "This channel watches all flows"
    names = "; ".join(each.name for each in watches)
    all_flows = () if watches else _begin("Watch all flows", WatchLine("", DEFAULT_CONDITIONS))
    closing = (
        *([actions(RunBlock.RUN_BUTTONS, *all_flows)] if all_flows else []),
        *([context(OWN_ONLY)] if own_only else []),
    )
    text = f"{lead}: {names}." if names else f"{lead}."
    rows = [_row(each, zone, now) for each in watches[:_MOST]]
    if watches[_MOST:]:
        rows.append(context(f"and {len(watches) - _MOST:,} more"))
    first, *more = fit(message(text, headline(lead), *rows), closing=closing)
    return Answer(first, thread=tuple(more))


def _row(watched: WatchLine, zone: str, now: datetime) -> Block:
    by = f" · by {watched.created_by}" if watched.created_by else ""
    until = _until(watched, zone, now)
    state = "Paused · " if watched.is_paused else f"Snoozed {until} · " if until else ""
    line = f"{watched.name} · {state}when it {_conditions(watched.conditions)}{by}"
    beside = _beside(watched, is_snoozed=bool(until))
    return {**section(line), **({"accessory": beside[0]} if beside else {})}


def _beside(watched: WatchLine, *, is_snoozed: bool) -> tuple[Element, ...]:
    if watched.is_paused:
        return _begin("Resume", watched)
    if is_snoozed:
        return _wake("Resume", watched)
    flow = watched.id
    return menu_of(
        "Change",
        [
            ("Snooze 1 day", _offer(SnoozeWatch(flow, 1))),
            ("Snooze 1 week", _offer(SnoozeWatch(flow, 7))),
            ("Mute until resumed", _offer(SnoozeWatch(flow))),
            ("Stop", _offer(UnwatchFlow(flow))),
        ],
    )


def _until(watched: WatchLine, zone: str, now: datetime) -> str:
    """Return until when a watch rests; empty where it does not."""
    until = watched.snoozed_until
    if until is None or until <= now:
        return ""
    if until.year > now.year + _LONG:
        return "until somebody resumes it"
    return f"until {weekday_and_time(until, zone, this_year=now.year)}"


def _offer(wanted: Intent) -> Offer:
    details = {name: value for name, value in encode(wanted).items() if value}  # it has to fit
    return Offer(wanted.job, details, privately=False)


def _wake(label: str, watched: WatchLine) -> tuple[Element, ...]:
    return offer(label, WakeWatch(watched.id), spoken=f"Watch {watched.name} again")


def _stop(watched: WatchLine) -> tuple[Element, ...]:
    return offer("Stop", UnwatchFlow(watched.id), spoken=f"Stop watching {watched.name}")


def _begin(label: str, watched: WatchLine) -> tuple[Element, ...]:
    return offer(label, WatchFlow(watched.id, watched.conditions, watched.parts))


def _all_here() -> tuple[Element, ...]:
    return offer("All watches here", ListWatches(privately=True), privately=True)


def _when_of(watched: WatchLine) -> str:
    parts = globs_words(watched.parts)
    any_flow = f"any flow ({parts})" if parts else "any flow"
    which = watched.name if watched.flow else any_flow
    return f"{which} {_conditions(watched.conditions)}."


def _name(flow: str) -> str:
    return cut(clean(flow), LONGEST_NAME, empty="a flow without a name").strip() if flow else _ALL


def _conditions(conditions: Sequence[Condition]) -> str:
    said = [_TOLD[each] for each in Condition if each in conditions]
    *most, last = said
    return f"{', '.join(most)} or {last}" if most else last
