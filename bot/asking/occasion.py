"""The circumstances of an answer, one value for whoever composes it and for its rendering."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.core import periods
from bot.asking.core.globs import fits
from bot.asking.core.periods import Period
from bot.asking.core.terms_words import terms_words
from bot.asking.question import TABLE_FORMATS
from bot.asking.subscription import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """To whom an answer goes, when, and for which digest, if it is one.

    Moments are told in `zone` (IANA). The data is of `now`; periods are read as of `asked_at`.
    `key` is the outbox key that the answer will have: [Export] finds the question by it, and
    without one there is none; `formats` are those it offers. `readers` is a key for those who read
    it, as what changed is said against what they were told last; `private` says that it is the
    asker alone. `asked_by` is a display name and not a mention, as a mention would notify. `orders`
    is false where whoever alone reads it may order no digest.
    """

    zone: str
    asked_at: datetime
    now: datetime
    key: str = ""
    readers: str = ""
    private: bool = False
    asked_by: str = ""
    subscription: Subscription | None = None
    orders: bool = True
    formats: tuple[str, ...] = TABLE_FORMATS

    @property
    def footer(self) -> str:
        """Who asked, or which digest it is; empty where neither is known."""
        if self.subscription:
            one = self.subscription
            number = f"Digest {one.id}" if one.id else "Preview"
            return ", ".join((number, one.words, *terms_words(one.terms)))
        return f"Asked by {self.asked_by}" if self.asked_by else ""

    def counts(self, part: str) -> bool:
        """Return whether a part of the answer is wanted, by its name."""
        return self.subscription is None or fits(part, self.subscription.terms.parts)

    def period(self, words: str) -> Period:
        """Return the days that the words of a period stand for. Raises UserError."""
        today = self.asked_at.astimezone(ZoneInfo(self.zone)).date()
        return periods.period(words, today=today, zone=self.zone)
