"""The bot tokens of one installation: long-lived ones, or pairs that are replaced every 12 hours.

See https://docs.slack.dev/authentication/using-token-rotation: at most two access tokens are alive,
a refresh token is used once. Slack leaves it a short grace period, this one leaves it none.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock

ACCESS_SECONDS: Final = 43_200
ALIVE: Final = 2


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """What an app gets; `refresh` is empty and `expires_in` 0 without rotation."""

    access: str
    refresh: str = ""
    expires_in: int = 0


class Tokens:
    """Which tokens are alive, and why others are not."""

    def __init__(self, clock: Clock) -> None:
        """Start with none: the app is not installed."""
        self._clock = clock
        self._alive: dict[str, datetime | None] = {}
        self._dead: dict[str, str] = {}
        self._refresh = ""
        self.refreshes = 0
        """How often a refresh token was exchanged."""

    @property
    def is_installed(self) -> bool:
        """Whether the app is installed here."""
        return bool(self._alive or self._refresh)

    @property
    def newest(self) -> str:
        """The access token issued last, empty when none is alive."""
        return next(reversed(self._alive), "")

    def knows(self, token: str) -> bool:
        """Tell whether a token is or was one of these."""
        return token in self._alive or token in self._dead

    def problem(self, token: str) -> str:
        """Return Slack's error for a token that is known here, empty for a good one."""
        if token in self._dead:
            return self._dead[token]
        expires = self._alive[token]
        is_over = expires is not None and self._clock.now() >= expires
        return "token_expired" if is_over else ""

    def keep(self, token: str) -> None:
        """Let a long-lived token be alive that was made elsewhere, as on the app's own page."""
        self._alive[token] = None

    def issue(self, *, rotates: bool) -> IssuedToken:
        """Return new tokens; earlier ones stay alive as far as they may."""
        if not rotates:
            token = _made("xoxb")
            self._alive[token] = None
            return IssuedToken(token)
        return self._pair()

    def exchange(self, refresh: str) -> IssuedToken | None:
        """Return the next pair for a refresh token; None for one that is not the one alive."""
        if not self._refresh or refresh != self._refresh:
            return None
        self.refreshes += 1
        return self._pair()

    def has_refresh(self, refresh: str) -> bool:
        """Tell whether this is the refresh token that is alive."""
        return bool(refresh) and refresh == self._refresh

    def revoke(self, token: str) -> None:
        """End one token; without rotation the app is installed no more."""
        self._alive.pop(token, None)
        self._dead[token] = "token_revoked"

    def end(self) -> None:
        """End all: the app was removed."""
        self._dead |= dict.fromkeys(self._alive, "account_inactive")
        self._alive, self._refresh = {}, ""

    def _pair(self) -> IssuedToken:
        token, self._refresh = _made("xoxe.xoxb-1"), _made("xoxe-1")
        self._alive[token] = self._clock.now() + timedelta(seconds=ACCESS_SECONDS)
        for old in list(self._alive)[:-ALIVE]:
            self.revoke(old)
        return IssuedToken(token, self._refresh, ACCESS_SECONDS)


def _made(prefix: str) -> str:
    return f"{prefix}-sandbox-not-a-real-token-{secrets.token_hex(12)}"
