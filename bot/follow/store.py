"""What people follow, as rows. When they are told is decided in core.planning."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.asking.question import QuestionKinds
from bot.codec import dumps, loads
from bot.follow import statements as sql
from bot.follow.model import Follow, FollowedQuestion, Follower, MorningDays
from bot.store.database import Database, Row, Transaction, moment, stamp

BATCH = 25
"""So many are claimed in one transaction, as everybody who writes waits for it."""


class FollowStore:
    """Follows by number and by person."""

    def __init__(self, database: Database, kinds: QuestionKinds) -> None:
        """Keep them in this database, and read their questions as of these kinds."""
        self._database = database
        self._kinds = kinds

    async def of(self, person: str) -> list[Follow]:
        """Return what somebody follows, the oldest first."""
        rows = await self._database.fetch_all(sql.OF_PERSON, {"person": person})
        return [self._of(row) for row in rows]

    async def of_question(self, asked: str) -> list[Follow]:
        """Return who is told at once of a question, and of what of it."""
        rows = await self._database.fetch_all(sql.OF_QUESTION, {"asked": asked})
        return [self._of(row) for row in rows]

    async def follower(self, person: str) -> Follower | None:
        """Return when somebody is told, or None who never followed anything."""
        row = await self._database.fetch_one(sql.FOLLOWER, {"person": person})
        return _follower(row) if row else None

    def of_now(self, tx: Transaction, person: str) -> list[Follow]:
        """Return what somebody follows as it is inside a transaction."""
        return [self._of(row) for row in tx.fetch_all(sql.OF_PERSON, {"person": person})]

    def follower_now(self, tx: Transaction, person: str) -> Follower | None:
        """Return when somebody is told, as it is inside a transaction."""
        row = tx.fetch_one(sql.FOLLOWER, {"person": person})
        return _follower(row) if row else None

    def due(self, tx: Transaction, now: datetime) -> list[Follower]:
        """Return some whose morning has come."""
        rows = tx.fetch_all(sql.DUE, {"now": stamp(now), "limit": BATCH})
        return [_follower(row) for row in rows]

    def looked_at(self, tx: Transaction, now: datetime) -> list[Follower]:
        """Return some whose figures are to be looked at."""
        rows = tx.fetch_all(sql.LOOKED_AT, {"now": stamp(now), "limit": BATCH})
        return [_follower(row) for row in rows]

    def followers(self, tx: Transaction) -> list[Follower]:
        """Return everybody who follows anything."""
        return [_follower(row) for row in tx.fetch_all(sql.ALL)]

    def _of(self, row: Row) -> Follow:
        kind = self._kinds[row["kind"]]
        question = kind.of_row(loads(row["question"]))
        return Follow(
            id=row["id"],
            person=row["person"],
            asked=FollowedQuestion(kind, question, row["zone"]),
            created_at=datetime.fromisoformat(row["created_at"]),
            measure=row["measure"],
            digest=row["digest"],
            at_once=bool(row["at_once"]),
            told=loads(row["told"]),
            told_at=moment(row["told_at"]),
            trouble=row["trouble"],
        )


def newest_note(tx: Transaction) -> str | None:
    """Return when a person's wishes were written down last."""
    row = tx.fetch_one(sql.NEWEST)
    return row["at"] if row else None


def put_follower(tx: Transaction, one: Follower, *, now: datetime) -> None:
    """Write all that is known of when somebody is told."""
    tx.execute(sql.PUT_FOLLOWER, {**_columns(one), "now": stamp(now)})


def plan_follower(tx: Transaction, one: Follower) -> None:
    """Write when somebody is told next, and in which zone they are."""
    tx.execute(sql.PLAN, _columns(one))


def note_alarm(tx: Transaction, one: Follower) -> None:
    """Write how often somebody was told something at once today."""
    tx.execute(sql.ALARMED, _columns(one))


def refuse_follower(tx: Transaction, person: str, refused: str) -> None:
    """Write why somebody may not see figures; empty where they may."""
    tx.execute(sql.REFUSE, {"person": person, "refused": refused})


def is_followed(tx: Transaction, asked: str) -> bool:
    """Return whether anybody follows a question, by its key."""
    return tx.fetch_one(sql.IS_FOLLOWED, {"asked": asked}) is not None


def add_follow(tx: Transaction, one: Follow) -> int:
    """Insert one and return its number; 0 where the same is followed already."""
    row = tx.fetch_one(sql.ADD, {**_question_of(one), **_row_of(one)})
    return int(row["id"]) if row else 0


def change_follow(tx: Transaction, one: Follow) -> None:
    """Write which figure of one is followed, and whether it is told at once."""
    tx.execute(sql.CHANGE, _row_of(one))


def told_follow(tx: Transaction, number: int, told: Mapping[str, Any], *, now: datetime) -> None:
    """Note the figures that somebody knows now."""
    tx.execute(sql.TOLD, {"id": number, "told": dumps(told), "now": stamp(now)})


def trouble_follow(tx: Transaction, number: int, trouble: str) -> None:
    """Note why one could not be read, as somebody was told."""
    tx.execute(sql.TROUBLED, {"id": number, "trouble": trouble})


def ask_anew(tx: Transaction, one: Follow) -> None:
    """Note what a digest that is followed asks from now on."""
    tx.execute(sql.ASKED_ANEW, {**_question_of(one), "id": one.id})


def drop_follow(tx: Transaction, person: str, number: int) -> int:
    """Let somebody not follow one any more; return whether they did."""
    return tx.execute(sql.UNFOLLOW, {"person": person, "id": number})


def forget_follower(tx: Transaction, person: str) -> int:
    """Delete all that is kept of somebody; return how much they followed."""
    count = tx.execute(sql.FORGET_FOLLOWS, {"person": person})
    tx.execute(sql.FORGET_FOLLOWER, {"person": person})
    return count


def _question_of(one: Follow) -> dict[str, Any]:
    asked = one.asked
    return {
        "kind": asked.kind.name,
        "question": dumps(asked.question),
        "asked": asked.key,
        "zone": asked.zone,
    }


def _row_of(one: Follow) -> dict[str, Any]:
    return {
        "id": one.id,
        "person": one.person,
        "measure": one.measure,
        "digest": one.digest,
        "at_once": int(one.at_once),
        "created_at": stamp(one.created_at),
        "told": dumps(one.told),
        "told_at": stamp(one.told_at) if one.told_at else None,
        "trouble": one.trouble,
    }


def _columns(one: Follower) -> dict[str, Any]:
    return {
        "person": one.person,
        "zone": one.zone,
        "at": one.at,
        "days": one.days.value,
        "says_nothing": int(one.says_nothing),
        "rests_until": stamp(one.rests_until) if one.rests_until else None,
        "next_at": stamp(one.next_at),
        "look_at": stamp(one.look_at) if one.look_at else None,
        "alarms": one.alarms,
        "alarms_on": one.alarms_on,
        "refused": one.refused,
    }


def _follower(row: Row) -> Follower:
    return Follower(
        person=row["person"],
        zone=row["zone"],
        next_at=datetime.fromisoformat(row["next_at"]),
        at=row["at"],
        days=MorningDays(row["days"]),
        says_nothing=bool(row["says_nothing"]),
        rests_until=moment(row["rests_until"]),
        look_at=moment(row["look_at"]),
        alarms=row["alarms"],
        alarms_on=row["alarms_on"],
        refused=row["refused"],
    )
