"""A digest of runs: counts by status, the slowest, why runs failed, and how it went over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import sortable_time
from bot.asking.rendering.occasions import when_words
from bot.runs.core.watching import RunState
from bot.runs.model import ENDED, STATUSES, SUCCESS, WARNING, Statistics, TimeBucket
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.words import exactly, flow_name, short_id, state_title, vendor_words
from bot.slack.blocks.blocks import context, header, message, paragraph, plain
from bot.slack.blocks.budget import LIMITS, fit
from bot.slack.blocks.charts import bar, counts_chart, percent
from bot.slack.blocks.tables import TableBudget, data_table, number, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block

_SMALL: Final = TableBudget(rows=10, characters=2_500)
_BUCKETS: Final = TableBudget(rows=60, characters=2_500)
_ALL: Final = "Smart Flows"


@dataclass(frozen=True, slots=True)
class RunsDigest:
    """What a digest of runs shows. An empty `flow` stands for all flows.

    `period` says in words what the statistics cover, `grain` what one of their buckets is ("day").
    `in_utc` says that those are not of the reader's own zone.
    `slowest` are ended runs, the slowest first; `reasons` why runs failed, each with its count.
    """

    flow: str
    period: str
    grain: str
    statistics: Statistics
    slowest: tuple[RunState, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    own_only: bool = False
    in_utc: bool = False


def runs_digest(digest: RunsDigest, occasion: Occasion) -> Answer:
    """Return the digest: the headline first, then charts and tables."""
    counts = _counts(digest.statistics)
    name = vendor_words(digest.flow) or _ALL
    text = f"{name}, {digest.period}: {_headline(counts)}."
    whole = message(text, header(name), *_blocks(digest, counts, occasion.zone))
    first, *more = fit(whole, closing=(_small_print(digest, occasion),))
    return Answer(first, thread=tuple(more))


def _counts(statistics: Statistics) -> dict[str, int]:
    """Return the counts that are not zero: known statuses in their order, then the others."""
    found = {status: count for status, count in statistics.by_status().items() if count > 0}
    known = [status for status in STATUSES if status in found]
    return {status: found[status] for status in (*known, *sorted(set(found) - set(known)))}


def _headline(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return "no runs"
    parts = (f"{count:,} {state_title(status).lower()}" for status, count in counts.items())
    return f"{counted(total, 'run')}, {', '.join(parts)}"


def _blocks(digest: RunsDigest, counts: dict[str, int], zone: str) -> Iterator[Block]:
    if not counts:
        yield paragraph(plain(f"There was no run in this period ({digest.period})."))
        return
    yield paragraph(plain(f"{_headline(counts)}{_success(counts)}"))
    by_status = [(state_title(status), count) for status, count in counts.items()]
    chart = counts_chart("Runs by status", by_status, series="Runs")
    trend = _trend(digest)
    yield from (made for made in (chart, trend) if made)
    yield from _trend_table(digest)
    yield from _slowest(digest.slowest, zone)
    yield from _reasons(digest.reasons)


def _success(counts: dict[str, int]) -> str:
    """Return the share of ended runs that went well, as a bar."""
    ended = sum(counts.get(status, 0) for status in ENDED)
    if not ended:
        return ""
    well = counts.get(SUCCESS, 0) + counts.get(WARNING, 0)
    return f"\nSucceeded: {bar(100 * well / ended)}"


def _trend(digest: RunsDigest) -> Block | None:
    buckets = digest.statistics.per_time[-LIMITS.chart_points :]
    if len(buckets) < 2:  # noqa: PLR2004 - one point is no trend
        return None
    points = [(bucket.label, bucket.total) for bucket in buckets]
    return counts_chart(f"Runs by {digest.grain}", points, series="Runs")


def _trend_table(digest: RunsDigest) -> tuple[Block, ...]:
    buckets = digest.statistics.per_time
    if len(buckets) < 2:  # noqa: PLR2004 - one row is the headline again
        return ()
    return data_table(
        f"Runs by {digest.grain}, the latest first",
        columns=(digest.grain.capitalize(), "Runs", "Succeeded", "Success %"),
        rows=(
            (words(each.label), number(each.total), number(_well(each)), number(*_rate(each)))
            for each in reversed(buckets)
        ),
        total=len(buckets),
        budget=_BUCKETS,
    )


def _well(bucket: TimeBucket) -> int:
    return bucket.counts.get(SUCCESS, 0) + bucket.counts.get(WARNING, 0)


def _rate(bucket: TimeBucket) -> tuple[float | None, str]:
    ended = sum(bucket.counts.get(status, 0) for status in ENDED)
    if not ended:
        return None, ""
    rate = 100 * _well(bucket) / ended
    return round(rate, 1), percent(rate)


def _slowest(slowest: Sequence[RunState], zone: str) -> tuple[Block, ...]:
    timed = [(run, run.duration) for run in slowest if run.duration is not None]
    return data_table(
        f"The slowest runs, times in {zone}",
        columns=("Flow", "Took", "State", "Started", "Id"),
        rows=(
            (
                words(flow_name(run.flow)),
                number(round(duration.total_seconds()), exactly(duration)),
                words(state_title(run.status)),
                words(sortable_time(run.created_at, zone)),
                words(short_id(run.id)),
            )
            for run, duration in timed
        ),
        total=len(timed),
        budget=_SMALL,
        page_size=5,
    )


def _reasons(reasons: Sequence[tuple[str, int]]) -> tuple[Block, ...]:
    return data_table(
        "Why runs failed",
        columns=("Reason", "Runs"),
        rows=((words(reason), number(count)) for reason, count in reasons),
        total=len(reasons),
        budget=_SMALL,
        page_size=5,
    )


def _small_print(digest: RunsDigest, occasion: Occasion) -> Block:
    limit = OWN_ONLY if digest.own_only else ""
    when = when_words(occasion)
    days = f"{digest.grain.capitalize()}s in UTC" if digest.in_utc else ""
    return context(occasion.footer, digest.period, "Source: Smart Flows", when, days, limit)
