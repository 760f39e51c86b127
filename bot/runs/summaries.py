"""Digests of Smart Flows: how many runs there were, how they ended, and why some failed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.runs.client.client import SmartFlows
from bot.runs.core.watching import RunState, merge
from bot.runs.model import ERROR, INTERRUPTED, Execution, ExecutionFilter, Statistics, TimeBucket
from bot.runs.question import RunsQuestion
from bot.runs.rendering.summaries import RunsDigest, runs_digest
from bot.runs.vendor import Project
from bot.slack.messages import Answer

SIZE = 200
MOST_PAGES = 40
UTC = "UTC"
SLOWEST = 5
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
    ) -> Answer:
        """Return the digest of a flow that was found, or of all, over its period."""
        period = occasion.period(question.period)
        rows, complete = await self._read(client, question, period)
        grain = "hour" if period.first == period.last else "day"
        counted = _counted(rows, period.zone, grain=grain)
        by_vendor = None if complete else await self._statistics(client, question, period, grain)
        return runs_digest(
            RunsDigest(
                flow=question.flow if question.flow_id else "",
                period=period.label,
                grain=grain,
                statistics=by_vendor or counted,
                in_utc=by_vendor is not None and period.zone != UTC,
                slowest=_slowest(rows, occasion.now),
                reasons=await self._reasons(client, rows),
                own_only=await self._project.sees_only_own(),
            ),
            occasion,
        )

    async def rows(
        self, client: SmartFlows, question: RunsQuestion, period: Period
    ) -> list[Execution]:
        """Return what was created in the period; of all flows at most MOST_PAGES pages."""
        return (await self._read(client, question, period))[0]

    async def _read(
        self, client: SmartFlows, question: RunsQuestion, period: Period
    ) -> tuple[list[Execution], bool]:
        """Return what was created in the period, and whether that is all of it."""
        complete = False
        asked = ExecutionFilter(since=period.start)
        rows: list[Execution] = []
        for page in range(MOST_PAGES):
            if question.flow_id:
                found = await client.executions(flow_id=question.flow_id, page=page, size=SIZE)
            else:
                found = await client.filtered(asked, page=page, size=SIZE)
            rows += found.rows
            last = found.rows[-1].created_at if found.rows else None
            if not found.more or (last and last < period.start):
                complete = True
                break
        inside = [
            one for one in rows if one.created_at and period.start <= one.created_at < period.end
        ]
        return inside, complete

    async def _statistics(
        self,
        client: SmartFlows,
        question: RunsQuestion,
        period: Period,
        grain: str,
    ) -> Statistics | None:
        """Return the vendor's counts of more runs than we read; None where it can't count them.

        It knows neither one flow nor an end, and its days are those of UTC.
        """
        if question.flow_id or period.end <= self._clock.now():
            return None
        try:
            since = ExecutionFilter(since=period.start)
            found = await client.statistics(since, by=grain.capitalize())
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
    if details is None or not details.reason:
        return "No reason was given"
    step = details.failed_step
    return f"{step.name}: {details.reason}" if step and step.name else details.reason


def _slowest(rows: Iterable[Execution], now: datetime) -> tuple[RunState, ...]:
    ended = [merge(None, one, now) for one in rows if one.ended]
    timed = [(one.duration, one) for one in ended if one.duration is not None]
    slowest = sorted(timed, key=lambda pair: pair[0], reverse=True)
    return tuple(one for _, one in slowest[:SLOWEST])


def _counted(rows: Iterable[Execution], zone: str, *, grain: str) -> Statistics:
    """Return counts by day or hour of creation, in that zone."""
    form = "%H:00" if grain == "hour" else "%Y-%m-%d"
    buckets: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in rows:
        if one.created_at:
            buckets[one.created_at.astimezone(ZoneInfo(zone)).strftime(form)][one.status] += 1
    return Statistics(
        per_time=tuple(
            TimeBucket(label, counts.total(), dict(counts))
            for label, counts in sorted(buckets.items())
        )
    )
