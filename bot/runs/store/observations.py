"""Every look at an execution comes through here: state, news and jobs in one transaction.

Whatever is to be told becomes a keyed job together with the state that it follows from, so that a
process that dies at any moment leaves either both or neither.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.jobs.store import add_job
from bot.runs.core.history import Usual
from bot.runs.core.watching import NOTHING, Condition, RunState, merge, news, remembered, vanished
from bot.runs.intents import News, TellCard, TellWatch
from bot.runs.model import Execution, Progress
from bot.runs.store.cards import edit_soon, get_card
from bot.runs.store.executions import get_execution, put_execution
from bot.runs.store.watches import FOREVER, Watch, all_watches, put_marks
from bot.store.database import Database, Transaction

NEWS = "watch:"
"""So begin the keys of what channels are told because they watch."""

SKEW = timedelta(seconds=5)
"""So little the vendor's clock may be behind ours unnoticed; what was older when a watch began is
no news."""

Observation = Execution | Progress


@dataclass(frozen=True, slots=True)
class _Event:
    tracked: RunState
    condition: Condition
    number: int

    @property
    def moment(self) -> datetime | None:
        """When it became true by the vendor's clock, where that is known."""
        if self.condition is Condition.STUCK:
            return None
        if self.condition is Condition.STARTED:
            return self.tracked.created_at
        return self.tracked.ended_at or self.tracked.modified_at


class Observations:
    """Records what was seen."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        ahead: Callable[[], timedelta],
        recorded: Callable[[], None],
    ) -> None:
        """Write into this database, and call `recorded` when something came of it.

        `ahead` says by how much the vendor's clock is ahead of `clock`.
        """
        self._database = database
        self._clock = clock
        self._ahead = ahead
        self._recorded = recorded

    async def record(
        self,
        seen: Sequence[Observation],
        *,
        usual: Usual | None = None,
        marks: dict[str, str] | None = None,
    ) -> int:
        """Record looks, oldest first, and how far a poll came; return how many showed news."""
        now, ahead = self._clock.now(), self._ahead()

        def write(tx: Transaction) -> int:
            put_marks(tx, marks or {})
            return note(tx, seen, now=now, ahead=ahead, usual=usual)

        found = await self._database.transaction(write)
        if found:
            self._recorded()
        return found

    async def record_gone(self, execution_id: str) -> None:
        """Record that the vendor no longer knows an execution."""
        now = self._clock.now()
        await self._database.transaction(lambda tx: _note_gone(tx, execution_id, now=now))
        self._recorded()


def note(
    tx: Transaction,
    seen: Sequence[Observation],
    *,
    now: datetime,
    ahead: timedelta = NOTHING,
    usual: Usual | None = None,
) -> int:
    """Write what was seen with the jobs that tell of it; return how many executions had news.

    The vendor's clock is `ahead` of `now`.
    """
    watches = [_by_its_clock(watch, ahead) for watch in all_watches(tx)]
    events = [
        event for one in seen for event in _note_one(tx, one, now=now, ahead=ahead, usual=usual)
    ]
    for event in events:
        _tell_card(tx, event, now=now)
    for channel in dict.fromkeys(watch.channel for watch in watches):
        wanted = _wanted(tx, channel, watches, events, now + ahead)
        if wanted:
            _tell_watch(tx, channel, wanted, now=now)
    return len({event.tracked.id for event in events})


def _note_one(
    tx: Transaction, one: Observation, *, now: datetime, ahead: timedelta, usual: Usual | None
) -> tuple[_Event, ...]:
    kept = get_execution(tx, one.id)
    if kept is None and isinstance(one, Progress):
        return ()
    before, number = kept or (None, 0)
    after = merge(before, one, now, ahead)
    found = news(before, after, usual, now + ahead)
    after = remembered(after, found)
    if before is not None and replace(after, seen_at=before.seen_at) == before:
        return ()
    number += Condition.NEEDS_INPUT in found
    put_execution(tx, after, times_asked=number)
    if before is None or before.status != after.status:
        edit_soon(tx, after.id, now=now)
    return tuple(
        _Event(after, each, number if each is Condition.NEEDS_INPUT else 1) for each in found
    )


def _note_gone(tx: Transaction, execution_id: str, *, now: datetime) -> None:
    kept = get_execution(tx, execution_id)
    if kept is None or not kept[0].alive:
        return
    put_execution(tx, vanished(kept[0], now), times_asked=kept[1])
    edit_soon(tx, execution_id, now=now)


def _tell_card(tx: Transaction, event: _Event, *, now: datetime) -> None:
    if event.condition is Condition.STARTED or get_card(tx, event.tracked.id) is None:
        return
    add_job(
        tx,
        key=f"run:{event.tracked.id}:{event.condition}:{event.number}",
        wanted=TellCard(event.tracked.id, event.condition, event.number),
        now=now,
    )


def _wanted(
    tx: Transaction,
    channel: str,
    watches: Sequence[Watch],
    events: Sequence[_Event],
    now: datetime,
) -> list[_Event]:
    here = [watch for watch in watches if watch.channel == channel]
    return [
        event
        for event in events
        if any(_watches(watch, event, now) for watch in here)
        and not _has_card_in(tx, event.tracked.id, channel)
    ]


def _by_its_clock(watch: Watch, ahead: timedelta) -> Watch:
    """Return a watch with the moment from which it tells as the vendor's clock shows it."""
    since = watch.since if watch.since == FOREVER else watch.since + ahead
    return replace(watch, created_at=since, snoozed_until=None)


def _watches(watch: Watch, event: _Event, now: datetime) -> bool:
    if event.condition not in watch.conditions or not watch.covers(event.tracked.flow):
        return False
    return (event.moment or now) >= watch.since - SKEW


def _has_card_in(tx: Transaction, execution_id: str, channel: str) -> bool:
    card = get_card(tx, execution_id)
    return card is not None and card.channel == channel


def _tell_watch(tx: Transaction, channel: str, events: Sequence[_Event], *, now: datetime) -> None:
    first = events[0]
    add_job(
        tx,
        # The same event is found once, so the first one names the whole message.
        key=f"{NEWS}{channel}:{first.tracked.id}:{first.condition}:{first.number}",
        wanted=TellWatch(channel, tuple(map(_news_of, events))),
        now=now,
    )


def _news_of(event: _Event) -> News:
    return News(event.tracked.id, event.condition, event.number)
