"""The table of rules of who may do what."""

from collections.abc import Iterable
from datetime import datetime

from bot.jobs.policy import AccessRule, Effect, Grantee, GranteeKind, Thing
from bot.store.database import Database, Row, Transaction, stamp

_ALL = "SELECT * FROM policy_rules ORDER BY id"
_ADD = """
INSERT INTO policy_rules (right, effect, kind, who, who_name, channel, channel_name, thing,
  thing_name, asks_in, made_by, made_at)
VALUES (:right, :effect, :kind, :who, :who_name, :channel, :channel_name, :thing, :thing_name,
  :asks_in, :made_by, :now)"""


async def read_rules(database: Database) -> tuple[AccessRule, ...]:
    """Return all rules, oldest first. Raises NotKeptError where they cannot be read."""
    return tuple(map(_rule, await database.fetch_all(_ALL)))


def change_rules(
    tx: Transaction, *, gone: Iterable[int], new: Iterable[AccessRule], by: str, now: datetime
) -> None:
    """Delete rules by their numbers, and add others."""
    for number in gone:
        tx.execute("DELETE FROM policy_rules WHERE id = :id", {"id": number})
    for each in new:
        tx.execute(_ADD, _row(each, by, now))


def move_rules(tx: Transaction, old: str, new: str) -> int:
    """Let rules be about a channel by its new id; return how many were not."""
    moved = {"old": old, "new": new}
    return tx.execute(
        "UPDATE policy_rules SET channel = :new WHERE channel = :old", moved
    ) + tx.execute("UPDATE policy_rules SET asks_in = :new WHERE asks_in = :old", moved)


def _row(rule: AccessRule, by: str, now: datetime) -> dict[str, str]:
    return {
        "right": rule.right,
        "effect": rule.effect,
        "kind": rule.who.kind,
        "who": rule.who.id,
        "who_name": rule.who.name,
        "channel": rule.channel,
        "channel_name": rule.channel_name,
        "thing": rule.thing.id,
        "thing_name": rule.thing.name,
        "asks_in": rule.asks_in,
        "made_by": by,
        "now": stamp(now),
    }


def _rule(row: Row) -> AccessRule:
    return AccessRule(
        right=row["right"],
        effect=Effect(row["effect"]),
        who=Grantee(GranteeKind(row["kind"]), row["who"], row["who_name"]),
        channel=row["channel"],
        channel_name=row["channel_name"],
        thing=Thing(row["thing"], row["thing_name"]),
        asks_in=row["asks_in"],
        id=row["id"],
    )
