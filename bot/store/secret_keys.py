"""Secrets at rest: encrypted under the first key of SECRET_KEYS, and read with each of them.

Whatever must not be read from a copy of the database goes through here on its way to a column and
back. Without a key it is kept as it is.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

ENCRYPTED = "fernet:"
"""How an encrypted text begins; one that does not was kept in plain text."""


class SecretKeys:
    """The keys of one bot. None of them, and nothing they hide, is in an error or in the log."""

    __slots__ = ("_all", "_first")

    def __init__(self, setting: SecretStr | None) -> None:
        """Use the keys of the setting, the first for what is kept from now on."""
        keys = setting.get_secret_value().split(",") if setting else []
        self._first = _fernet(keys[:1])
        self._all = _fernet(keys)

    def encrypt(self, secret: str) -> str:
        """Return a secret as it may be kept."""
        if self._first is None:
            return secret
        return ENCRYPTED + self._first.encrypt(secret.encode()).decode()

    def decrypt(self, kept: str) -> str | None:
        """Return a secret from what was kept, or None where no key opens it."""
        return _opened(self._all, kept) if is_encrypted(kept) else kept

    def renew(self, kept: str) -> str:
        """Return what was kept under the first key; as it is where that is so or cannot be."""
        if is_encrypted(kept) and _opened(self._first, kept) is not None:
            return kept
        secret = self.decrypt(kept)
        return kept if secret is None else self.encrypt(secret)


def is_encrypted(kept: str) -> bool:
    """Return whether what was kept is no plain text."""
    return kept.startswith(ENCRYPTED)


def _fernet(keys: Sequence[str]) -> "MultiFernet | None":
    if not keys:
        return None
    # Some 20 ms of a start, only for whoever sets keys.
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415

    return MultiFernet([Fernet(each) for each in keys])


def _opened(keys: "MultiFernet | None", kept: str) -> str | None:
    if keys is None:
        return None
    from cryptography.fernet import InvalidToken  # noqa: PLC0415  # imported already, as above

    try:
        return keys.decrypt(kept.removeprefix(ENCRYPTED).encode()).decode()
    except InvalidToken:
        return None
