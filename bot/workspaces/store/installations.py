"""The rows of installations, their tokens encrypted.

The table is about all workspaces, so they are asked through the database as it is.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot import log
from bot.clock import Clock
from bot.store.database import Database, Row, moment, stamp
from bot.store.secret_keys import SecretKeys
from bot.workspaces.model import KEPT_AFTER_LEAVING, BotTokens, Installation

UNREADABLE: Final = (
    "none of SECRET_KEYS opens its token. Add the key it was encrypted under, or let an admin of "
    "the workspace install Flowbot again; nothing else of it is lost"
)


_PUT: Final = """
INSERT INTO installations (workspace, enterprise_id, team_id, name, bot_user_id, bot_id, scopes,
installer, secrets, expires_at, installed_at, gone_at, changed_at)
VALUES (:workspace, :enterprise_id, :team_id, :name, :bot_user_id, :bot_id, :scopes,
:installer, :secrets, :expires_at, :installed_at, NULL, :now)
ON CONFLICT (workspace) DO UPDATE SET enterprise_id = excluded.enterprise_id,
team_id = excluded.team_id, name = excluded.name, bot_user_id = excluded.bot_user_id,
bot_id = excluded.bot_id, scopes = excluded.scopes, gone_at = NULL,
changed_at = excluded.changed_at"""


class InstallationStore:
    """One row for each workspace."""

    def __init__(self, database: Database, keys: SecretKeys, clock: Clock) -> None:
        """Keep them in this database under these keys."""
        self._database = database
        self._keys = keys
        self._clock = clock
        self._told: set[str] = set()

    async def get(self, workspace: str) -> Installation | None:
        """Return what is known of a workspace, also of one that left; None of a stranger."""
        row = await self._database.fetch_one(
            "SELECT * FROM installations WHERE workspace = :workspace", {"workspace": workspace}
        )
        return self._read(row) if row else None

    async def all(self) -> list[Installation]:
        """Return all that have not left, oldest first."""
        rows = await self._database.fetch_all(
            """SELECT * FROM installations WHERE gone_at IS NULL
            ORDER BY installed_at, workspace"""
        )
        return [self._read(row) for row in rows]

    async def with_tokens(self) -> list[tuple[str, str]]:
        """Return (workspace, organisation) of all that have not left, their tokens unread."""
        rows = await self._database.fetch_all(
            """SELECT workspace, enterprise_id FROM installations
            WHERE gone_at IS NULL AND secrets <> '' ORDER BY installed_at, workspace"""
        )
        return [(row["workspace"], row["enterprise_id"]) for row in rows]

    async def due(self, before: datetime, workspaces: Iterable[str]) -> list[str]:
        """Return those of these workspaces whose token ends before a moment."""
        rows = await self._database.fetch_all(
            """SELECT workspace FROM installations WHERE expires_at <= :before
            AND gone_at IS NULL ORDER BY expires_at""",
            {"before": stamp(before)},
        )
        among = set(workspaces)
        return [row["workspace"] for row in rows if row["workspace"] in among]

    async def changed(self, since: str) -> dict[str, str]:
        """Return the workspaces changed at or after a mark ('' for all), each with its own mark."""
        rows = await self._database.fetch_all(
            """SELECT workspace, changed_at FROM installations WHERE changed_at >= :since
            ORDER BY changed_at""",
            {"since": since},
        )
        return {row["workspace"]: row["changed_at"] for row in rows}

    async def put(self, one: Installation) -> None:
        """Keep an installation in place of an earlier one; it is on disk when this returns."""
        await self._database.execute(
            f"""{_PUT}, installer = excluded.installer, secrets = excluded.secrets,
            expires_at = excluded.expires_at, installed_at = excluded.installed_at""",
            self._columns(one),
        )

    async def put_own(self, one: Installation) -> None:
        """Keep who the bot is in the workspace of SLACK_BOT_TOKEN; what is kept of tokens stays."""
        await self._database.execute(
            _PUT,
            self._columns(one),
        )

    async def put_tokens(self, workspace: str, tokens: BotTokens) -> None:
        """Replace the tokens of a workspace that has not left; on disk when this returns."""
        await self._database.execute(
            """UPDATE installations SET secrets = :secrets, expires_at = :expires_at,
            changed_at = :now WHERE workspace = :workspace AND gone_at IS NULL""",
            {"workspace": workspace, "now": stamp(self._clock.now()), **self._kept(tokens)},
        )

    async def long_gone(self) -> list[str]:
        """Return the workspaces that left so long ago that nothing of them stays."""
        rows = await self._database.fetch_all(
            "SELECT workspace FROM installations WHERE gone_at < :before",
            {"before": stamp(self._clock.now() - KEPT_AFTER_LEAVING)},
        )
        return [row["workspace"] for row in rows]

    def _columns(self, one: Installation) -> dict[str, str | None]:
        return {
            "workspace": one.workspace,
            "enterprise_id": one.enterprise_id,
            "team_id": one.team_id,
            "name": one.name,
            "bot_user_id": one.bot_user_id,
            "bot_id": one.bot_id,
            "scopes": ",".join(sorted(one.scopes)),
            "installer": one.installer,
            "installed_at": stamp(one.installed_at),
            "now": stamp(self._clock.now()),
            **self._kept(one.tokens),
        }

    def _kept(self, tokens: BotTokens | None) -> dict[str, str | None]:
        if tokens is None:
            return {"secrets": "", "expires_at": None}
        texts = json.dumps({"access": tokens.access, "refresh": tokens.refresh})
        until = stamp(tokens.expires_at) if tokens.expires_at else None
        return {"secrets": self._keys.encrypt(texts), "expires_at": until}

    def _read(self, row: Row) -> Installation:
        one = installation_of(row, self._keys)
        if one.is_locked:
            self._tell(one.workspace, one.name)
        return one

    def _tell(self, workspace: str, name: str) -> None:
        """Say once that a token cannot be read; it stays, as its key may be given later."""
        if workspace not in self._told:
            self._told.add(workspace)
            log.get().error(
                "installation_not_readable", workspace=workspace, name=name, why=UNREADABLE
            )


def installation_of(row: Row, keys: SecretKeys) -> Installation:
    """Return what a row says, its tokens opened where one of the keys does."""
    installed_at = moment(row["installed_at"])
    assert installed_at is not None
    texts = keys.decrypt(row["secrets"]) if row["secrets"] else ""
    return Installation(
        workspace=row["workspace"],
        team_id=row["team_id"],
        enterprise_id=row["enterprise_id"],
        name=row["name"],
        bot_user_id=row["bot_user_id"],
        bot_id=row["bot_id"],
        scopes=frozenset(filter(None, row["scopes"].split(","))),
        installer=row["installer"],
        installed_at=installed_at,
        tokens=BotTokens(**json.loads(texts), expires_at=moment(row["expires_at"]))
        if texts
        else None,
        gone_at=moment(row["gone_at"]),
        is_locked=texts is None,
    )
