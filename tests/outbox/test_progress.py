import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.progress import TransferProgress, progress_words, size_words, time_words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 KB"),
        (4_230, "4.2 KB"),
        (999_600, "1 MB"),
        (42_300_000, "42 MB"),
        (1_100_000_000, "1.1 GB"),
        (5 * 10**15, "5,000 TB"),
    ],
)
def test_a_size_has_the_unit_that_reads_best(count: int, words: str) -> None:
    assert size_words(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (38, "40 seconds"),
        (62, "1 minute"),
        (299, "5 minutes"),
        (7_800, "2 h 10 min"),
        (86_401, "more than a day"),
        (float("inf"), "more than a day"),
    ],
)
def test_a_time_is_as_exact_as_a_guess_may_be(seconds: float, words: str) -> None:
    assert time_words(seconds) == words


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (TransferProgress(4_200_000, None, 9), "4.2 MB so far"),
        (TransferProgress(0, 0, 9), "0 bytes so far"),
        (TransferProgress(1_000_000, 1_000_000_000, 9), "1 MB of 1 GB, 0 %"),
        (
            TransferProgress(410_000_000, 1_000_000_000, 82),
            "410 MB of 1 GB, 41 %, about 2 minutes left",
        ),
        (
            TransferProgress(999_999_999, 1_000_000_000, 30),
            "1 GB of 1 GB, 99 %, a few seconds left",
        ),
        (TransferProgress(10, 10, 9), "10 bytes of 10 bytes, 100 %"),
        (TransferProgress(12, 10, 9), "12 bytes of 10 bytes, 100 %"),
    ],
    ids=["no size", "no bytes", "just begun", "under way", "nearly", "done", "more than announced"],
)
def test_progress_says_what_is_known(progress: TransferProgress, words: str) -> None:
    assert progress_words(progress) == words


@given(st.integers(0, 10**16), st.none() | st.integers(0, 10**16), st.floats(0, 10**9))
def test_any_progress_has_words(done: int, total: int | None, seconds: float) -> None:
    assert size_words(done) in progress_words(TransferProgress(done, total, seconds))
