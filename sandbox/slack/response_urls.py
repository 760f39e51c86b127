"""`response_url`: five answers within thirty minutes, also where the bot is no member."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from sandbox.slack import limits
from sandbox.slack.refusals import Refusal

_KEPT = 1_000


@dataclass(slots=True)
class ResponseUrl:
    """Where answers go. `message_ts` is the message that was acted on, empty for a command."""

    user: str
    channel: str
    message_ts: str
    thread_ts: str
    at: datetime
    uses: int = 0


class ResponseUrls:
    """The addresses that were handed out, by their secret key."""

    def __init__(self, clock: Clock, mark: str) -> None:
        """Start with none."""
        self._clock = clock
        self._mark = mark
        self._minted = 0
        self._open: OrderedDict[str, ResponseUrl] = OrderedDict()

    def mint(self, *, user: str, channel: str, message_ts: str = "", thread_ts: str = "") -> str:
        """Return the path of a new address."""
        self._minted += 1
        key = f"answer{self._mark}{self._minted:08d}"
        self._open[key] = ResponseUrl(user, channel, message_ts, thread_ts, self._clock.now())
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return f"/hooks/actions/{key}"

    def knows(self, key: str) -> bool:
        """Tell whether an address was handed out here."""
        return key in self._open

    def use(self, key: str) -> ResponseUrl:
        """Count one use; refuses `used_url` and `expired_url`."""
        found = self._open.get(key)
        if found is None:
            raise Refusal("used_url")
        age = self._clock.now() - found.at
        if age > timedelta(seconds=limits.RESPONSE_URL_SECONDS):
            raise Refusal("expired_url")
        if found.uses >= limits.RESPONSE_URL_USES:
            raise Refusal("used_url")
        found.uses += 1
        return found
