"""Digests of Smart Flows: how many runs there were, how they ended, and why some failed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import day_and_month, short_days
from bot.asking.terms import Tally
from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.runs.client.client import SmartFlows
from bot.runs.core.measures import run_figures
from bot.runs.core.watching import RunState, merge
from bot.runs.model import ERROR, INTERRUPTED, Execution, ExecutionFilter, Statistics, TimeBucket
from bot.runs.question import RunsQuestion
from bot.runs.rendering.summaries import Before, RunsDigest, runs_digest
from bot.runs.rendering.words import why
from bot.runs.vendor import Project
from bot.slack.messages import Answer

SIZE = 200
MOST_PAGES = 40
UTC = "UTC"
SLOWEST = 5
KNOWN_PART = 4
"""A time before is compared where runs of its first quarter, or older ones, are still there."""
MOST_FAILED = 20
"""Of so many failed runs the reasons are asked for, the latest first."""


class RunDigests:
    """Composes digests. Raises VendorError."""

    def __init__(self, project: Project, clock: Clock) -> None:
        """Ask `project` whose runs are seen."""
        self._project = project
        self._clock = clock

    async def digest(
        self, client: SmartFlows, question: RunsQuestion, occasion: Occasion
    ) -> tuple[Answer, Tally]:
        """Return the digest of a flow that was found, or of all, over its period; its figures."""
        period = occasion.period(question.period)
        grain = "hour" if period.first == period.last else "day"
        past = period.previous()
        read, complete = await self._read(client, question, past.start)
        read = [one for one in read if occasion.counts(one.flow.name)]
        rows, enough = _within(read, period.start, period.end), complete
        if read and read[-1].created_at:
            enough = complete or read[-1].created_at < period.start
        chosen = occasion.subscription is not None and bool(occasion.subscription.terms.parts)
        asked = not enough and not chosen  # the vendor counts all flows
        by_vendor = await self._statistics(client, question, occasion, grain) if asked else None
        if by_vendor:  # one zone in one message: that of the vendor's days
            period = replace(occasion, zone=UTC).period(question.period)
        counts = by_vendor or _counted(rows, period, grain=grain, now=occasion.now)
        digest = RunsDigest(
            flow=question.flow if question.flow_id else "",
            period=period.label,
            grain=grain,
            statistics=counts,
            days=short_days(period.first, period.last, this_year=occasion.now.year),
            before=_before(read, period, occasion.now) if complete else None,
            slowest=_slowest(rows, occasion.now),
            reasons=await self._reasons(client, rows),
            own_only=await self._project.sees_only_own(),
            in_utc=by_vendor is not None and occasion.zone != UTC,
        )
        answer = runs_digest(digest, replace(occasion, zone=period.zone))
        return answer, run_figures(counts.by_status())

    async def rows(
        self, client: SmartFlows, question: RunsQuestion, period: Period
    ) -> list[Execution]:
        """Return what was created in the period; of all flows at most MOST_PAGES pages."""
        found, _ = await self._read(client, question, period.start)
        return _within(found, period.start, period.end)

    async def _read(
        self, client: SmartFlows, question: RunsQuestion, since: datetime
    ) -> tuple[list[Execution], bool]:
        """Return what was created since a moment, the latest first, and whether it is all."""
        rows: list[Execution] = []
        asked = ExecutionFilter(since=since)
        for page in range(MOST_PAGES):
            if question.flow_id:
                found = await client.executions(flow_id=question.flow_id, page=page, size=SIZE)
            else:
                found = await client.filtered(asked, page=page, size=SIZE)
            rows += found.rows
            last = found.rows[-1].created_at if found.rows else None
            if not found.more or (last and last < since):
                return rows, True
        return rows, False

    async def _statistics(
        self, client: SmartFlows, question: RunsQuestion, occasion: Occasion, grain: str
    ) -> Statistics | None:
        """Return the vendor's counts of more runs than we read; None where it can't count them.

        It knows neither one flow nor an end, and its days are taken to be those of UTC.
        """
        period = replace(occasion, zone=UTC).period(question.period)
        if question.flow_id or period.end <= self._clock.now():
            return None
        try:
            found = await client.statistics(since=period.first, by=grain.capitalize())
        except VendorError as error:
            if error.reason not in {Reason.NOT_FOUND, Reason.REJECTED, Reason.MALFORMED}:
                raise
            return None
        return found if found.per_time else None

    async def _reasons(
        self, client: SmartFlows, rows: Iterable[Execution]
    ) -> tuple[tuple[str, int], ...]:
        failed = [one for one in rows if one.status in (ERROR, INTERRUPTED)][:MOST_FAILED]
        counts = Counter([await _reason(client, one) for one in failed])
        return tuple(counts.most_common())


async def _reason(client: SmartFlows, one: Execution) -> str:
    details = one.details
    try:
        details = details or (await client.execution(one.id)).details
    except VendorError as error:
        if error.reason is not Reason.NOT_FOUND:
            raise
    step = details.failed_step if details else None
    said = why(step.name if step else "", details.reason) if details else ""
    return said.removesuffix(".") or "No reason was given"


def _slowest(rows: Iterable[Execution], now: datetime) -> tuple[RunState, ...]:
    ended = [merge(None, one, now) for one in rows if one.ended]
    timed = [(one.duration, one) for one in ended if one.duration is not None]
    slowest = sorted(timed, key=lambda pair: pair[0], reverse=True)
    return tuple(one for _, one in slowest[:SLOWEST])


def _within(rows: Iterable[Execution], start: datetime, end: datetime) -> list[Execution]:
    return [one for one in rows if one.created_at and start <= one.created_at < end]


def _before(rows: Sequence[Execution], period: Period, now: datetime) -> Before | None:
    """Return what there was in as much time before as has passed of the period.

    None where it may be known in part only: the vendor removes what is old.
    """
    past, is_open = period.previous(), period.start <= now < period.end
    oldest = min((one.created_at for one in rows if one.created_at), default=now)
    if oldest > past.start + (past.end - past.start) / KNOWN_PART:
        return None
    end = past.start + (now - period.start) if is_open else past.end
    found = _within(rows, past.start, end)
    length = (period.last - period.first).days + 1
    when = f"The {length} days before" if length > 1 else "The day before"
    return Before(
        f"{when}, up to the same hour" if is_open else when,
        len(found),
        sum(one.status in (ERROR, INTERRUPTED) for one in found),
    )


def _counted(rows: Iterable[Execution], period: Period, *, grain: str, now: datetime) -> Statistics:
    """Return counts by day or hour of creation, in the period's zone; none is left out."""
    zone = ZoneInfo(period.zone)
    form = "%Y-%m-%d %H" if grain == "hour" else "%Y-%m-%d"
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in rows:
        if one.created_at:
            counts[one.created_at.astimezone(zone).strftime(form)][one.status] += 1
    moment, step = period.start, timedelta(hours=1 if grain == "hour" else 24)
    until = min(now, period.end)
    buckets: dict[str, str] = {}
    while moment < until:
        local = (moment + timedelta(hours=1 if grain == "day" else 0)).astimezone(zone)
        label = f"{local:%H}:00" if grain == "hour" else day_and_month(local)
        buckets[local.strftime(form)] = label
        moment += step
    if buckets and until < period.end:
        buckets[list(buckets)[-1]] += " so far"
    return Statistics(
        per_time=tuple(
            TimeBucket(label, counts[key].total(), dict(counts[key]))
            for key, label in buckets.items()
        )
    )
