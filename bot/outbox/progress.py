"""How far a transfer is, in words: bytes, percent, and how long it may still take."""

from dataclasses import dataclass
from math import isfinite

_UNITS = ("KB", "MB", "GB", "TB")
_STEP = 1_000  # as Slack and file managers count
_MINUTE = 60
_HOUR = 3_600
_DAY = 86_400
_TELLING = 0.02  # of the whole: before that, a guess of the time left means nothing
_SOON = 2.0  # seconds
_EXACT = 10  # below it one decimal helps, and a time is too short to be exact about


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


def size_words(count: int) -> str:
    """Return a number of bytes such as "812 bytes", "4.2 MB" or "1.1 GB"."""
    if count < _STEP:
        return f"{count} byte{'s' * (count != 1)}"
    amount, unit = count / _STEP, 0
    while amount >= _STEP - 0.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = 1 if amount < _EXACT else 0
    return f"{amount:,.{digits}f}".removesuffix(".0") + f" {_UNITS[unit]}"


def time_words(seconds: float) -> str:
    """Return a time such as "a few seconds", "40 seconds", "5 minutes" or "2 h 10 min"."""
    if not isfinite(seconds) or seconds > _DAY:
        return "more than a day"
    if seconds < _EXACT:
        return "a few seconds"
    if seconds < _MINUTE:
        return f"{round(seconds / 10) * 10} seconds"
    if seconds < _HOUR:
        minutes = round(seconds / _MINUTE)
        return f"{minutes} minute{'s' * (minutes != 1)}"
    hours, rest = divmod(round(seconds / _MINUTE), 60)
    return f"{hours} h {rest} min"


def progress_words(progress: TransferProgress) -> str:
    """Return "412 MB of 1 GB, 41 %, about 2 minutes left", as far as it is known."""
    if progress.percent is None or not progress.total:
        return f"{size_words(progress.done)} so far"
    parts = [f"{size_words(progress.done)} of {size_words(progress.total)}"]
    parts.append(f"{progress.percent} %")
    if progress.seconds_left:
        left = time_words(progress.seconds_left)
        parts.append(f"about {left} left" if left[0].isdigit() else f"{left} left")
    return ", ".join(parts)
