"""What stands on scoreboards, and which of it is due."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.asking.question import QuestionKinds
from bot.asking.subscription import Subscription
from bot.codec import decode, dumps, loads
from bot.scoreboards.core.shown import ShownFigures
from bot.scoreboards.model import BoardFigure
from bot.scoreboards.statements import (
    AGREE,
    DUE,
    FAILED,
    HAND_OVER,
    INSERT,
    LOST,
    MOVE,
    MOVE_ONE,
    OUTDATED,
    PLANNED,
    PUT_OFF,
    READ,
    REMOVE,
    REST,
    WAKE,
    WRITTEN,
)
from bot.store.database import Database, Row, Transaction, moment, stamp

BATCH: Final = 25
"""So many are claimed in one transaction, as everybody who writes waits for it."""
_OF_CANVAS: Final = frozenset({"workspace", "canvas", "placed", "shown", "written"})


class BoardStore:
    """The figures by number."""

    def __init__(self, database: Database, kinds: QuestionKinds) -> None:
        """Keep them in this database, and read their questions as of these kinds."""
        self._database = database
        self._kinds = kinds

    async def get(self, number: int) -> BoardFigure | None:
        """Return one, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM board_figures WHERE workspace = :workspace AND id = :id", {"id": number}
        )
        return self._of(row) if row else None

    async def in_channel(self, channel: str) -> list[BoardFigure]:
        """Return those of a channel, in order of their numbers."""
        rows = await self._database.fetch_all(
            """SELECT * FROM board_figures
            WHERE workspace = :workspace AND channel = :channel ORDER BY id""",
            {"channel": channel},
        )
        return [self._of(row) for row in rows]

    async def by_creator(self, user: str, *, most: int) -> list[BoardFigure]:
        """Return what a person put on scoreboards, by channel and number, at most so many."""
        rows = await self._database.fetch_all(
            """SELECT * FROM board_figures WHERE workspace = :workspace AND creator = :user
            ORDER BY channel, id LIMIT :most""",
            {"user": user, "most": most},
        )
        return [self._of(row) for row in rows]

    async def under(self, trouble: int) -> list[BoardFigure]:
        """Return those that rest under a trouble."""
        rows = await self._database.fetch_all(
            """SELECT * FROM board_figures
            WHERE workspace = :workspace AND trouble_id = :trouble ORDER BY id""",
            {"trouble": trouble},
        )
        return [self._of(row) for row in rows]

    def due(self, tx: Transaction, now: datetime) -> list[BoardFigure]:
        """Return some that are to be read now, those of one question together."""
        rows = tx.fetch_all(DUE, {"now": stamp(now), "limit": BATCH})
        return [self._of(row) for row in rows]

    def plan_anew(
        self, tx: Transaction, next_run: Callable[[Subscription], datetime | None]
    ) -> int:
        """Let those be read earlier that a clock put off which was ahead; return how many."""
        changed = 0
        for one in (self._of(row).order for row in tx.fetch_all(PLANNED)):
            earlier = next_run(one)
            if one.next_run_at and earlier and earlier < one.next_run_at:
                put_off_figure(tx, one.id, earlier)
                changed += 1
        return changed

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let a channel's be of its new id; its canvas stays the same."""
        return tx.execute(MOVE, {"old": old, "new": new})

    def where(self, tx: Transaction, condition: str, **values: object) -> list[BoardFigure]:
        """Return those of a condition, which is one of ours, as they are inside a transaction."""
        ours = f"workspace = :workspace AND ({condition})"
        sql = f"SELECT * FROM board_figures WHERE {ours} ORDER BY id"  # noqa: S608  # no value in it
        return [self._of(row) for row in tx.fetch_all(sql, values)]

    def numbered(self, tx: Transaction, numbers: Sequence[int]) -> list[BoardFigure]:
        """Return those of some numbers that there are."""
        return [one for each in numbers for one in self.where(tx, "id = :id", id=each)]

    def _of(self, row: Row) -> BoardFigure:
        kind = self._kinds[row["kind"]]
        order = Subscription(
            **{
                **{name: row[name] for name in row if name not in _OF_CANVAS},
                "kind": kind,
                "question": kind.of_row(loads(row["question"])),
                "created_at": datetime.fromisoformat(row["created_at"]),
                "next_run_at": moment(row["next_run_at"]),
                "last_ok_at": moment(row["last_ok_at"]),
            }
        )
        shown = decode(ShownFigures, loads(row["shown"]))
        return BoardFigure(order, row["canvas"], bool(row["placed"]), shown, row["written"])


def add_figure(tx: Transaction, order: Subscription) -> int:
    """Insert a figure and return the number that it was given."""
    row = tx.fetch_one(
        INSERT,
        {
            "channel": order.channel,
            "kind": order.kind.name,
            "question": dumps(order.question),
            "cron": order.cron,
            "words": order.words,
            "zone": order.zone,
            "creator": order.creator,
            "created_at": stamp(order.created_at),
            "next_run_at": stamp(order.next_run_at) if order.next_run_at else None,
        },
    )
    assert row is not None
    return int(row["id"])


def put_off_figure(tx: Transaction, number: int, at: datetime | None) -> None:
    """Write when one is read next."""
    tx.execute(PUT_OFF, {"id": number, "at": stamp(at) if at else None})


def keep_written(tx: Transaction, one: BoardFigure) -> None:
    """Note what stands in a canvas now."""
    tx.execute(
        WRITTEN,
        {
            "id": one.order.id,
            "canvas": one.canvas,
            "shown": dumps(one.shown),
            "written": one.written,
        },
    )


def figure_lost(tx: Transaction, number: int) -> None:
    """Note that a section is not there any more, and may be put there anew."""
    tx.execute(LOST, {"id": number})


def figure_outdated(tx: Transaction, number: int) -> None:
    """Note that a section may say something else than was written last."""
    tx.execute(OUTDATED, {"id": number})


def figure_read(tx: Transaction, number: int, *, now: datetime) -> None:
    """Note that all went well."""
    tx.execute(READ, {"id": number, "now": stamp(now)})


def figure_failed(tx: Transaction, number: int, *, error: str) -> int:
    """Note what went wrong and return how often in a row."""
    row = tx.fetch_one(FAILED, {"id": number, "error": error})
    return int(row["failure_streak"]) if row else 0


def rest_figure(tx: Transaction, number: int, state: str, trouble: int, reason: str) -> None:
    """Let one rest until a trouble is over; `reason` says why."""
    tx.execute(REST, {"id": number, "state": state, "trouble": trouble, "reason": reason})


def wake_figure(tx: Transaction, number: int, at: datetime | None) -> None:
    """Let one go on, to be read next at a moment."""
    tx.execute(WAKE, {"id": number, "at": stamp(at) if at else None})


def agree_figures(tx: Transaction, trouble: int, owner: str, consent: str) -> None:
    """Note to what a member agreed for an owner's that rest under a trouble."""
    tx.execute(AGREE, {"trouble": trouble, "owner": owner, "consent": consent})


def hand_over_figure(tx: Transaction, number: int, heir: str) -> None:
    """Let one be somebody else's."""
    tx.execute(HAND_OVER, {"id": number, "heir": heir})


def move_figure(tx: Transaction, number: int, channel: str) -> None:
    """Let one stand in another channel's canvas, where it is not yet."""
    tx.execute(MOVE_ONE, {"id": number, "channel": channel})


def remove_figure(tx: Transaction, number: int) -> None:
    """Let go of one."""
    tx.execute(REMOVE, {"id": number})
