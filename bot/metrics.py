"""What happens, in numbers: counted where it happens, read by whoever asks for them.

They are of this process and begin at 0 with it. Counting costs a microsecond and needs nothing but
this module; who shows them to whom is not known here. No label is ever a workspace, a channel or a
person, and each takes few values, all of them words of ours.
"""

import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

Values = tuple[str, ...]
"""The values of a number's labels, in their order."""


class Counter:
    """Only ever grows. Safe to use in any thread."""

    def __init__(self, name: str, about: str, *labels: str) -> None:
        """Begin at 0; `about` is a sentence for whoever reads the numbers."""
        self.name = name
        self.about = about
        self.labels = labels
        self._lock = Lock()
        self._counts: dict[Values, int] = {} if labels else {(): 0}

    def add(self, *values: str) -> None:
        """Count one, under these values of the labels."""
        with self._lock:
            self._counts[values] = self._counts.get(values, 0) + 1

    def read(self) -> dict[Values, int]:
        """Return the count of each set of values that was seen."""
        with self._lock:
            return dict(self._counts)


class Gauge:
    """Goes up and down: says how it is now."""

    def __init__(self, name: str, about: str) -> None:
        """Begin at 0; `about` is as of a counter."""
        self.name = name
        self.about = about
        self.value = 0.0

    def set(self, value: float) -> None:
        """Say how it is from now on."""
        self.value = value


@dataclass(frozen=True, slots=True)
class Spread:
    """How durations were spread: how many fell up to each bound, then beyond, and their sum."""

    counts: tuple[int, ...]
    seconds: float


class Histogram:
    """Durations in seconds, counted by bounds. Safe to use in any thread."""

    def __init__(self, name: str, about: str, *labels: str, bounds: Sequence[float]) -> None:
        """Begin at 0; `about` is as of a counter, `bounds` are seconds in rising order."""
        self.name = name
        self.about = about
        self.labels = labels
        self.bounds = tuple(bounds)
        self._lock = Lock()
        self._counts: dict[Values, list[int]] = {}
        self._seconds: dict[Values, float] = {}
        if not labels:
            self._begin(())

    def took(self, seconds: float, *values: str) -> None:
        """Count something that took so long, under these values of the labels."""
        place = bisect_left(self.bounds, seconds)
        with self._lock:
            if values not in self._counts:
                self._begin(values)
            self._counts[values][place] += 1
            self._seconds[values] += seconds

    @contextmanager
    def timed(self, *values: str) -> Iterator[None]:
        """Count how long this context lasts, however it ends."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.took(time.perf_counter() - began, *values)

    def read(self) -> dict[Values, Spread]:
        """Return how the durations of each set of values that was seen are spread."""
        with self._lock:
            return {
                values: Spread(tuple(counts), self._seconds[values])
                for values, counts in self._counts.items()
            }

    def _begin(self, values: Values) -> None:
        self._counts[values] = [0] * (len(self.bounds) + 1)
        self._seconds[values] = 0.0


ACK: Final = Histogram(
    "flowbot_ack_seconds",
    "From a request of Slack being here as a whole to its acknowledgement.",
    bounds=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
JOBS: Final = Counter(
    "flowbot_jobs_total",
    "Jobs that were carried out, by what came of them; 'later' are tried again.",
    "name",
    "outcome",
)
SENDS: Final = Counter(
    "flowbot_sends_total",
    "Messages and files of the outbox, by what came of an attempt to send them.",
    "outcome",
)
SLACK_429: Final = Counter(
    "flowbot_slack_429_total", "Calls to Slack that were answered with 429, too many requests."
)
IN_DOUBT: Final = Counter(
    "flowbot_in_doubt_total",
    "Messages and files of which nobody knew whether Slack has them, by how that was settled.",
    "settled",
)
VENDOR_CALLS: Final = Counter(
    "flowbot_vendor_calls_total",
    "Calls to vendors with all their repetitions, by why they failed; 'ok' did not.",
    "vendor",
    "reason",
)
VENDOR_SECONDS: Final = Histogram(
    "flowbot_vendor_call_seconds",
    "How long calls to vendors took, with all their repetitions.",
    "vendor",
    bounds=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
)
LEASES_HELD: Final = Gauge("flowbot_leases_held", "Workspaces for which this process speaks.")
TAKEOVERS: Final = Counter(
    "flowbot_takeovers_total", "Leases that this process took over from one that had let them end."
)
FENCED: Final = Counter(
    "flowbot_fenced_total",
    "What was not done as the workspace's lease had been lost, by the fence that stopped it.",
    "fence",
)
DB_SECONDS: Final = Histogram(
    "flowbot_db_seconds",
    "How long reads and writes of the database took, with the wait for their turn.",
    "kind",
    bounds=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
DB_RETRIES: Final = Counter(
    "flowbot_db_retries_total",
    "Units of work that the database made us repeat, as after a deadlock or a lost connection.",
)
LOOP_LAG: Final = Histogram(
    "flowbot_loop_lag_seconds",
    "How late the event loop came back to what was due, looked at twice a second.",
    bounds=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)

RATINGS: Final = Counter(
    "flowbot_agent_ratings_total", "Answers that people rated in Messages, good or bad.", "rating"
)
WORDED: Final = Counter(
    "flowbot_agent_worded_total",
    "Sentences that were given to the model of AGENT_MODEL_URL, by what came of it.",
    "outcome",
)

COUNTERS: Final = (
    JOBS,
    RATINGS,
    WORDED,
    SENDS,
    SLACK_429,
    IN_DOUBT,
    VENDOR_CALLS,
    TAKEOVERS,
    FENCED,
    DB_RETRIES,
)
GAUGES: Final = (LEASES_HELD,)
HISTOGRAMS: Final = (ACK, VENDOR_SECONDS, DB_SECONDS, LOOP_LAG)
