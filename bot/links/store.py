"""Which links of a workspace lead to what."""

from datetime import datetime

from bot.links.model import LinkRule
from bot.store.database import Database, Row, Transaction, stamp

_ALL = "SELECT * FROM link_rules WHERE workspace = :workspace ORDER BY domain, pattern"
_PUT = """
INSERT INTO link_rules (workspace, domain, pattern, kind, set_by, set_at)
VALUES (:workspace, :domain, :pattern, :kind, :set_by, :set_at)
ON CONFLICT (workspace, domain, pattern) DO UPDATE
SET kind = excluded.kind, set_by = excluded.set_by, set_at = excluded.set_at"""
_DROP = """
DELETE FROM link_rules
WHERE workspace = :workspace AND domain = :domain AND pattern = :pattern"""


def put_rule(tx: Transaction, rule: LinkRule) -> None:
    """Keep a rule in place of an earlier one of the same links."""
    tx.execute(
        _PUT,
        {
            "domain": rule.domain,
            "pattern": rule.pattern,
            "kind": rule.kind,
            "set_by": rule.set_by,
            "set_at": stamp(rule.set_at),
        },
    )


def drop_rule(tx: Transaction, domain: str, pattern: str) -> bool:
    """Delete a rule; False where there was none."""
    return bool(tx.execute(_DROP, {"domain": domain, "pattern": pattern}))


class LinkRuleStore:
    """The rules of a workspace."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self) -> tuple[LinkRule, ...]:
        """Return all rules, in alphabetical order."""
        return tuple(_rule(row) for row in await self._database.fetch_all(_ALL))


def _rule(row: Row) -> LinkRule:
    return LinkRule(
        row["domain"],
        row["pattern"],
        row["kind"],
        row["set_by"],
        datetime.fromisoformat(row["set_at"]),
    )
