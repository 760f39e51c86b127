"""Leases: rows that say who alone may do something, and until when.

A lease lasts ten seconds by the database's clock and is renewed every two and a half, so that one
whose process died, froze or was cut off passes on by itself. Nobody holds a lock that a frozen
process would keep for ever. Where a process is known to have ended, the lease passes on at once.

A process that cannot renew in time stops by itself before the lease's end: `Leases.held` is told by
its own steady clock, counted from before the last renewal was asked for.
"""

import asyncio
import math
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Self

from bot import log, metrics
from bot.errors import BotError
from bot.store.database import Database, DatabaseUnavailableError, Parameters, Transaction

LEASE_SECONDS = 10.0
RENEW_SECONDS = 2.5
TRUSTED_SECONDS = LEASE_SECONDS - RENEW_SECONDS
"""So long after it was asked for, a lease is taken for ours without looking."""
LOOK_AGAIN = 0.1
"""Seconds between two looks at a turn that somebody else has."""
LOOKS = 1_500
"""So often is looked: two and a half minutes, longer than anybody may take."""
SPEAKING = "speak:"
"""Begins the role of who speaks for a workspace."""

HELD = """EXISTS (SELECT 1 FROM leases
  WHERE role = :role AND owner = :owner AND until > moment_in(0))"""
"""In a statement: only while the owner holds the role."""
NOT_LOST = "EXISTS (SELECT 1 FROM leases WHERE role = :role AND owner = :owner)"
"""In a statement: only if nobody else has taken the role since the owner took it."""


class NotSpeakingError(BotError):
    """Another process has the lease that is needed here."""

    def __init__(self) -> None:
        super().__init__("Another process of Flowbot works on this.")


class LateBeatError(BotError):
    """The leases of this process were not renewed in time."""


class Leases:
    """The leases of one process. Use as an async context manager: at the end all are given back."""

    def __init__(self, database: Database, *, steady: Callable[[], float] = time.monotonic) -> None:
        """Hold roles in this database, which is not one workspace's; `steady` is in seconds."""
        self._database = database
        self._steady = steady
        self.owner = secrets.token_hex(8)
        self._trusted_until: dict[str, float] = {}
        self._lost: dict[str, asyncio.Event] = {}
        self._in_turn: set[str] = set()
        self._is_member = False
        self._renewed_at = steady()
        self._alone = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Return itself. Nothing is written before a role is taken."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Give everything back."""
        if self._renewing is None:
            return
        self._renewing.cancel()
        with suppress(asyncio.CancelledError):
            await self._renewing
        try:
            await self._database.transaction(self._leave)
        except DatabaseUnavailableError as trouble:  # then they end by themselves
            log.get().warning("leases_not_given_back", error=str(trouble))

    @property
    def held(self) -> frozenset[str]:
        """The roles that are ours now, without looking."""
        now = self._steady()
        return frozenset(role for role, until in self._trusted_until.items() if now < until)

    def holds(self, role: str) -> bool:
        """Return whether one of them is ours now, as cheap with hundreds of them as with one."""
        until = self._trusted_until.get(role)
        return until is not None and self._steady() < until

    def lease(self, role: str) -> "Lease":
        """Return one role of this process, for those who act in it."""
        return Lease(self, role)

    async def take(self, role: str) -> bool:
        """Take a role, or keep it; False while somebody else has it who may be alive."""
        async with self._alone:
            await self._begin()
            return await self._taken(role) or await self._taken_from_the_dead(role)

    async def _taken_from_the_dead(self, role: str) -> bool:
        holder = await self._database.fetch_one(_HOLDER, {"role": role})
        if holder is None or not await self._database.has_ended(holder["owner"]):
            return False
        return await self._taken(role, dead=holder["owner"])

    async def renew(self) -> frozenset[str]:
        """Prolong all that is held; return the roles that still are.

        One that had run out without anybody taking it is taken again.
        """
        async with self._alone:
            return await self._renewed()

    async def _renewed(self) -> frozenset[str]:
        asked = self._steady()
        roles = await self._database.transaction(self._renew)
        self._renewed_at = asked
        self._trusted_until.update((each, asked + TRUSTED_SECONDS) for each in roles)
        for role in self._trusted_until.keys() - roles:
            if not await self._taken(role):
                log.get().warning("lease_lost", role=role)
                self._forget(role)
        self._tell_held()
        return frozenset(self._trusted_until)

    async def check_beat(self) -> None:
        """Return while the leases are renewed in time. Raises LateBeatError where they are not."""
        if self._is_member and self._steady() - self._renewed_at > LEASE_SECONDS:
            raise LateBeatError

    async def check(self, role: str) -> bool:
        """Look whether a role is ours."""
        named = {"role": role, "owner": self.owner}
        return await self._database.fetch_one(_CHECK, named) is not None

    async def release(self, role: str) -> None:
        """Give a role back, if it is ours."""
        async with self._alone:
            self._forget(role)
            await self._database.execute(_RELEASE, {"role": role, "owner": self.owner})

    async def lost(self, role: str) -> None:
        """Return when a role that was taken is somebody else's, or was given back."""
        if role in self._trusted_until:
            await self._lost.setdefault(role, asyncio.Event()).wait()

    @asynccontextmanager
    async def turn(self, role: str, *, looks: int = LOOKS) -> AsyncIterator[bool]:
        """Wait to be the only one in `role`, in this process too, for as long as the context lasts.

        It yields False when somebody else holds the role for longer than anything takes.
        """
        ours = False
        for _ in range(looks):
            ours = await self._take_turn(role)
            if ours:
                break
            await asyncio.sleep(LOOK_AGAIN)
        try:
            yield ours
        finally:
            if ours:
                await self._give_back(role)

    async def _give_back(self, role: str) -> None:
        try:
            await self.release(role)
        finally:  # not before: the next in this process would be robbed of it
            self._in_turn.discard(role)

    async def join(self) -> None:
        """Be counted from now on among those who share the work out."""
        async with self._alone:
            await self._begin()
            self._is_member = True
        await self.renew()

    async def members(self) -> int:
        """Return how many living processes share the work out."""
        row = await self._database.fetch_one(_MEMBERS)
        return int(row["count"]) if row else 0

    async def share(self, roles: int) -> int:
        """Return how many of so many roles are one member's fair share."""
        return math.ceil(roles / max(1, await self.members()))

    async def _begin(self) -> None:
        """Before the first role: be known as alive, and begin to renew."""
        if self._renewing is None:
            await self._database.live(self.owner)
            self._renewing = asyncio.create_task(self._renew_for_ever())

    async def _renew_for_ever(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if not (self._trusted_until or self._is_member):
                continue
            try:
                await self.renew()
            except Exception as error:  # noqa: BLE001  # a database in trouble may come back
                log.get().warning("leases_not_renewed", error=str(error))
                self._tell_held()

    def _renew(self, tx: Transaction) -> set[str]:
        mine = {"owner": self.owner, "seconds": LEASE_SECONDS}
        if self._is_member:
            for statement in _LEFT:
                tx.execute(statement)
            about = {"host": socket.gethostname(), "version": version("flowbot")}
            tx.execute(_MEMBER, {**mine, **about})
        return {row["role"] for row in tx.fetch_all(_RENEW, mine)}

    def _leave(self, tx: Transaction) -> None:
        for table in ("leases", "members"):
            tx.execute(f"DELETE FROM {table} WHERE owner = :owner", {"owner": self.owner})  # noqa: S608  # our names

    async def _taken(self, role: str, *, dead: str = "") -> bool:
        asked = self._steady()
        wanted = {"role": role, "owner": self.owner, "dead": dead, "seconds": LEASE_SECONDS}
        former, taken = await self._database.transaction(lambda tx: _take(tx, wanted))
        if not taken:
            return False
        self._trusted_until[role] = asked + TRUSTED_SECONDS
        self._tell_held()
        if role.startswith(SPEAKING) and former not in {"", self.owner}:
            metrics.TAKEOVERS.add()
            log.get().warning("lease_taken_over", role=role)
        return True

    def _tell_held(self) -> None:
        speaking = [each for each in self.held if each.startswith(SPEAKING)]
        metrics.LEASES_HELD.set(len(speaking))

    async def _take_turn(self, role: str) -> bool:
        if role in self._in_turn:
            return False
        self._in_turn.add(role)
        ours = False
        try:
            ours = await self.take(role)
        finally:
            if not ours:
                self._in_turn.discard(role)
        return ours

    def _forget(self, role: str) -> None:
        self._trusted_until.pop(role, None)
        self._tell_held()
        lost = self._lost.pop(role, None)
        if lost:
            lost.set()


def _take(tx: Transaction, wanted: Parameters) -> tuple[str, bool]:
    """Return who had a role before, if anybody, and whether it was taken."""
    former = tx.fetch_one(_HOLDER, wanted)
    return former["owner"] if former else "", tx.execute(_TAKE, wanted) > 0


@dataclass(frozen=True, slots=True)
class Lease:
    """One role in one process: held now or not."""

    leases: Leases
    role: str

    def is_held(self) -> bool:
        """Whether it is ours now, without looking."""
        return self.leases.holds(self.role)

    @property
    def named(self) -> dict[str, str]:
        """The parameters of HELD and NOT_LOST."""
        return {"role": self.role, "owner": self.leases.owner}

    async def take(self) -> bool:
        """Take it, or keep it; False while somebody else has it."""
        return await self.leases.take(self.role)

    async def check(self) -> bool:
        """Look into the database whether it is ours."""
        return await self.leases.check(self.role)

    async def lost(self) -> None:
        """Return when it is somebody else's."""
        await self.leases.lost(self.role)


LEASES = (
    "CREATE TABLE leases (role TEXT PRIMARY KEY, owner TEXT NOT NULL, until TEXT NOT NULL)",
    """CREATE TABLE members (owner TEXT PRIMARY KEY, until TEXT NOT NULL,
      host TEXT NOT NULL DEFAULT '', version TEXT NOT NULL DEFAULT '')""",
)

_TAKE = """
INSERT INTO leases (role, owner, until) VALUES (:role, :owner, moment_in(:seconds))
ON CONFLICT (role) DO UPDATE SET owner = excluded.owner, until = excluded.until
WHERE leases.until <= moment_in(0) OR leases.owner IN (:owner, :dead)"""

_HOLDER = "SELECT owner FROM leases WHERE role = :role"

_CHECK = f"SELECT 1 AS held WHERE {HELD}"  # no value is put in

_RENEW = """
UPDATE leases SET until = moment_in(:seconds)
WHERE owner = :owner AND until > moment_in(0) RETURNING role"""

_RELEASE = "DELETE FROM leases WHERE role = :role AND owner = :owner"

_MEMBER = """
INSERT INTO members (owner, until, host, version)
VALUES (:owner, moment_in(:seconds), :host, :version)
ON CONFLICT (owner) DO UPDATE SET until = excluded.until"""

_MEMBERS = "SELECT COUNT(*) AS count FROM members WHERE until > moment_in(0)"

_LEFT = (
    "DELETE FROM members WHERE until < moment_in(-60)",
    "DELETE FROM leases WHERE until < moment_in(-86400)",
)
