"""The stand-in's sessions: pairs of tokens of which only the newest of each session lives."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.vendors.switches import Switches

APP = "com.thundermaps.saferme"
EMAIL = "flowbot@example.com"
PASSWORD = "sandbox-saferme-password"
AUCKLAND = timezone(timedelta(hours=13))


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of tokens and when each of the two ends."""

    access: str
    refresh: str
    access_ends: datetime
    refresh_ends: datetime


class Sessions:
    """Every living pair, by access token."""

    def __init__(self, switches: Switches, clock: SandboxClock) -> None:
        """Begin with nobody signed in."""
        self._switches = switches
        self._clock = clock
        self._pairs: dict[str, Pair] = {}
        self._made = 0

    def begin(self) -> Pair:
        """Return a new pair."""
        now, self._made = self._clock.now(), self._made + 1
        pair = Pair(
            access=f"smt_2a_sandbox-access-{self._made:06d}",
            refresh=f"sandbox-refresh-{self._made:06d}",
            access_ends=now + timedelta(days=self._switches.number("token_days")),
            refresh_ends=now + timedelta(days=self._switches.number("refresh_days")),
        )
        self._pairs[pair.access] = pair
        return pair

    def refresh(self, access: object, refresh: object) -> Pair | None:
        """Return a new pair for an old one, which dies; None for one that is dead or wrong."""
        old = self._pairs.get(str(access))
        if old is None or old.refresh != refresh or self._clock.now() >= old.refresh_ends:
            return None
        del self._pairs[old.access]
        return self.begin()

    def end(self, access: str) -> None:
        """Let a pair die."""
        self._pairs.pop(access, None)

    def expire(self) -> None:
        """Let every access token end now; the refresh tokens live on."""
        now = self._clock.now()
        self._pairs = {key: replace(one, access_ends=now) for key, one in self._pairs.items()}

    def alive(self, header: str) -> str | None:
        """Return the access token of an Authorization header that is right, else None."""
        token = header.removeprefix("Token token=")
        pair = self._pairs.get(token) if token != header else None
        return token if pair is not None and self._clock.now() < pair.access_ends else None

    def shown(self, pair: Pair) -> dict[str, Any]:
        """Return the JSON of a new session, with its tokens."""
        shown = self._told(pair)
        shown["session"] |= {"access_token": pair.access, "refresh_token": pair.refresh}
        return shown

    def told(self, access: str) -> dict[str, Any]:
        """Return the JSON of a session that lives; its tokens can never be read again."""
        return self._told(self._pairs[access])

    def _told(self, pair: Pair) -> dict[str, Any]:
        ends = pair.access_ends.astimezone(AUCKLAND).isoformat(timespec="milliseconds")
        team = json.loads(self._switches.choice("preferred_team"))
        profile = {"user_id": 41, "preferred_team_id": team, "consent_required": False}
        common = {"app_bundle_id": APP, "branded_app_id": 1, "profile": profile}
        return {"session": {"token_expire_at": ends, **common}}
