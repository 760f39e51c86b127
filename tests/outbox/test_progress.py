import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.progress import TransferProgress, progress_words
from bot.slack.blocks.wording import size_words


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (TransferProgress(4_200_000, None, 9), "4.2 MB so far"),
        (TransferProgress(0, 0, 9), "0 bytes so far"),
        (TransferProgress(1_000_000, 1_000_000_000, 9), "1 MB of 1 GB, 0%"),
        (
            TransferProgress(410_000_000, 1_000_000_000, 82),
            "410 MB of 1 GB, 41%, about 2 minutes left",
        ),
        (
            TransferProgress(999_999_999, 1_000_000_000, 30),
            "1 GB of 1 GB, 99%, a few seconds left",
        ),
        (TransferProgress(10, 10, 9), "10 bytes of 10 bytes, 100%"),
        (TransferProgress(12, 10, 9), "12 bytes of 10 bytes, 100%"),
    ],
    ids=["no size", "no bytes", "just begun", "under way", "nearly", "done", "more than announced"],
)
def test_progress_says_what_is_known(progress: TransferProgress, words: str) -> None:
    assert progress_words(progress) == words


@given(st.integers(0, 10**16), st.none() | st.integers(0, 10**16), st.floats(0, 10**9))
def test_any_progress_has_words(done: int, total: int | None, seconds: float) -> None:
    assert size_words(done) in progress_words(TransferProgress(done, total, seconds))
