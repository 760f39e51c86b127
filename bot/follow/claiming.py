"""Mornings and looks become jobs as they come; a key for each makes a second firing harmless."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.clock import Clock
from bot.follow.core.planning import local_day, next_look, next_morning, planned
from bot.follow.intents import LookAtFigures, TellFollower
from bot.follow.model import Follower
from bot.follow.store import FollowStore, newest_note, plan_follower
from bot.jobs.store import add_job
from bot.store.database import MAIN, Database, Transaction
from bot.store.timekeeping import SetBack

MORNING: Final = "morning:"
"""Begins the keys of what somebody is told in the morning: one for each person and day."""


class FollowClaims:
    """Accepts what is due."""

    def __init__(self, database: Database, follows: FollowStore, clock: Clock) -> None:
        """Ask `follows` what is due."""
        self._database = database
        self._follows = follows
        self._clock = clock

    async def tick(self) -> int:
        """Accept a job for each morning and each look that has come; return how many."""
        now, total = self._clock.now(), 0
        while count := await self._database.transaction(lambda tx: self._claim_mornings(tx, now)):
            total += count
        while count := await self._database.transaction(lambda tx: self._claim_looks(tx, now)):
            total += count
        return total

    def newest(self, tx: Transaction) -> str | None:
        """Return when a person's wishes were written down last."""
        return newest_note(tx)

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Plan anew what a clock put off that was ahead; a morning that was told has its key."""
        changed = 0
        for one in self._follows.followers(tx):
            earlier = planned(one, back.now, at_once=one.look_at is not None)
            if earlier.next_at < one.next_at or earlier.look_at != one.look_at:
                plan_follower(tx, earlier)
                changed += 1
        return changed

    def _claim_mornings(self, tx: Transaction, now: datetime) -> int:
        due = self._follows.due(tx, now)
        for one in due:
            day = local_day(one, _latest(one, now)).isoformat()
            wanted = TellFollower(one.person, day)
            add_job(tx, key=morning_key(one.person, day), wanted=wanted, now=now, queue=MAIN)
            plan_follower(tx, _after(one, now))
        return len(due)

    def _claim_looks(self, tx: Transaction, now: datetime) -> int:
        """Have each question looked at once an hour, however many follow it."""
        due = self._follows.looked_at(tx, now)
        hour = f"{now.astimezone(UTC):%Y-%m-%dT%HZ}"
        for one in due:
            for each in self._follows.of_now(tx, one.person):
                if each.tells_at_once:
                    asked = each.asked.key
                    key = f"look:figures:{asked}:{hour}"
                    add_job(tx, key=key, wanted=LookAtFigures(asked), now=now, queue=MAIN)
            plan_follower(tx, _after(one, now))
        return len(due)


def morning_key(person: str, day: str) -> str:
    """Return the key of what somebody is told on a day where they are."""
    return f"{MORNING}{person}:{day}"


def _latest(one: Follower, now: datetime) -> datetime:
    """Return the last morning that has come, which stands for those before it."""
    latest = one.next_at
    while (later := next_morning(one, latest)) <= now:
        latest = later
    return latest


def _after(one: Follower, now: datetime) -> Follower:
    """Return somebody with what of theirs is due planned anew, and nothing else."""
    next_at = one.next_at if one.next_at > now else next_morning(one, now)
    look = one.look_at if one.look_at is None or one.look_at > now else next_look(one, now)
    return replace(one, next_at=next_at, look_at=look)
