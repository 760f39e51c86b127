"""Figures of field reports, put together from the vendor's counts and its names for numbers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot import log
from bot.asking.core.comparing import Earlier
from bot.asking.core.periods import Period
from bot.errors import Reason, VendorError
from bot.fieldreports import question as asking
from bot.fieldreports.client.client import SaferMe
from bot.fieldreports.core import figures as fieldfigures
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.model import Channel, FormField, ReportImage, ReportSpan, TeamMember
from bot.fieldreports.rendering.summary import SUMMARIZED

T = TypeVar("T")

AT_ONCE = 3
"""Questions of one summary that are under way at the same time."""
NOT_COMPARED = (asking.READS,)
"""Figures of which not even the total can be compared: older reports had longer to be read."""
NAMELESS = "SaferMe doesn't let Flowbot see these people's names"
CHOICELESS = "Choices that nobody picked are not listed"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports are meant: those of a channel in a period, as of a moment.

    `field` is for BY_FIELD alone. `earlier` is what the period is compared with, if anything, and
    `end` an instant before the period's own from which on nothing counts.
    """

    channel: Channel
    period: Period
    asked_at: datetime
    team_id: int | None = None
    field: FormField | None = None
    earlier: Earlier | None = None
    end: datetime | None = None

    @property
    def asked(self) -> ReportSpan:
        """The same as the client takes it."""
        team_id = self.channel.team_id or self.team_id
        end = self.end or self.period.end
        return ReportSpan(self.channel.id, self.period.start, end, team_id)

    def before(self) -> "Scope | None":
        """Return the same of what the period is compared with; None where that is nothing."""
        if self.earlier is None:
            return None
        then = self.earlier
        return replace(self, period=then.period, end=then.end, earlier=None)


async def figure(client: SaferMe, kind: str, scope: Scope) -> Figure:
    """Return one figure; raises VendorError."""
    return await _MADE[kind](client, scope)


async def summary(client: SaferMe, scope: Scope) -> dict[str, Figure]:
    """Return those of SUMMARIZED that the vendor gives; raises VendorError when it gives none."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(kind: str) -> Figure | VendorError:
        async with turn:
            try:
                return await figure(client, kind, scope)
            except VendorError as error:
                return error

    found = dict(zip(SUMMARIZED, await asyncio.gather(*map(one, SUMMARIZED)), strict=True))
    made = {kind: each for kind, each in found.items() if isinstance(each, Figure)}
    errors = [each for each in found.values() if isinstance(each, VendorError)]
    pauses = [each for each in errors if each.reason is Reason.RATE_LIMITED]
    if pauses or not made:  # after a pause all of it can be had
        raise (pauses or errors)[0]
    return made


async def summary_before(client: SaferMe, scope: Scope) -> dict[str, Figure]:
    """Return the figures of what the period is compared with; none where there is nothing."""
    earlier = scope.before()
    return await compared_with(summary(client, earlier)) or {} if earlier else {}


async def compared_with(asked: Awaitable[T]) -> T | None:
    """Return what is only for comparing, or None where it cannot be had.

    Raises VendorError where a pause is asked for: after it all of it is there.
    """
    try:
        return await asked
    except VendorError as error:
        if error.reason is Reason.RATE_LIMITED:
            raise
        return None


def latest(images: Sequence[ReportImage], count: int) -> tuple[ReportImage, ...]:
    """Return the newest pictures that can be had as a thumbnail."""
    usable = (each for each in images if each.thumbnail_url)
    dated = sorted(
        usable, key=lambda each: (each.created_at.timestamp() if each.created_at else 0.0, each.id)
    )
    return tuple(reversed(dated[-count:]))


async def _over_time(client: SaferMe, scope: Scope) -> Figure:
    buckets = await client.over_time(scope.asked)
    return fieldfigures.over_time(buckets, scope.period, now=scope.asked_at)


async def _by_state(client: SaferMe, scope: Scope) -> Figure:
    counts = await client.by_state(scope.asked)
    try:
        states = await client.states(scope.channel.id)
    except VendorError as error:  # the counts have names as well
        _noted(error)
        states = ()
    return fieldfigures.by_state(counts, states)


async def _by_user(client: SaferMe, scope: Scope) -> Figure:
    counts = await client.by_user(scope.asked)
    people = await _people(client, scope, [each.user_id for each in counts])
    return _with_note(fieldfigures.by_user(counts, people), NAMELESS if people is None else "")


async def _by_field(client: SaferMe, scope: Scope) -> Figure:
    if scope.field is None:
        raise ValueError(scope)
    counts = await client.by_choice(scope.asked, scope.field.id)
    note = "" if scope.field.options else CHOICELESS
    return _with_note(fieldfigures.by_field(counts, scope.field), note)


async def _by_hour(client: SaferMe, scope: Scope) -> Figure:
    return fieldfigures.by_hour(await client.by_hour(scope.asked))


async def _by_weekday(client: SaferMe, scope: Scope) -> Figure:
    return fieldfigures.by_weekday(await client.by_weekday(scope.asked))


async def _heatmap(client: SaferMe, scope: Scope) -> Figure:
    weekdays = await _by_weekday(client, scope)
    return fieldfigures.heatmap(weekdays, await _by_hour(client, scope))


async def _reads(client: SaferMe, scope: Scope) -> Figure:
    return fieldfigures.reads(await client.reads(scope.asked))


async def _awareness(client: SaferMe, scope: Scope) -> Figure:
    alerted = await client.awareness(scope.asked)
    nameless = [each.user_id for each in alerted if not each.first_name and not each.last_name]
    people = await _people(client, scope, nameless)
    note = NAMELESS if people is None else ""
    return _with_note(fieldfigures.awareness(alerted, people), note)


async def _images(client: SaferMe, scope: Scope) -> Figure:
    return fieldfigures.images(await client.images(scope.asked), scope.period.zone)


async def _people(
    client: SaferMe, scope: Scope, user_ids: Sequence[int | None]
) -> dict[int, TeamMember] | None:
    """Return who these are; None where nobody can be known, as the account may not see the team."""
    wanted = [each for each in user_ids if each is not None]
    if not wanted:
        return {}
    try:
        team_id = scope.channel.team_id or scope.team_id or await _only_team(client)
        return await client.people(team_id, wanted) if team_id else None
    except VendorError as error:
        if error.reason is Reason.RATE_LIMITED:
            raise
        _noted(error)
        return None


async def _only_team(client: SaferMe) -> int | None:
    teams = await client.teams()
    return teams[0].id if len(teams) == 1 else None


def _with_note(made: Figure, note: str) -> Figure:
    return replace(made, notes=(note,)) if note and made.rows else made


def _noted(error: VendorError) -> None:
    log.get().info("names_not_known", error=str(error))


_MADE: dict[str, Callable[[SaferMe, Scope], Awaitable[Figure]]] = {
    asking.OVER_TIME: _over_time,
    asking.BY_STATE: _by_state,
    asking.BY_USER: _by_user,
    asking.BY_FIELD: _by_field,
    asking.BY_HOUR: _by_hour,
    asking.BY_WEEKDAY: _by_weekday,
    asking.HEATMAP: _heatmap,
    asking.READS: _reads,
    asking.AWARENESS: _awareness,
    asking.IMAGES: _images,
}
