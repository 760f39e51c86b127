"""Whether a digest could be made at this moment: composed for nobody, and dropped."""

from bot.asking.composing import Composers
from bot.asking.occasion import Occasion
from bot.asking.subscription import Subscription
from bot.clock import Clock
from bot.errors import PASSING, BotError, Reason, UserError, VendorError
from bot.slack.blocks.problems import sentence, vendor_sentence
from bot.troubles.model import Hindrance, TroubleKind

_KINDS = {
    Reason.AUTH: TroubleKind.KEY,
    Reason.OFF: TroubleKind.OFF,
    Reason.NOT_FOUND: TroubleKind.THING,
}


class Probe:
    """Asks what digests ask. Nothing is told, written or remembered of it."""

    def __init__(self, composers: Composers, clock: Clock) -> None:
        """Ask with the one of `composers` for a digest's kind."""
        self._composers = composers
        self._clock = clock

    async def trouble(self, one: Subscription) -> BotError | None:
        """Return what would keep a digest from being made now, or None."""
        now = self._clock.now()
        occasion = Occasion(zone=one.zone, asked_at=now, now=now, subscription=one)
        try:
            await self._composers[one.kind.name].compose(one.question, occasion)
        except BotError as error:
            return error
        return None


def hindrance_in(error: BotError, one: Subscription) -> Hindrance | None:
    """Return what keeps a digest from being made until somebody mends it; None for all else."""
    if isinstance(error, UserError):
        return Hindrance(TroubleKind.THING, _thing(one), sentence(error))
    if not isinstance(error, VendorError) or error.reason not in _KINDS:
        return None
    kind = _KINDS[error.reason]
    subject = _thing(one) if kind is TroubleKind.THING else error.vendor.name
    return Hindrance(kind, subject, vendor_sentence(error))


def is_passing(error: BotError | None) -> bool:
    """Return whether a vendor only doesn't answer well at the moment."""
    return isinstance(error, VendorError) and error.reason in PASSING


def _thing(one: Subscription) -> str:
    """Return what a digest is about, without its options."""
    return f"{one.kind.name}:{one.kind.title(one.question).partition(', ')[0]}"
