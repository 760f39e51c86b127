from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import metrics
from bot.metrics import Counter, Histogram, Spread


def test_a_counter_counts_by_its_labels() -> None:
    sends = Counter("sends_total", "Sent.", "outcome")
    assert sends.read() == {}
    for outcome in ("sent", "retry", "sent"):
        sends.add(outcome)
    assert sends.read() == {("sent",): 2, ("retry",): 1}


def test_what_has_no_labels_is_there_from_the_first() -> None:
    assert Counter("takeovers_total", "Taken over.").read() == {(): 0}
    assert Histogram("lag", "Late.", bounds=(1,)).read() == {(): Spread((0, 0), 0.0)}


def test_durations_are_counted_up_to_and_beyond_the_bounds() -> None:
    waits = Histogram("waits", "Waited.", "kind", bounds=(0.125, 1))
    for seconds in (0.0625, 0.125, 0.5, 7):
        waits.took(seconds, "read")
    assert waits.read() == {("read",): Spread((2, 1, 1), 7.6875)}


def test_what_fails_takes_time_too() -> None:
    waits = Histogram("waits", "Waited.", bounds=(60,))
    with pytest.raises(LookupError), waits.timed():
        raise LookupError
    assert waits.read()[()].counts == (1, 0)


def test_threads_lose_no_count() -> None:
    retries = Counter("retries_total", "Repeated.")

    def count(_: int) -> None:
        for _ in range(2_000):
            retries.add()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    assert retries.read() == {(): 16_000}


def test_all_numbers_have_names_of_their_own_in_order() -> None:
    known = (*metrics.COUNTERS, *metrics.GAUGES, *metrics.HISTOGRAMS)
    made = [each for each in vars(metrics).values() if isinstance(each, type(metrics.ACK))]
    assert set(made) == set(metrics.HISTOGRAMS)
    assert len({each.name for each in known}) == len(known)
    assert all(each.name.endswith("_total") for each in metrics.COUNTERS)
    assert all(each.name.endswith("_seconds") for each in metrics.HISTOGRAMS)
    assert all(list(each.bounds) == sorted(each.bounds) for each in metrics.HISTOGRAMS)
