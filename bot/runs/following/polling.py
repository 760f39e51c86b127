"""Looking at all executions of the project with a few list calls, however many there are.

Three lists are read newest first until they show nothing new: what was begun, what waits for
somebody, and what ended. The pages of two looks overlap, and the same execution seen twice is one.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.connection import Connection
from bot.memory import Memory
from bot.runs.client.client import LAST_CHANGED_FIRST, NEWEST_FIRST, SmartFlows
from bot.runs.core.history import Usual, is_stuck, usual
from bot.runs.core.watching import poll_interval
from bot.runs.model import ENDED, PAUSED, Execution, ExecutionFilter, ExecutionPage
from bot.runs.store.cards import CardStore
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import Observations
from bot.runs.store.watches import WatchStore
from bot.runs.vendor import VendorHealth
from bot.store.database import moment, stamp

SIZE = 50
LARGE = 200
UNSORTED_SECONDS = 15.0
"""Where what ended cannot be asked for first, a poll reads more, so it comes less often."""
OVERLAP = timedelta(minutes=2)
"""Rows may become visible a little out of order."""
MOST_PAGES = 200
FIRST_PAGES = 10
"""Without a mark to stop at, so much of the past is read."""
IDLE_SECONDS = 5.0
"""Nobody waits for anything: only our own tables are looked at, so often."""
DOWN_SECONDS = 10.0
REMEMBERED = 5_000
AUDIT_SECONDS = 30.0
AUDITED_AFTER = timedelta(minutes=10)
MOST_CHECKS = 5

CREATED = "created"
CHANGED_PAUSED = "paused"
CHANGED_ENDED = "ended"

Ask = Callable[[int], Awaitable[ExecutionPage]]
Moment = Callable[[Execution], datetime | None]


@dataclass(slots=True)
class _Poll:
    """What one poll has gathered so far."""

    marks: dict[str, str]
    rows: dict[str, Execution] = field(default_factory=dict)
    new_marks: dict[str, str] = field(default_factory=dict)


class Poller:
    """Polls when it is time; `tick` may be called as often as one likes."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        observations: Observations,
        executions: ExecutionStore,
        watches: WatchStore,
        cards: CardStore,
        health: VendorHealth,
        clock: Clock,
    ) -> None:
        """While `smartflows` is off, there is nothing to poll."""
        self._smartflows = smartflows
        self._observations = observations
        self._executions = executions
        self._watches = watches
        self._cards = cards
        self._health = health
        self._clock = clock
        self._next = clock.monotonic()
        self._news_at = clock.monotonic()
        self._audit_at = clock.monotonic()
        self._by_change = True
        self._seen = Memory[str, tuple[str, datetime | None]](REMEMBERED)

    def hurry(self) -> None:
        """Look at once, as somebody began to wait for something."""
        self._next = min(self._next, self._clock.monotonic())

    async def tick(self) -> int:
        """Poll if it is time; return how many executions had news."""
        now = self._clock.monotonic()
        if not self._smartflows.is_on or now < self._next:
            return 0
        watched, living = await self._watches.all(), await self._cards.living()
        if not watched and not living:
            self._next = now + IDLE_SECONDS
            return 0
        self._next = now + DOWN_SECONDS
        try:
            found = await self._poll(self._smartflows.client)
        except VendorError as error:
            await self._health.failed(error)
            return 0
        await self._health.worked()
        if found:
            self._news_at = now
        alive, _ = await self._executions.counts()
        pause = poll_interval(alive, living, timedelta(seconds=now - self._news_at))
        self._next = now + max(pause, 0 if self._by_change else UNSORTED_SECONDS)
        return found

    async def _poll(self, client: SmartFlows) -> int:
        poll = _Poll(await self._watches.marks())
        await self._begun(client, poll)
        waiting = await self._waiting(client, poll)
        await self._ended(client, poll)
        relevant = await self._relevant(poll.rows.values())
        found = await self._observations.record(relevant, marks=poll.new_marks)
        for one in poll.rows.values():
            self._seen.put(one.id, _essence(one))
        found += await self._moved_on(client, waiting)
        found += await self._stuck(client)
        return found + await self._audit(client)

    async def _begun(self, client: SmartFlows, poll: _Poll) -> None:
        await self._scan(
            poll,
            CREATED,
            lambda page: client.executions(page=page, size=SIZE, sort=NEWEST_FIRST),
            lambda one: one.created_at,
        )

    async def _waiting(self, client: SmartFlows, poll: _Poll) -> set[str] | None:
        """Return the ids of all that wait, or None where not all of them were read."""
        asked = ExecutionFilter(statuses=PAUSED)
        rows, complete = await self._changed(client, poll, CHANGED_PAUSED, asked)
        return {one.id for one in rows} if complete else None

    async def _ended(self, client: SmartFlows, poll: _Poll) -> None:
        if self._by_change:
            asked = ExecutionFilter(statuses=ENDED)
            await self._changed(client, poll, CHANGED_ENDED, asked)
        if not self._by_change:
            await self._ended_by_creation(client, poll)

    async def _changed(
        self, client: SmartFlows, poll: _Poll, name: str, asked: ExecutionFilter
    ) -> tuple[list[Execution], bool]:
        """Scan what changed last, or was created last on a server that refuses that order."""
        if self._by_change:
            try:
                return await self._scan(
                    poll, name, _asking(client, asked, LAST_CHANGED_FIRST), _changed_at
                )
            except VendorError as error:
                if error.reason is not Reason.REJECTED:
                    raise
                self._by_change = False
        return await self._scan(poll, name, _asking(client, asked, NEWEST_FIRST), _changed_at)

    async def _ended_by_creation(self, client: SmartFlows, poll: _Poll) -> None:
        """Read everything that ended and is no older than the oldest that we know to be alive."""
        _, oldest = await self._executions.counts()
        since = (oldest or self._vendor_now(client)) - OVERLAP
        asked = ExecutionFilter(statuses=ENDED, since=since)
        for page in range(MOST_PAGES):
            found = await client.filtered(asked, page=page, size=LARGE, sort=NEWEST_FIRST)
            poll.rows.update({one.id: one for one in found.rows})
            if not found.more or _is_past(found.rows, lambda one: one.created_at, since):
                return

    async def _scan(
        self, poll: _Poll, name: str, ask: Ask, when: Moment
    ) -> tuple[list[Execution], bool]:
        """Read pages until one shows nothing new; return all rows and whether there were no more.

        A list that does not come in the order that was asked for is read on to its end, and by
        creation from then on.
        """
        mark = moment(poll.marks.get(name))
        rows: list[Execution] = []
        complete = False
        for page in range(MOST_PAGES if mark else FIRST_PAGES):
            found = await ask(page)
            rows += found.rows
            complete = not found.more
            sorted_well = _descends(found.rows, when)
            if not sorted_well and name != CREATED:
                self._by_change = False
            if complete or (sorted_well and self._shows_nothing_new(found.rows, when, mark)):
                break
        poll.rows.update({one.id: one for one in rows})
        latest = max(filter(None, map(when, rows)), default=mark)
        if latest:
            poll.new_marks[name] = stamp(max(latest, mark or latest))
        return rows, complete

    def _shows_nothing_new(
        self, rows: Sequence[Execution], when: Moment, mark: datetime | None
    ) -> bool:
        if rows and all(self._seen.get(one.id) == _essence(one) for one in rows):
            return True
        return mark is not None and _is_past(rows, when, mark - OVERLAP)

    async def _relevant(self, rows: Iterable[Execution]) -> list[Execution]:
        """Return those that anybody waits for, and those that say how long such a flow takes."""
        watches, cards = await self._watches.all(), await self._cards.ids()
        flows = await self._cards.flows()
        return [
            one
            for one in rows
            if one.id in cards
            or one.flow.id in flows
            or any(watch.covers(one.flow) for watch in watches)
        ]

    async def _moved_on(self, client: SmartFlows, waiting: set[str] | None) -> int:
        """Look at those that waited and are in no list now: somebody answered them elsewhere."""
        if waiting is None:
            return 0
        gone = [one for one in await self._executions.paused() if one.id not in waiting]
        return sum([await self._check(client, one.id) for one in gone[:MOST_CHECKS]])

    async def _stuck(self, client: SmartFlows) -> int:
        """Look closely at those that take far longer than usual, before anybody is alarmed."""
        now, found = self._vendor_now(client), 0
        for flow_id, oldest in await self._executions.flows_alive():
            known = usual(await self._executions.durations(flow_id))
            if known is None or not is_stuck(now - oldest, known):
                continue
            late = await self._executions.oldest_alive(flow_id, before=now, limit=MOST_CHECKS)
            for one in late:
                if one.created_at and is_stuck(now - one.created_at, known):
                    found += await self._check(client, one.id, usual_time=known)
        return found

    def _vendor_now(self, client: SmartFlows) -> datetime:
        """Return the present moment as executions are dated."""
        return self._clock.now() + client.vendor_clock.ahead()

    async def _audit(self, client: SmartFlows) -> int:
        """Look now and then at the one not heard of for the longest time: it may be gone."""
        now = self._clock.monotonic()
        if now < self._audit_at:
            return 0
        self._audit_at = now + AUDIT_SECONDS
        one = await self._executions.least_seen(before=self._clock.now() - AUDITED_AFTER)
        return await self._check(client, one.id) if one else 0

    async def _check(
        self, client: SmartFlows, execution_id: str, *, usual_time: Usual | None = None
    ) -> int:
        try:
            seen = await client.execution(execution_id)
        except VendorError as error:
            if error.reason is not Reason.NOT_FOUND:
                raise
            await self._observations.record_gone(execution_id)
            return 1
        return await self._observations.record([seen], usual=usual_time)


def _asking(client: SmartFlows, asked: ExecutionFilter, sort: str) -> Ask:
    return lambda page: client.filtered(asked, page=page, size=SIZE, sort=sort)


def _changed_at(one: Execution) -> datetime | None:
    return one.modified_at


def _essence(one: Execution) -> tuple[str, datetime | None]:
    return one.status, one.modified_at


def _descends(rows: Sequence[Execution], when: Moment) -> bool:
    """Return whether rows come newest first, as far as their moments are known."""
    moments = [found for found in map(when, rows) if found]
    return all(first >= second for first, second in pairwise(moments))


def _is_past(rows: Sequence[Execution], when: Moment, limit: datetime) -> bool:
    """Return whether the last row with a moment is older than the limit."""
    moments = [found for found in map(when, rows) if found]
    return bool(moments) and moments[-1] < limit
