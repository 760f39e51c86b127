"""SaferMe's session across restarts and processes: the living pair is kept before it is used.

A pair that was kept belongs to the settings it descends from. Whoever gives other settings means
those, so a pair of another origin is not used.
"""

from functools import partial
from hashlib import sha256

from pydantic import SecretStr

from bot.clock import Clock
from bot.fieldreports.client.session import TokenKeeper, Tokens
from bot.fieldreports.model import SAFERME
from bot.fieldreports.settings import SaferMeSettings
from bot.store.credentials import CredentialStore, KeptPair
from bot.store.leases import Leases


class Sessions:
    """Gives back the pair that is alive, and keeps each one that takes its place."""

    def __init__(
        self,
        leases: Leases,
        credentials: CredentialStore,
        settings: SaferMeSettings,
        clock: Clock,
    ) -> None:
        """Keep pairs in `credentials`; the first comes from `settings`, where it is given."""
        self._leases = leases
        self._store = credentials
        self._settings = settings
        self._clock = clock
        self._origin = _origin(settings)

    @property
    def keeping(self) -> TokenKeeper:
        """The same for the client: one process at a time replaces the pair of this database."""
        turn = partial(self._leases.turn, f"{SAFERME.name}-session")
        return TokenKeeper(self.kept, self.keep, turn)

    async def tokens(self) -> Tokens | None:
        """Return the pair to begin with, or None where an account is all there is."""
        kept = await self.kept()
        if kept or self._settings.access_token is None:
            return kept
        return Tokens(self._settings.access_token, self._settings.refresh_token)

    async def kept(self) -> Tokens | None:
        """Return the pair kept last, by whichever process; None where these settings have none."""
        kept = await self._store.get(SAFERME.name)
        if kept is None or kept.origin != self._origin:
            return None
        refresh = SecretStr(kept.refresh) if kept.refresh else None
        return Tokens(SecretStr(kept.access), refresh, kept.expires_at)

    async def keep(self, tokens: Tokens) -> None:
        """Keep a pair; it is on disk when this returns."""
        refresh = tokens.refresh.get_secret_value() if tokens.refresh else ""
        access = tokens.access.get_secret_value()
        pair = KeptPair(self._origin, access, refresh, tokens.expires_at)
        await self._store.put(SAFERME.name, pair, now=self._clock.now())


def with_kept(settings: SaferMeSettings, kept: KeptPair) -> SaferMeSettings:
    """Return settings with the pair that took the place of theirs; as they are for any other."""
    if kept.origin != _origin(settings):
        return settings
    pair = {"access_token": SecretStr(kept.access), "refresh_token": SecretStr(kept.refresh)}
    return settings.model_copy(update=pair)


def _origin(settings: SaferMeSettings) -> str:
    """Return a digest of what the session began with; no password, as one can be guessed."""
    secrets = (settings.access_token, settings.refresh_token)
    given = [each.get_secret_value() if each else "" for each in secrets]
    parts = (settings.base_url, settings.email or "", *given)
    return sha256("\0".join(parts).encode()).hexdigest()
