"""How far a transfer is, in words: bytes, percent, and how long it may still take."""

from dataclasses import dataclass

from bot.slack.blocks.wording import size_words, time_words

_TELLING = 0.02  # of the whole: before that, a guess of the time left means nothing
_SOON = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class TransferProgress:
    """A transfer under way: bytes done, bytes in all (None where unknown), seconds so far."""

    done: int
    total: int | None
    seconds: float

    @property
    def percent(self) -> int | None:
        """How much is done, 0-100; 100 only at the very end, None where the size is unknown."""
        if not self.total:
            return None
        return min(100 * self.done // self.total, 99 if self.done < self.total else 100)

    @property
    def seconds_left(self) -> float | None:
        """The seconds left at the speed so far; None while nobody can tell."""
        if not self.total or self.seconds < _SOON or self.done < self.total * _TELLING:
            return None
        return max(0.0, self.seconds * (self.total - self.done) / self.done)


def progress_words(progress: TransferProgress) -> str:
    """Return "412 MB of 1 GB, 41%, about 2 minutes left", as far as it is known."""
    if progress.percent is None or not progress.total:
        return f"{size_words(progress.done)} so far"
    parts = [f"{size_words(progress.done)} of {size_words(progress.total)}"]
    parts.append(f"{progress.percent}%")
    if progress.seconds_left:
        left = time_words(progress.seconds_left)
        parts.append(f"about {left} left" if left[0].isdigit() else f"{left} left")
    return ", ".join(parts)
