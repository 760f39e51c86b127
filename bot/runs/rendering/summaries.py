"""A digest of runs: how many failed and why, how it went over time; more is in the thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.cells import moment_cell
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import Shape, laid_out
from bot.runs.core.watching import RunState
from bot.runs.model import ENDED, ERROR, INTERRUPTED, SUCCESS, WARNING, Statistics, TimeBucket
from bot.runs.question import RunsQuestion
from bot.runs.rendering.lists import OWN_ONLY, taken_cell
from bot.runs.rendering.words import SOURCE, flow_name, state_title, vendor_words
from bot.slack.blocks.blocks import Element, message
from bot.slack.blocks.budget import fit
from bot.slack.blocks.charts import percent, trend_chart
from bot.slack.blocks.tables import TableBudget, data_table, number, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message

_SMALL: Final = TableBudget(rows=10, characters=2_500)
_BUCKETS: Final = TableBudget(rows=60, characters=2_500)
_ALL: Final = "Smart Flows"
_WELL: Final = (SUCCESS, WARNING)
_FAILED: Final = (ERROR, INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Before:
    """What there was in the same length of time before; `words` say when that was."""

    words: str
    runs: int
    failed: int


@dataclass(frozen=True, slots=True)
class RunsDigest:
    """What a digest of runs shows. An empty `flow` stands for all flows.

    `period` says in words what the statistics cover, `days` its first and last day, `grain` what
    one of their buckets is ("day"). The last bucket is not over where `is_open`.
    `in_utc` says that the days are not of the reader's own zone, as only the vendor could count.
    `slowest` are ended runs, the slowest first; `reasons` why runs failed, each with its count.
    """

    flow: str
    period: str
    grain: str
    statistics: Statistics
    days: str = ""
    before: Before | None = None
    slowest: tuple[RunState, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    own_only: bool = False
    in_utc: bool = False


def runs_digest(digest: RunsDigest, occasion: Occasion) -> Answer:
    """Return the digest: how many runs there were and failed, and how it went over time."""
    counts = {status: n for status, n in digest.statistics.by_status().items() if n > 0}
    name = vendor_words(digest.flow) or _ALL
    shape = Shape(
        news=f"{name}, {digest.period}: {_news(counts)}",
        changed=" ".join(_changed(digest)),
        body=_by_time(digest) if counts else (),
        buttons=_buttons(counts),
        facts=tuple(_facts(digest)),
        thread=tuple(_thread(digest, counts, occasion)) if counts else (),
        exports=bool(counts),
    )
    return laid_out(shape, occasion)


def _news(counts: dict[str, int]) -> str:
    total, failed = sum(counts.values()), _sum(counts, _FAILED)
    ended = _sum(counts, ENDED)
    if not total:
        return "no runs"
    if failed:
        return f"{failed:,} of {counted(total, 'run')} failed{_share(counts)}"
    if total == _sum(counts, _WELL):
        return f"{counted(total, 'run')}, all went well"
    return f"{counted(total, 'run')}, none failed" if ended else f"{counted(total, 'run')} going on"


def _share(counts: dict[str, int]) -> str:
    ended = _sum(counts, ENDED)
    return f" ({percent(100 * _sum(counts, _WELL) / ended)} went well)" if ended else ""


def _sum(counts: Mapping[str, int], statuses: Sequence[str]) -> int:
    return sum(counts.get(status, 0) for status in statuses)


def _changed(digest: RunsDigest) -> Iterator[str]:
    """Yield what there was before, and why most failed."""
    if digest.before:
        past = digest.before
        failed = f"{past.failed:,} failed" if past.failed else "none failed"
        runs = f"{counted(past.runs, 'run')}, {failed}" if past.runs else "no runs"
        yield f"{past.words}: {runs}."
    for reason, count in digest.reasons[:1]:
        often = f" ({count:,} times)" if count > 1 else ""
        yield f"Most common failure: {vendor_words(reason).rstrip('.')}{often}."


def _buttons(counts: dict[str, int]) -> tuple[Element, ...]:
    if not _sum(counts, _FAILED):
        return ()
    return offer("Failed runs", RunsQuestion(which="failed"), spoken="The latest that failed")


def _trend(digest: RunsDigest) -> Iterator[Block]:
    points = [(bucket.label, bucket.total) for bucket in digest.statistics.per_time]
    chart = trend_chart(f"Runs by {digest.grain}", points, series="Runs", axes=("", "Runs"))
    if chart and any(count for _, count in points):
        yield chart


def _facts(digest: RunsDigest) -> Iterator[str]:
    yield digest.days
    yield "Days in UTC" if digest.in_utc else ""
    yield OWN_ONLY if digest.own_only else ""
    yield SOURCE


def _thread(digest: RunsDigest, counts: dict[str, int], occasion: Occasion) -> Iterator[Message]:
    blocks = (
        *_reasons(digest.reasons),
        *_statuses(counts),
        *_trend(digest),
        *_slowest(digest.slowest, occasion),
    )
    if blocks:
        yield from fit(message(f"{vendor_words(digest.flow) or _ALL}: details", *blocks))


def _statuses(counts: dict[str, int]) -> tuple[Block, ...]:
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    return data_table(
        "Runs by state",
        columns=("State", "Runs"),
        rows=((words(state_title(status)), number(count)) for status, count in ordered),
        total=len(ordered),
        budget=_SMALL,
    )


def _by_time(digest: RunsDigest) -> tuple[Block, ...]:
    buckets = [each for each in digest.statistics.per_time if each.total]
    if len(buckets) < 2:  # noqa: PLR2004 - one row is the headline again
        return _reasons(digest.reasons)
    return data_table(
        f"Runs by {digest.grain}, the latest first",
        columns=(digest.grain.capitalize(), "Runs", "Failed", "Went well"),
        rows=(
            (words(each.label), number(each.total), number(_failed(each)), number(*_rate(each)))
            for each in reversed(buckets)
        ),
        total=len(buckets),
        budget=_BUCKETS,
    )


def _failed(bucket: TimeBucket) -> int:
    return _sum(bucket.counts, _FAILED)


def _rate(bucket: TimeBucket) -> tuple[float | None, str]:
    ended = _sum(bucket.counts, ENDED)
    if not ended:
        return None, ""
    rate = 100 * _sum(bucket.counts, _WELL) / ended
    return round(rate, 1), percent(rate)


def _slowest(slowest: Sequence[RunState], occasion: Occasion) -> tuple[Block, ...]:
    timed = [run for run in slowest if run.duration is not None]
    return data_table(
        "The slowest runs",
        columns=("Flow", "Took", "State", "Started"),
        rows=(
            (
                words(flow_name(run.flow)),
                taken_cell(run.duration),
                words(state_title(run.status)),
                moment_cell(run.created_at, occasion.zone, this_year=occasion.now.year),
            )
            for run in timed
        ),
        total=len(timed),
        budget=_SMALL,
    )


def _reasons(reasons: Sequence[tuple[str, int]]) -> tuple[Block, ...]:
    return data_table(
        "Why runs failed",
        columns=("Reason", "Runs"),
        rows=((words(reason), number(count)) for reason, count in reasons),
        total=len(reasons),
        budget=_SMALL,
    )
