"""Secrets at rest: whether they are encrypted, whether the keys open them, who may read them."""

import asyncio
import stat
from pathlib import Path
from typing import Final

from bot.config.surroundings import ENV_FILE
from bot.doctor.findings import Finding, failed, passed, warned
from bot.doctor.store import DoctorRows, OtherSchemaError
from bot.store.credentials import KeptPair
from bot.store.opening import DatabaseNotOpenedError
from bot.store.secret_keys import SecretKeys, is_encrypted

SECRETS: Final = "secrets"
ENV: Final = "secrets.env_file"
OTHER_KEY: Final = (
    "Add the key they were encrypted under to SECRET_KEYS. Until then nothing is deleted; without "
    "it SaferMe begins a new session, and admins connect their services again."
)
SET_KEYS: Final = "Set SECRET_KEYS to a new key (docs/security.md, Keys), then start again."


class SecretLooks:
    """Looks at what is kept in the database, and at `.env`."""

    def __init__(self, rows: DoctorRows, keys: SecretKeys) -> None:
        """Look into these rows; `keys` are those of SECRET_KEYS."""
        self._rows = rows
        self._keys = keys

    async def kept(self) -> Finding:
        """Look whether secrets are encrypted, and whether the keys open all of them."""
        texts = await self._rows.secrets()
        if any(self._keys.decrypt(each) is None for each in texts):
            about = "Secrets are kept that no key of SECRET_KEYS opens."
            return failed(SECRETS, about, OTHER_KEY)
        if not all(map(is_encrypted, texts)):
            return warned(
                SECRETS, "Secrets of services lie in the database in plain text.", SET_KEYS
            )
        how = "encrypted, and the keys open them" if texts else "not there yet"
        return passed(SECRETS, f"Secrets of services in the database are {how}.")


class KeptCredentials:
    """The credentials that vendors replaced, of all workspaces."""

    def __init__(self, rows: DoctorRows, keys: SecretKeys) -> None:
        """Look into these rows; `keys` are those of SECRET_KEYS."""
        self._rows = rows
        self._keys = keys

    async def of(self, vendor: str) -> list[KeptPair]:
        """Return those that can be read; none where the database cannot."""
        try:
            rows = await self._rows.credentials()
        except (DatabaseNotOpenedError, OtherSchemaError):
            return []
        found = []
        for row in rows:
            access, refresh = self._keys.decrypt(row["access"]), self._keys.decrypt(row["refresh"])
            if row["vendor"] == vendor and access is not None and refresh is not None:
                found.append(KeptPair(row["origin"], access, refresh))
        return found


async def env_file(path: Path = ENV_FILE) -> Finding:
    """Look whether others on the machine may read the keys in `.env`."""
    if not await asyncio.to_thread(path.is_file):
        return passed(ENV, "There is no .env: all settings come from the environment.")
    found = await asyncio.to_thread(path.stat)
    if found.st_mode & (stat.S_IROTH | stat.S_IRGRP):
        about = "Others on this machine may read the keys in .env."
        return warned(ENV, about, "Type: chmod 600 .env")
    return passed(ENV, "Only its owner may read .env.")
