"""The numbers of this process as Prometheus reads them. Imported only where they are shown."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot import metrics
from bot.outbox.entries import ANSWERS_FIRST, DIGESTS_LATER
from bot.store.backlog import Backlog, Backlogs

PRIORITIES: Final = {ANSWERS_FIRST: "answers", DIGESTS_LATER: "digests"}
"""What waits in the outbox, by the number of its urgency."""


def exposition(waiting: Backlogs | None, accept: str) -> tuple[bytes, str]:
    """Return the page and its content type, which is one that is accepted.

    `waiting` is None where the database did not tell: what it alone knows is left out then.
    """
    registry = CollectorRegistry()
    registry.register(_Numbers(waiting))
    ProcessCollector(registry=registry)  # memory, processor time and open files
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


class _Numbers(Collector):
    """All numbers, read when they are asked for."""

    def __init__(self, waiting: Backlogs | None) -> None:
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        """Yield each with its samples."""
        yield from map(_counter, metrics.COUNTERS)
        yield from map(_histogram, metrics.HISTOGRAMS)
        for gauge in metrics.GAUGES:
            yield GaugeMetricFamily(gauge.name, gauge.about, value=gauge.value)
        if self._waiting:
            yield from _backlogs(self._waiting)


def _counter(counter: metrics.Counter) -> Metric:
    family = CounterMetricFamily(counter.name, counter.about, labels=counter.labels)
    for values, count in counter.read().items():
        family.add_metric(values, count)
    return family


def _histogram(histogram: metrics.Histogram) -> Metric:
    family = HistogramMetricFamily(histogram.name, histogram.about, labels=histogram.labels)
    bounds = [*map(str, map(float, histogram.bounds)), "+Inf"]
    for values, spread in histogram.read().items():
        up_to = list(zip(bounds, accumulate(spread.counts), strict=True))
        family.add_metric(values, up_to, spread.seconds)
    return family


def _backlogs(waiting: Backlogs) -> Iterator[Metric]:
    jobs, messages = waiting.jobs, waiting.messages
    yield GaugeMetricFamily(
        "flowbot_jobs_waiting", "Jobs that are due and that nobody has begun.", value=jobs.count
    )
    yield GaugeMetricFamily(
        "flowbot_jobs_oldest_seconds", "How long the oldest of them has waited.", value=jobs.oldest
    )
    count = GaugeMetricFamily(
        "flowbot_ledger_waiting", "Messages and files still to be sent.", labels=("priority",)
    )
    oldest = GaugeMetricFamily(
        "flowbot_ledger_oldest_seconds",
        "How long the oldest of them has waited.",
        labels=("priority",),
    )
    for urgency, priority in PRIORITIES.items():
        each = messages.get(urgency, Backlog())
        count.add_metric((priority,), each.count)
        oldest.add_metric((priority,), each.oldest)
    yield from (count, oldest)
