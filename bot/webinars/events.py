"""Webinars found by title: the pick lists of the forms, and which of several sessions is meant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core import ahead
from bot.asking.core.finder import Choice, Finder, matching
from bot.asking.rendering.dates import local_day
from bot.asking.store import put_choices
from bot.clock import Clock
from bot.errors import UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.webinars.client.client import FlowApp
from bot.webinars.core.weeks import (
    begins_in_week,
    begins_on,
    begins_today,
    begins_within_a_week,
)
from bot.webinars.intents import RenewEvents
from bot.webinars.model import CURRENT, FUTURE, PAST, Event, Operator, Phase, Room
from bot.webinars.question import NEXT, RELATIVE_EVENTS, EventsQuestion
from bot.webinars.rendering.event_words import title_of, when_words

EVENTS: Final = "events"
OPERATORS: Final = "operators"
ROOMS: Final = "rooms"
"""The pick lists of forms."""

UNIVERSAL: Final = "UTC"
TO_COME: Final = frozenset({"register", "registrations"})
HELD: Final = frozenset({"summary", "report"})
"""Views that are about events before they begin, and after."""
_NEAREST: Final = 10
"""So many sessions of one title are to pick from."""
LONGEST_EVENT: Final = timedelta(days=7)
"""What began longer ago is over, whatever it is; it spares a question."""
A_WHILE: Final = timedelta(minutes=15)
"""A week that began longer ago has events that are not to come any more."""
ROOMS_UNKNOWN: Final = "FLOW doesn't let me list this account's rooms. They are in FLOW itself."
_EVENTS: Final = Finder(noun="event", field="event", ways=(("All events", EventsQuestion("all")),))
_ROOMS: Final = Finder(noun="room", field="typed", ways=(("All rooms", EventsQuestion("rooms")),))


class Events:
    """Looks events, operators and rooms up. Raises UserError, PickError and VendorError."""

    def __init__(self, flowapp: Connection[FlowApp], clock: Clock) -> None:
        """While `flowapp` is off, every question is answered with how to switch it on."""
        self._flowapp = flowapp
        self._clock = clock

    @property
    def flowapp(self) -> FlowApp:
        """The client; raises VendorError where it is switched off."""
        return self._flowapp.client

    async def find(
        self,
        typed: str,
        *,
        view: str,
        zone: str = UNIVERSAL,
        nearest: bool = False,
        token: str = "",
    ) -> Event:
        """Return the event meant; a webinar has many sessions, so `view` says which are likely.

        With `nearest`, as in a digest, the one nearest to now is taken of sessions with one title;
        otherwise the asker picks one by its beginning in `zone`. With a `token` no other is meant.
        """
        events, now = await self.flowapp.events(), self._clock.now()
        choices = event_choices(events, zone, now)
        if token:
            kept = _EVENTS.find_again(token, typed, choices)
            return next(each for each in events if each.token == kept.id)
        if typed in RELATIVE_EVENTS:
            return await self._nearest(_relative(events, typed, now), view)
        found = matching(typed, choices)
        likely = _likely(
            [each for each in events if each.token in {one.id for one in found}], view, now
        )
        if not likely:
            raise _EVENTS.unknown(typed, choices)
        by_distance = sorted(likely, key=lambda each: _distance(each, now))
        if nearest and len({each.title for each in likely}) == 1:
            return await self._nearest(by_distance, view)
        nearest_ones = sorted(by_distance[:_NEAREST], key=_begins)
        offered = event_choices(nearest_ones, zone, now)
        chosen = _EVENTS.one_of(typed, offered)
        return next(each for each in events if each.token == chosen.id)

    async def _nearest(self, by_distance: Sequence[Event], view: str) -> Event:
        """Return the first; of a webinar that is told of when it is over, the first that is."""
        if view in HELD:
            for event in by_distance:
                if await self.phase(event) is Phase.OVER:
                    return event
        return by_distance[0]

    async def has_namesakes(self, event: Event) -> bool:
        """Return whether another event has its title: a webinar has many sessions."""
        known = await self.flowapp.events()
        return any(each.title == event.title and each.token != event.token for each in known)

    async def held_before(self, event: Event) -> tuple[Event, ...]:
        """Return the other sessions of an event that have begun, the latest first."""
        now = self._clock.now()
        same = [
            each
            for each in await self.flowapp.events()
            if each.title == event.title and each.token != event.token
        ]
        begun = [each for each in same if each.starts_at is not None and each.starts_at <= now]
        return tuple(sorted(begun, key=lambda each: _distance(each, now)))

    async def listed(
        self, question: EventsQuestion, zone: str, *, asked_at: datetime | None = None
    ) -> tuple[Event, ...]:
        """Return the events of a list; those of the week are what runs and what begins in it.

        Days and weeks are as of the moment `asked_at`, or of now.
        """
        found = await self._listed(question.view, zone, asked_at)
        if question.days:
            first, last = ahead.nearest(
                question.days, local_day(asked_at or self._clock.now(), zone)
            )
            found = [each for each in found if begins_on(each, first, last, zone)]
        return tuple({each.token: each for each in found}.values())

    async def _listed(self, view: str, zone: str, asked_at: datetime | None) -> Sequence[Event]:
        """Return the events of a list; what begins just now may be in it twice."""
        if view == "all":
            return await self.flowapp.events()
        now = self._clock.now()
        of = asked_at or now
        if view == "today":
            return [each for each in await self.flowapp.events() if begins_today(each, of, zone)]
        if view != "week":
            return await self.flowapp.events(view)
        if now - of > A_WHILE:  # what was to come then is elsewhere in FLOW's lists by now
            return [each for each in await self.flowapp.events() if begins_in_week(each, of, zone)]
        running, coming = await self.flowapp.events(CURRENT), await self.flowapp.events(FUTURE)
        return [*running, *(each for each in coming if begins_within_a_week(each, of, zone))]

    async def phase(self, event: Event) -> Phase:
        """Return where an event is in its life. FLOW says what is running, as no end is known."""
        now = self._clock.now()
        if event.starts_at is None:
            return await self._listed_phase(event)
        if event.starts_at > now:
            return Phase.TO_COME
        if now - event.starts_at > LONGEST_EVENT:
            return Phase.OVER
        return Phase.RUNNING if await self._is_listed(event, CURRENT) else Phase.OVER

    async def _listed_phase(self, event: Event) -> Phase:
        for period, phase in ((CURRENT, Phase.RUNNING), (PAST, Phase.OVER)):
            if await self._is_listed(event, period):
                return phase
        return Phase.TO_COME

    async def _is_listed(self, event: Event, period: str) -> bool:
        return any(each.token == event.token for each in await self.flowapp.events(period))

    async def rooms(self) -> tuple[Room, ...]:
        """Return the rooms of the account, whose token comes with its operators."""
        operators = await self.flowapp.operators()
        token = next((each.account_token for each in operators if each.account_token), "")
        if not token:
            raise UserError(ROOMS_UNKNOWN)
        return await self.flowapp.rooms(token)

    async def room(self, typed: str) -> Choice:
        """Return the room meant."""
        return _ROOMS.find(typed, room_choices(await self.rooms()))

    async def names(self) -> dict[int, str]:
        """Return the operators' names by id."""
        return {
            each.id: each.name or f"Operator {each.id}" for each in await self.flowapp.operators()
        }

    async def renew(self, job: Job[RenewEvents]) -> Outcome:
        """Bring the pick lists of the forms up to date; nobody is told."""
        del job
        try:
            events = await self.flowapp.events()
            operators = await self.flowapp.operators()
            rooms = await self.rooms()
        except (VendorError, UserError):
            return Outcome()  # the lists stay; what is wrong is said when a form is sent
        now = self._clock.now()
        lists = {
            EVENTS: event_choices(
                sorted(events, key=lambda each: _distance(each, now)), UNIVERSAL, now
            ),
            OPERATORS: operator_choices(operators),
            ROOMS: room_choices(rooms),
        }
        return Outcome(writes=tuple(_kept(name, lists[name], now) for name in lists))


def _relative(events: Sequence[Event], which: str, now: datetime) -> Sequence[Event]:
    """Return the events to come, or those that have begun, the nearest to now first."""
    dated = [each for each in events if each.starts_at is not None]
    ahead = [each for each in dated if each.starts_at and each.starts_at > now]
    behind = [each for each in dated if each not in ahead]
    some = ahead if which == NEXT else behind
    if not some:
        other = "No event is coming up" if which == NEXT else "No event has been held yet"
        raise UserError(f"{other}. {_EVENTS.works}")
    return sorted(some, key=lambda each: _distance(each, now))


def event_choices(events: Sequence[Event], zone: str, now: datetime) -> tuple[Choice, ...]:
    """Return events as what can be named, told apart by their beginnings in a zone."""
    year = now.astimezone(ZoneInfo(zone)).year
    said = f" {UNIVERSAL}" if zone == UNIVERSAL else ""  # lists for all are of no one's zone
    return tuple(
        Choice(each.token, title_of(each), f"{when_words(each, zone, this_year=year)}{said}")
        for each in events
    )


def operator_choices(operators: Sequence[Operator]) -> tuple[Choice, ...]:
    """Return operators as what can be named."""
    return tuple(
        Choice(
            f"{each.id}",
            each.name or f"Operator {each.id}",
            each.title or each.company or f"no. {each.id}",
        )
        for each in operators
    )


def room_choices(rooms: Sequence[Room]) -> tuple[Choice, ...]:
    """Return rooms as what can be named."""
    return tuple(Choice(f"{each.room_id}", each.title) for each in rooms)


def _kept(name: str, choices: Sequence[Choice], now: datetime) -> Write:
    return lambda tx: put_choices(tx, name, choices, now=now)


def _likely(events: Sequence[Event], view: str, now: datetime) -> list[Event]:
    """Return those before or after now, as the view asks for; all where that leaves none."""
    if view in TO_COME:
        some = [each for each in events if each.starts_at is None or each.starts_at > now]
    elif view in HELD:
        some = [each for each in events if each.starts_at is None or each.starts_at <= now]
    else:
        some = []
    return some or list(events)


def _begins(event: Event) -> float:
    """Return when an event begins as a number, one of no date last."""
    return event.starts_at.timestamp() if event.starts_at else float("inf")


def _distance(event: Event, now: datetime) -> float:
    """Return how far from now an event begins, in seconds."""
    return abs((event.starts_at - now).total_seconds()) if event.starts_at else float("inf")
