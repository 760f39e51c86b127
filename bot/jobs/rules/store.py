"""The table of rules of who may do what."""

from collections.abc import Iterable
from datetime import datetime

from bot.jobs.policy import AccessRule, Effect, Grantee, GranteeKind, Thing
from bot.store.database import Database, Row, Transaction, stamp

_ALL = "SELECT * FROM policy_rules WHERE workspace = :workspace ORDER BY id"
_ADD = """
INSERT INTO policy_rules (workspace, right_id, effect, kind, who, who_name, channel, channel_name,
  thing, thing_name, asks_in, made_by, made_at)
VALUES (:workspace, :right, :effect, :kind, :who, :who_name, :channel, :channel_name, :thing,
  :thing_name, :asks_in, :made_by, :now)"""
_DROP = "DELETE FROM policy_rules WHERE workspace = :workspace AND id = :id"
_MOVE = tuple(
    f"UPDATE policy_rules SET {column} = :new WHERE workspace = :workspace AND {column} = :old"  # noqa: S608  # ours
    for column in ("channel", "asks_in")
)


async def read_rules(database: Database) -> tuple[AccessRule, ...]:
    """Return all rules, oldest first. Raises NotKeptError where they cannot be read."""
    return tuple(map(_rule, await database.fetch_all(_ALL)))


def change_rules(
    tx: Transaction, *, gone: Iterable[int], new: Iterable[AccessRule], by: str, now: datetime
) -> None:
    """Delete rules by their numbers, and add others."""
    for number in gone:
        tx.execute(_DROP, {"id": number})
    for each in new:
        tx.execute(_ADD, _row(each, by, now))


def move_rules(tx: Transaction, old: str, new: str) -> int:
    """Let rules be about a channel by its new id; return how many were not."""
    moved = {"old": old, "new": new}
    return sum(tx.execute(each, moved) for each in _MOVE)


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
        right=row["right_id"],
        effect=Effect(row["effect"]),
        who=Grantee(GranteeKind(row["kind"]), row["who"], row["who_name"]),
        channel=row["channel"],
        channel_name=row["channel_name"],
        thing=Thing(row["thing"], row["thing_name"]),
        asks_in=row["asks_in"],
        id=row["id"],
    )
