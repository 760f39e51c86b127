"""What a token is, and what is kept of it. Plain values."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

BEGINS: Final = "flbt_"
"""So begins each token, so that whoever finds one knows what it is."""
LIFE: Final = timedelta(days=90)
MOST: Final = 5
"""So many of one person are good at the same time."""
LONGEST: Final = 100
_BYTES: Final = 32
_SHOWN: Final = len(BEGINS) + 4


@dataclass(frozen=True, slots=True)
class AssistantToken:
    """A token as it is kept: whose it is, what for, and from when until when it is good."""

    id: int
    user: str
    name: str
    prefix: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether somebody may ask with it at a moment."""
        return self.revoked_at is None and now < self.expires_at


def new_token() -> str:
    """Return a token that nobody can guess."""
    return f"{BEGINS}{secrets.token_urlsafe(_BYTES)}"


def digest_of(token: str) -> str:
    """Return what is kept of a token; it is too long to be guessed from that, without a salt."""
    return sha256(token.encode()).hexdigest()


def prefix_of(token: str) -> str:
    """Return its first letters, by which people know it again."""
    return token[:_SHOWN]
