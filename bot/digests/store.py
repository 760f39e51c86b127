"""Standing orders, and which of them are due. The schedule itself is decided in core.recurrence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.asking.question import QuestionKinds
from bot.asking.subscription import ENDED, Subscription
from bot.asking.terms import terms_of
from bot.codec import dumps, loads
from bot.digests.record.store import end_runs
from bot.digests.statements import (
    AGREE,
    AT_REST,
    CHANNELS,
    DUE,
    EDIT,
    END,
    FAILED,
    HAND_OVER,
    IN_CHANNEL,
    INSERT,
    KEEP,
    MOVE,
    MOVE_ONE,
    OTHERS,
    PAUSE,
    PLANNED,
    PUT_OFF,
    RELEASE,
    RENEW,
    RESCHEDULE,
    REST,
    RESTING,
    SILENCE,
    SKIPPED,
    SUCCEEDED,
    UPCOMING,
)
from bot.jobs.store import add_job
from bot.store.database import MAIN, Database, Row, Transaction, moment, stamp
from bot.troubles.intents import LookAtPlace

NextRun = Callable[[Subscription], datetime | None]
BATCH = 25
"""So many are claimed in one transaction: some 20 ms, as everybody who writes waits for it."""


class SubscriptionStore:
    """Subscriptions by number."""

    def __init__(self, database: Database, kinds: QuestionKinds) -> None:
        """Keep them in this database, and read their questions as of these kinds."""
        self._database = database
        self._kinds = kinds

    async def get(self, number: int) -> Subscription | None:
        """Return one, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM subscriptions WHERE workspace = :workspace AND id = :id", {"id": number}
        )
        return self._of(row) if row else None

    async def past(self, number: int) -> Subscription | None:
        """Return one that is over, as it was at the end, or None."""
        row = await self._database.fetch_one(
            "SELECT digest FROM past_digests WHERE workspace = :workspace AND id = :id",
            {"id": number},
        )
        if row is None:
            return None
        was = self._of(loads(row["digest"]))
        return replace(was, state=ENDED, next_run_at=None, skips_at=None, trouble_id=None)

    async def at_any_time(self, number: int) -> Subscription | None:
        """Return one that goes on or is over, or None."""
        return await self.get(number) or await self.past(number)

    async def in_channel(self, channel: str, user: str = "") -> list[Subscription]:
        """Return a channel's subscriptions in order of their numbers.

        In direct messages those that go to `user` are of it, too.
        """
        direct = user if channel.startswith("D") else channel
        rows = await self._database.fetch_all(IN_CHANNEL, {"channel": channel, "direct": direct})
        return [self._of(row) for row in rows]

    async def by_creator(self, user: str, *, most: int) -> list[Subscription]:
        """Return what a person ordered anywhere, by channel and number, at most so many."""
        rows = await self._database.fetch_all(
            """SELECT * FROM subscriptions WHERE workspace = :workspace AND creator = :user
            ORDER BY channel, id LIMIT :most""",
            {"user": user, "most": most},
        )
        return [self._of(row) for row in rows]

    async def first_in(self, channel: str) -> int | None:
        """Return the lowest number in a channel, or None."""
        row = await self._database.fetch_one(
            """SELECT MIN(id) AS id FROM subscriptions
            WHERE workspace = :workspace AND channel = :channel""",
            {"channel": channel},
        )
        return row["id"] if row else None

    async def under(self, trouble: int) -> list[Subscription]:
        """Return those that rest under a trouble."""
        rows = await self._database.fetch_all(
            """SELECT * FROM subscriptions
            WHERE workspace = :workspace AND trouble_id = :trouble ORDER BY id""",
            {"trouble": trouble},
        )
        return [self._of(row) for row in rows]

    async def upcoming(self) -> Subscription | None:
        """Return the one whose digest comes next, or None."""
        row = await self._database.fetch_one(UPCOMING)
        return self._of(row) if row else None

    def due(self, tx: Transaction, now: datetime) -> list[Subscription]:
        """Return some whose digests are to be made now, those of one question together."""
        rows = tx.fetch_all(DUE, {"now": stamp(now), "limit": BATCH})
        return [self._of(row) for row in rows]

    def resting(self, tx: Transaction, now: datetime) -> list[Subscription]:
        """Return some that rest and had a planned time since that was noted last."""
        rows = tx.fetch_all(RESTING, {"now": stamp(now), "limit": BATCH})
        return [self._of(row) for row in rows]

    def plan_anew(self, tx: Transaction, next_run: NextRun) -> int:
        """Let those run earlier that a clock put off which was ahead; return how many."""
        changed = 0
        for one in map(self._of, tx.fetch_all(PLANNED)):
            planned, earlier = one.next_run_at, next_run(one)
            if planned and earlier and earlier < planned:
                put_off_subscription(tx, replace(one, next_run_at=earlier))
                changed += 1
        for one in map(self._of, tx.fetch_all(AT_REST)):
            earlier = next_run(replace(one, snoozed_until=None))
            if one.skips_at and earlier and earlier < one.skips_at:
                skipped_until(tx, one.id, earlier)
        return changed

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let a channel's subscriptions be of its new id."""
        return tx.execute(MOVE, {"old": old, "new": new})

    def channels(self, tx: Transaction) -> list[str]:
        """Return the channels that have any."""
        rows = tx.fetch_all(CHANNELS)
        return [str(row["channel"]) for row in rows]

    def within(self, tx: Transaction, channel: str) -> list[Subscription]:
        """Return a channel's subscriptions as they are inside a transaction."""
        here = {"channel": channel, "direct": channel}
        return [self._of(row) for row in tx.fetch_all(IN_CHANNEL, here)]

    def has_others(self, tx: Transaction, one: Subscription) -> bool:
        """Return whether who ordered one has more of its kind that go on."""
        alike = {"id": one.id, "creator": one.creator, "kind": one.kind.name}
        return tx.fetch_one(OTHERS, alike) is not None

    def one(self, tx: Transaction, number: int) -> Subscription | None:
        """Return one as it is inside a transaction, or None."""
        found = self.where(tx, "id = :id", id=number)
        return found[0] if found else None

    def going(self, tx: Transaction, kinds: Sequence[str]) -> list[Subscription]:
        """Return those of some kinds that do not rest, as they are inside a transaction."""
        condition = "state = 'active' AND kind IN (SELECT value FROM json_each(:kinds))"
        return self.where(tx, condition, kinds=dumps(kinds))

    def where(self, tx: Transaction, condition: str, **values: object) -> list[Subscription]:
        """Return those of a condition, which is one of ours, as they are inside a transaction."""
        ours = f"workspace = :workspace AND ({condition})"
        sql = f"SELECT * FROM subscriptions WHERE {ours} ORDER BY id"  # noqa: S608  # no value in it
        return [self._of(row) for row in tx.fetch_all(sql, values)]

    def of_row(self, row: Row) -> Subscription:
        """Return the one of a row of the table."""
        return self._of(row)

    def _of(self, row: Row) -> Subscription:
        kind = self._kinds[row["kind"]]
        return Subscription(
            **{
                **{name: row[name] for name in row if name != "workspace"},
                "kind": kind,
                "question": kind.of_row(loads(row["question"])),
                "created_at": datetime.fromisoformat(row["created_at"]),
                "next_run_at": moment(row["next_run_at"]),
                "snoozed_until": moment(row["snoozed_until"]),
                "last_ok_at": moment(row["last_ok_at"]),
                "skips_at": moment(row["skips_at"]),
                "terms": terms_of(loads(row["terms"])),
            }
        )


def add_subscription(tx: Transaction, subscription: Subscription) -> Subscription:
    """Insert one and return it with the number it was given."""
    row = tx.fetch_one(INSERT, _parameters(subscription))
    assert row is not None
    return replace(subscription, id=row["id"])


def pause_subscription(tx: Transaction, number: int) -> None:
    """Let one rest until it is resumed."""
    tx.execute(PAUSE, {"id": number})


def rest_subscription(tx: Transaction, number: int, state: str, trouble: int, reason: str) -> None:
    """Let one rest in a state of Flowbot's own until a trouble is over; `reason` says why."""
    tx.execute(REST, {"id": number, "state": state, "trouble": trouble, "reason": reason})


def agree_subscriptions(tx: Transaction, trouble: int, owner: str, consent: str) -> None:
    """Note to what a member agreed for an owner's digests that rest under a trouble."""
    tx.execute(AGREE, {"trouble": trouble, "owner": owner, "consent": consent})


def put_off_subscription(tx: Transaction, one: Subscription) -> None:
    """Write when one runs next, and whether it sleeps until then; nothing of how the last went."""
    tx.execute(PUT_OFF, _parameters(one))


def renew_subscription(tx: Transaction, one: Subscription) -> None:
    """Write when one runs next, under which words; what went wrong before is forgotten."""
    tx.execute(RENEW, _parameters(one))


def reschedule_subscription(tx: Transaction, one: Subscription, *, now: datetime) -> None:
    """Write when one runs from now on, and the words and the zone for that."""
    _release(tx, one, now)
    tx.execute(RESCHEDULE, {**_parameters(one), "now": stamp(now)})


def hand_over_subscription(tx: Transaction, one: Subscription) -> None:
    """Write whose one is from now on, and where it goes: direct messages go with their person."""
    tx.execute(HAND_OVER, _parameters(one))


def edit_subscription(tx: Transaction, one: Subscription, *, now: datetime) -> None:
    """Write all that can be changed of one; its number, its owner and its past stay."""
    _release(tx, one, now)
    tx.execute(EDIT, {**_parameters(one), "now": stamp(now)})


def move_subscription(tx: Transaction, one: Subscription, channel: str) -> None:
    """Let one come to another channel, under no trouble of the one before."""
    tx.execute(MOVE_ONE, {"id": one.id, "channel": channel})


def skipped_until(tx: Transaction, number: int, skips_at: datetime | None) -> None:
    """Note that all planned times of one that rests are on the record up to `skips_at`."""
    at = stamp(skips_at) if skips_at else None
    tx.execute(SKIPPED, {"id": number, "at": at})


def remove_subscription(tx: Transaction, number: int, *, now: datetime) -> None:
    """Let go of one; what it had still to say is not said any more."""
    end_subscription(tx, number, now=now)
    tx.execute(SILENCE, {"id": number})
    end_runs(tx, number)


def end_subscription(tx: Transaction, number: int, *, now: datetime) -> None:
    """Let go of one that is over; what it had to say is still said, and its past is kept."""
    row = tx.fetch_one(END, {"id": number})
    if row:
        tx.execute(KEEP, {"id": number, "now": stamp(now), "digest": dumps(dict(row))})


def record_outcome(tx: Transaction, number: int, *, error: str, now: datetime) -> int:
    """Note how the last digest went and return how many failed in a row."""
    sql = FAILED if error else SUCCEEDED
    row = tx.fetch_one(sql, {"id": number, "error": error, "now": stamp(now)})
    return int(row["failure_streak"]) if row else 0


def _release(tx: Transaction, one: Subscription, now: datetime) -> None:
    """Let a changed one go on that Flowbot let rest: what was in its way may be no part of it now.

    Where its channel is, a look lets it rest again at once.
    """
    if tx.fetch_one(RELEASE, _parameters(one)):
        look_where(tx, one, now=now)


def look_where(tx: Transaction, one: Subscription, *, now: datetime) -> None:
    """Have the place of one looked at that goes on: it rests again at once if it has to."""
    place = one.creator if one.channel.startswith("D") else one.channel
    key = f"look:changed:{place}:{stamp(now)}"
    add_job(tx, key=key, wanted=LookAtPlace(place), now=now, queue=MAIN)


def _parameters(subscription: Subscription) -> dict[str, object]:
    until, last_ok = subscription.snoozed_until, subscription.last_ok_at
    return {
        "id": subscription.id,
        "channel": subscription.channel,
        "kind": subscription.kind.name,
        "question": dumps(subscription.question),
        "cron": subscription.cron,
        "words": subscription.words,
        "zone": subscription.zone,
        "creator": subscription.creator,
        "created_at": stamp(subscription.created_at),
        "next_run_at": stamp(subscription.next_run_at) if subscription.next_run_at else None,
        "skips_at": stamp(subscription.skips_at) if subscription.skips_at else None,
        "state": subscription.state,
        "snoozed_until": stamp(until) if until else None,
        "last_ok_at": stamp(last_ok) if last_ok else None,
        "last_error": subscription.last_error,
        "failure_streak": subscription.failure_streak,
        "note": subscription.note,
        "consent": subscription.consent,
        "terms": dumps(subscription.terms),
    }
