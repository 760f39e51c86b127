"""Where everything is kept: the database itself, its place, its schema and its clock."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.doctor.examining import Check, SharedAnswer
from bot.doctor.findings import Finding, failed, passed, skipped, warned
from bot.doctor.slack import skew
from bot.slack.blocks.wording import capital, counted, size_words
from bot.store.inspection.facts import DatabaseFacts, Inspection
from bot.store.opening import DatabaseNotOpenedError, cannot_open
from bot.store.steps import of_a_newer_program

DATABASE: Final = "database"
SCHEMA: Final = "database.schema"
WRITABLE: Final = "database.writable"
SPACE: Final = "database.space"
CLOCK: Final = "database.clock"
PLACE: Final = "database.place"
NOT_OPEN: Final = "There is no database that can be opened."
UTF8: Final = "UTF8"
FEW_BYTES: Final = 100 * 1024**2
SOME_BYTES: Final = 1024**3
LookAtFacts = Callable[[DatabaseFacts], Finding]
Open = Callable[[], AbstractAsyncContextManager[Inspection]]


class StorageLooks:
    """Looks at the database of the settings."""

    def __init__(self, open_database: Open, stack: AsyncExitStack, clock: Clock) -> None:
        """Open it once, when it is first looked at; it is closed with the stack."""
        self._clock = clock
        self._stack = stack
        self._open_database = open_database
        self._inspection = SharedAnswer(self._opened)

    def all(self) -> tuple[Check, ...]:
        """Return all looks."""
        looks = {
            SCHEMA: schema,
            WRITABLE: writable,
            SPACE: space,
            PLACE: place,
            CLOCK: self._skewed,
        }
        of_facts = [Check(name, _FactsLook(self, name, look).at) for name, look in looks.items()]
        return (Check(DATABASE, self.database), *of_facts)

    async def inspection(self) -> Inspection:
        """Return the open database. Raises DatabaseNotOpenedError."""
        return await self._inspection.get()

    async def database(self) -> Finding:
        """Look whether it opens, and what it is."""
        try:
            return opened((await self.inspection()).facts)
        except DatabaseNotOpenedError as error:
            return failed(DATABASE, *said_and_mend(str(error)))

    def _skewed(self, facts: DatabaseFacts) -> Finding:
        return skewed(facts, self._clock.now())

    async def _opened(self) -> Inspection:
        return await self._stack.enter_async_context(self._open_database())


class _FactsLook:
    """A look at the facts of a database that is open."""

    def __init__(self, looks: StorageLooks, name: str, look: LookAtFacts) -> None:
        self._looks, self._name, self._look = looks, name, look

    async def at(self) -> Finding:
        try:
            return self._look((await self._looks.inspection()).facts)
        except DatabaseNotOpenedError:
            return skipped(self._name, NOT_OPEN)


def said_and_mend(text: str) -> tuple[str, str]:
    """Return why a database is not opened, and the mend, of the text that a start gives."""
    subject, colon, why = text.rpartition("): ")
    clause, stop, mend = why.partition(". ")
    if not stop:
        return text, "Correct DATABASE_URL."
    return f"{subject}{colon}{clause}.", mend


def opened(facts: DatabaseFacts) -> Finding:
    """Look what a database is that opens."""
    kind = f"{facts.kind} {facts.version}"
    if facts.encoding not in {"", UTF8}:
        about = f"{kind} with the encoding {facts.encoding}, which loses letters: {facts.name}."
        return warned(
            DATABASE, about, "Make it anew: createdb --encoding UTF8 --template template0"
        )
    if facts.is_new:
        return passed(DATABASE, f"{kind}; the first start makes all of {facts.name}.")
    return passed(DATABASE, f"{kind}: {facts.name}.")


def schema(facts: DatabaseFacts) -> Finding:
    """Look whether the schema is this program's."""
    if facts.newer:
        why = cannot_open(facts.name, of_a_newer_program(set(facts.newer)))
        return failed(SCHEMA, *said_and_mend(str(why)))
    if facts.is_new:
        return passed(SCHEMA, "The first start makes it.")
    if facts.missing:
        steps = counted(len(facts.missing), "step")
        return warned(
            SCHEMA,
            f"The database is of an older Flowbot, {steps} behind.",
            "Make a backup, then type `flowbot migrate`; a start does the same.",
        )
    return passed(SCHEMA, "The schema is this version's.")


def writable(facts: DatabaseFacts) -> Finding:
    """Look whether something can be written."""
    if facts.refusal:
        return failed(WRITABLE, *said_and_mend(facts.refusal))
    if facts.is_new:
        return passed(WRITABLE, "It may be made.")
    return passed(WRITABLE, "The database takes writes.")


def skewed(facts: DatabaseFacts, now: datetime) -> Finding:
    """Look how far the database's own clock is from ours."""
    if facts.at is None:
        return passed(CLOCK, "The database goes by this machine's clock.")
    return skew(CLOCK, (now - facts.at).total_seconds(), "the database's")


def space(facts: DatabaseFacts) -> Finding:
    """Look how much room is left on the database's disk."""
    if facts.free_bytes is None:
        return skipped(SPACE, "How full its disk is only the database's own machine knows.")
    about = f"{size_words(facts.free_bytes)} are free on the database's disk."
    mend = "Make room on that disk, or move the database to a larger one."
    if facts.free_bytes < FEW_BYTES:
        return failed(SPACE, about, mend)
    return warned(SPACE, about, mend) if facts.free_bytes < SOME_BYTES else passed(SPACE, about)


def place(facts: DatabaseFacts) -> Finding:
    """Look whether the database's file outlasts the machine, and who may read it."""
    if facts.unfit:
        about = f"The database's file will not do where it is: {facts.unfit.why}."
        return warned(PLACE, about, f"{capital(facts.unfit.mend)}.")
    if facts.everybody_reads:
        return warned(
            PLACE,
            "Everybody on this machine may read the database's file.",
            f"Type: chmod 600 {facts.name}*",
        )
    return passed(PLACE, "The database lies where it stays.")
