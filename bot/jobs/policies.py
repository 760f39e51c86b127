"""The rules of who may do what, as every process knows them: kept in the store, read when changed.

Nobody is let in by what cannot be read.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import NotKeptError, NotKnownYetError
from bot.jobs.access import Right
from bot.jobs.policy import (
    AccessRule,
    GranteeKind,
    Policy,
    by_setting,
)
from bot.jobs.rules.store import change_rules, move_rules, read_rules
from bot.slack.groups import UserGroups
from bot.store.database import Database, Transaction

MOST_RULES: Final = 200
AGE: Final = timedelta(minutes=1)
"""So long they are taken from memory, whether or not a change of them was heard of."""
SOON: Final = timedelta(seconds=5)
"""So long after a change everybody reads for themselves: it may not be committed yet."""
UNREADABLE: Final = (
    "I can't read at the moment who may do what, so nothing was done. Try again in a few minutes."
)


class Policies:
    """Reads the rules, and what Slack tells of the user groups in them."""

    def __init__(
        self, database: Database, groups: UserGroups, clock: Clock, *, assigners: Iterable[str]
    ) -> None:
        """Let `assigners`, of the setting ASSIGNERS, assign and remind until rules say who may."""
        self._database = database
        self._groups = groups
        self._clock = clock
        self._assigners = frozenset(assigners)
        self._rules: tuple[AccessRule, ...] | None = None
        self._read_at = self._unsure_until = clock.now()
        self._reading = asyncio.Lock()

    def others_wrote(self) -> None:
        """Hear that another process wrote something, a rule perhaps."""
        self._rules = None

    async def rules(self) -> tuple[AccessRule, ...]:
        """Return the rules as they are kept. Raises NotKnownYetError where they can't be read."""
        async with self._reading:
            known, now = self._rules, self._clock.now()
            if known is not None and self._is_current(now):
                return known
            self._rules, self._read_at = (), now  # what is written from now on is read next time
            try:
                found = await read_rules(self._database)
            except NotKeptError:
                self._rules = None
                raise NotKnownYetError(UNREADABLE, again_at=now + SOON) from None
            self._rules = found if self._rules is not None else None
            return found

    def _is_current(self, now: datetime) -> bool:
        return now >= self._unsure_until and timedelta(0) <= now - self._read_at < AGE

    async def current(self) -> Policy:
        """Return the rules with the user groups in them. Raises NotKnownYetError as `rules`."""
        policy = Policy(await self.rules())
        for right in (Right.ASSIGN, Right.REMIND):
            policy = by_setting(right, self._assigners, policy.rules)
        named = {
            each.who.id: each.who.name
            for each in policy.rules
            if each.who.kind is GranteeKind.GROUP
        }
        groups = {group: await self._groups.of(group, name) for group, name in named.items()}
        return Policy(policy.rules, groups)

    def change(
        self, tx: Transaction, *, gone: Sequence[int], new: Iterable[AccessRule], by: str
    ) -> None:
        """Take rules away by their numbers and make others, inside a transaction."""
        self._rules, self._unsure_until = None, self._clock.now() + SOON
        change_rules(tx, gone=gone, new=new, by=by, now=self._clock.now())

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let rules be about a channel by its new id."""
        self._rules, self._unsure_until = None, self._clock.now() + SOON
        return move_rules(tx, old, new)
