"""Standing orders, and which of them are due. The schedule itself is decided in core.recurrence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.asking.question import QuestionKinds
from bot.asking.subscription import ENDED, Subscription
from bot.asking.terms import terms_of
from bot.codec import dumps, loads
from bot.digests.record.store import end_runs
from bot.jobs.store import add_job
from bot.store.database import MAIN, Database, Row, Transaction, moment, stamp
from bot.troubles.intents import LookAtPlace

NextRun = Callable[[Subscription], datetime | None]
BATCH = 200


class SubscriptionStore:
    """Subscriptions by number."""

    def __init__(self, database: Database, kinds: QuestionKinds) -> None:
        """Keep them in this database, and read their questions as of these kinds."""
        self._database = database
        self._kinds = kinds

    async def get(self, number: int) -> Subscription | None:
        """Return one, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM subscriptions WHERE id = :id", {"id": number}
        )
        return self._of(row) if row else None

    async def past(self, number: int) -> Subscription | None:
        """Return one that is over, as it was at the end, or None."""
        row = await self._database.fetch_one(
            "SELECT digest FROM past_digests WHERE id = :id", {"id": number}
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
        rows = await self._database.fetch_all(_IN_CHANNEL, {"channel": channel, "direct": direct})
        return [self._of(row) for row in rows]

    async def by_creator(self, user: str, *, most: int) -> list[Subscription]:
        """Return what a person ordered anywhere, by channel and number, at most so many."""
        rows = await self._database.fetch_all(
            "SELECT * FROM subscriptions WHERE creator = :user ORDER BY channel, id LIMIT :most",
            {"user": user, "most": most},
        )
        return [self._of(row) for row in rows]

    async def first_in(self, channel: str) -> int | None:
        """Return the lowest number in a channel, or None."""
        row = await self._database.fetch_one(
            "SELECT MIN(id) AS id FROM subscriptions WHERE channel = :channel", {"channel": channel}
        )
        return row["id"] if row else None

    async def under(self, trouble: int) -> list[Subscription]:
        """Return those that rest under a trouble."""
        rows = await self._database.fetch_all(
            "SELECT * FROM subscriptions WHERE trouble_id = :trouble ORDER BY id",
            {"trouble": trouble},
        )
        return [self._of(row) for row in rows]

    async def upcoming(self) -> Subscription | None:
        """Return the one whose digest comes next, or None."""
        row = await self._database.fetch_one(_UPCOMING)
        return self._of(row) if row else None

    def due(self, tx: Transaction, now: datetime) -> list[Subscription]:
        """Return some whose digests are to be made now, those of one question together."""
        rows = tx.fetch_all(_DUE, {"now": stamp(now), "limit": BATCH})
        return [self._of(row) for row in rows]

    def resting(self, tx: Transaction, now: datetime) -> list[Subscription]:
        """Return some that rest and had a planned time since that was noted last."""
        rows = tx.fetch_all(_RESTING, {"now": stamp(now), "limit": BATCH})
        return [self._of(row) for row in rows]

    def plan_anew(self, tx: Transaction, next_run: NextRun) -> int:
        """Let those run earlier that a clock put off which was ahead; return how many."""
        changed = 0
        for one in map(self._of, tx.fetch_all(_PLANNED)):
            planned, earlier = one.next_run_at, next_run(one)
            if planned and earlier and earlier < planned:
                put_off_subscription(tx, replace(one, next_run_at=earlier))
                changed += 1
        for one in map(self._of, tx.fetch_all(_AT_REST)):
            earlier = next_run(replace(one, snoozed_until=None))
            if one.skips_at and earlier and earlier < one.skips_at:
                skipped_until(tx, one.id, earlier)
        return changed

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let a channel's subscriptions be of its new id."""
        return tx.execute(_MOVE, {"old": old, "new": new})

    def channels(self, tx: Transaction) -> list[str]:
        """Return the channels that have any."""
        rows = tx.fetch_all("SELECT DISTINCT channel FROM subscriptions ORDER BY channel")
        return [str(row["channel"]) for row in rows]

    def within(self, tx: Transaction, channel: str) -> list[Subscription]:
        """Return a channel's subscriptions as they are inside a transaction."""
        here = {"channel": channel, "direct": channel}
        return [self._of(row) for row in tx.fetch_all(_IN_CHANNEL, here)]

    def has_others(self, tx: Transaction, one: Subscription) -> bool:
        """Return whether who ordered one has more of its kind that go on."""
        alike = {"id": one.id, "creator": one.creator, "kind": one.kind.name}
        return tx.fetch_one(_OTHERS, alike) is not None

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
        sql = f"SELECT * FROM subscriptions WHERE {condition} ORDER BY id"  # noqa: S608  # ours
        return [self._of(row) for row in tx.fetch_all(sql, values)]

    def of_row(self, row: Row) -> Subscription:
        """Return the one of a row of the table."""
        return self._of(row)

    def _of(self, row: Row) -> Subscription:
        kind = self._kinds[row["kind"]]
        return Subscription(
            **{
                **row,
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
    row = tx.fetch_one(_INSERT, _parameters(subscription))
    assert row is not None
    return replace(subscription, id=row["id"])


def pause_subscription(tx: Transaction, number: int) -> None:
    """Let one rest until it is resumed."""
    tx.execute(_PAUSE, {"id": number})


def rest_subscription(tx: Transaction, number: int, state: str, trouble: int, reason: str) -> None:
    """Let one rest in a state of Flowbot's own until a trouble is over; `reason` says why."""
    tx.execute(_REST, {"id": number, "state": state, "trouble": trouble, "reason": reason})


def agree_subscriptions(tx: Transaction, trouble: int, owner: str, consent: str) -> None:
    """Note to what a member agreed for an owner's digests that rest under a trouble."""
    tx.execute(_AGREE, {"trouble": trouble, "owner": owner, "consent": consent})


def put_off_subscription(tx: Transaction, one: Subscription) -> None:
    """Write when one runs next, and whether it sleeps until then; nothing of how the last went."""
    tx.execute(_PUT_OFF, _parameters(one))


def renew_subscription(tx: Transaction, one: Subscription) -> None:
    """Write when one runs next, under which words; what went wrong before is forgotten."""
    tx.execute(_RENEW, _parameters(one))


def reschedule_subscription(tx: Transaction, one: Subscription, *, now: datetime) -> None:
    """Write when one runs from now on, and the words and the zone for that."""
    _release(tx, one, now)
    tx.execute(_RESCHEDULE, {**_parameters(one), "now": stamp(now)})


def hand_over_subscription(tx: Transaction, one: Subscription) -> None:
    """Write whose one is from now on, and where it goes: direct messages go with their person."""
    tx.execute(_HAND_OVER, _parameters(one))


def edit_subscription(tx: Transaction, one: Subscription, *, now: datetime) -> None:
    """Write all that can be changed of one; its number, its owner and its past stay."""
    _release(tx, one, now)
    tx.execute(_EDIT, {**_parameters(one), "now": stamp(now)})


def move_subscription(tx: Transaction, one: Subscription, channel: str) -> None:
    """Let one come to another channel, under no trouble of the one before."""
    tx.execute(_MOVE_ONE, {"id": one.id, "channel": channel})


def skipped_until(tx: Transaction, number: int, skips_at: datetime | None) -> None:
    """Note that all planned times of one that rests are on the record up to `skips_at`."""
    at = stamp(skips_at) if skips_at else None
    tx.execute("UPDATE subscriptions SET skips_at = :at WHERE id = :id", {"id": number, "at": at})


def remove_subscription(tx: Transaction, number: int, *, now: datetime) -> None:
    """Let go of one; what it had still to say is not said any more."""
    end_subscription(tx, number, now=now)
    tx.execute(_SILENCE, {"id": number})
    end_runs(tx, number)


def end_subscription(tx: Transaction, number: int, *, now: datetime) -> None:
    """Let go of one that is over; what it had to say is still said, and its past is kept."""
    row = tx.fetch_one("DELETE FROM subscriptions WHERE id = :id RETURNING *", {"id": number})
    if row:
        tx.execute(_KEEP, {"id": number, "now": stamp(now), "digest": dumps(dict(row))})


def record_outcome(tx: Transaction, number: int, *, error: str, now: datetime) -> int:
    """Note how the last digest went and return how many failed in a row."""
    sql = _FAILED if error else _SUCCEEDED
    row = tx.fetch_one(sql, {"id": number, "error": error, "now": stamp(now)})
    return int(row["failure_streak"]) if row else 0


def _release(tx: Transaction, one: Subscription, now: datetime) -> None:
    """Let a changed one go on that Flowbot let rest: what was in its way may be no part of it now.

    Where its channel is, a look lets it rest again at once.
    """
    if tx.fetch_one(_RELEASE, _parameters(one)):
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


_IN_CHANNEL = "SELECT * FROM subscriptions WHERE channel IN (:channel, :direct) ORDER BY id"

_MOVE = "UPDATE subscriptions SET channel = :new WHERE channel = :old"

_MOVE_ONE = """
UPDATE subscriptions SET channel = :channel, trouble_id = NULL, consent = '' WHERE id = :id"""

_PLANNED = """
SELECT * FROM subscriptions WHERE state IN ('active', 'snoozed') AND next_run_at IS NOT NULL"""

_OTHERS = """
SELECT id FROM subscriptions WHERE creator = :creator AND kind = :kind AND id <> :id
AND state = 'active' LIMIT 1"""

_UPCOMING = f"{_PLANNED} ORDER BY next_run_at, id LIMIT 1"

# A snoozed one keeps its next run at the first slot after the snooze, and wakes by running. The
# same question is asked of the vendor once where its digests are composed one after the other.
_DUE = """
SELECT * FROM subscriptions WHERE state IN ('active', 'snoozed') AND next_run_at <= :now
ORDER BY next_run_at, kind, question, id LIMIT :limit"""

_AT_REST = "SELECT * FROM subscriptions WHERE skips_at IS NOT NULL"

_RESTING = f"{_AT_REST} AND skips_at <= :now ORDER BY skips_at, id LIMIT :limit"

_INSERT = """
INSERT INTO subscriptions (channel, kind, question, cron, words, zone, creator, created_at,
  next_run_at, state, snoozed_until, last_ok_at, last_error, failure_streak, note, consent, terms,
  skips_at)
VALUES (:channel, :kind, :question, :cron, :words, :zone, :creator, :created_at,
  :next_run_at, :state, :snoozed_until, :last_ok_at, :last_error, :failure_streak, :note,
  :consent, :terms, :skips_at)
RETURNING id"""

# Each writes only what it changes: how a digest went may be written down at the same time.
# On the right of what rests stands when it was planned before.
_PAUSE = """
UPDATE subscriptions SET state = 'paused', snoozed_until = NULL, trouble_id = NULL,
  skips_at = COALESCE(skips_at, next_run_at)
WHERE id = :id"""

_REST = """
UPDATE subscriptions SET state = :state, trouble_id = :trouble,
  last_error = COALESCE(NULLIF(:reason, ''), last_error),
  skips_at = COALESCE(skips_at, next_run_at)
WHERE id = :id"""

_AGREE = """
UPDATE subscriptions SET consent = :consent WHERE trouble_id = :trouble AND creator = :owner"""

_PUT_OFF = """
UPDATE subscriptions SET next_run_at = :next_run_at, state = :state, snoozed_until = :snoozed_until,
  trouble_id = NULL,
  skips_at = CASE WHEN :state = 'snoozed' THEN COALESCE(skips_at, next_run_at) ELSE :skips_at END
WHERE id = :id"""

_RENEW = """
UPDATE subscriptions SET next_run_at = :next_run_at, state = :state, snoozed_until = :snoozed_until,
  cron = :cron, words = :words, note = :note, consent = :consent, terms = :terms,
  last_error = '', failure_streak = 0, skips_at = :skips_at, trouble_id = NULL
WHERE id = :id"""

_RESCHEDULE = """
UPDATE subscriptions SET next_run_at = :next_run_at, cron = :cron, words = :words, zone = :zone,
  skips_at = CASE WHEN state = 'active' THEN :skips_at WHEN skips_at IS NOT NULL THEN :now END
WHERE id = :id"""

_HAND_OVER = """
UPDATE subscriptions SET creator = :creator, channel = :channel WHERE id = :id"""

_RELEASE = """
UPDATE subscriptions SET state = 'active', trouble_id = NULL, last_error = '', skips_at = NULL
WHERE id = :id AND trouble_id IS NOT NULL
  AND (channel <> :channel OR question <> :question OR cron <> :cron OR zone <> :zone)
RETURNING id"""

_EDIT = """
UPDATE subscriptions SET channel = :channel, kind = :kind, question = :question, cron = :cron,
  words = :words, zone = :zone, note = :note, consent = :consent, terms = :terms,
  next_run_at = :next_run_at,
  skips_at = CASE WHEN state = 'active' THEN :skips_at WHEN skips_at IS NOT NULL THEN :now END
WHERE id = :id"""

_KEEP = """
INSERT INTO past_digests (id, ended_at, digest) VALUES (:id, :now, :digest)
ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, digest = excluded.digest"""

_SILENCE = """
UPDATE ledger SET state = 'skipped' WHERE subscription_id = :id AND state IN ('queued', 'retry')"""

_SUCCEEDED = """
UPDATE subscriptions SET last_ok_at = :now, last_error = '', failure_streak = 0
WHERE id = :id RETURNING failure_streak"""

_FAILED = """
UPDATE subscriptions SET last_error = :error, failure_streak = failure_streak + 1
WHERE id = :id RETURNING failure_streak"""
