"""Leases, and the claims and marks that name them, by the clock of the database itself."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.errors import FencedError
from bot.outbox.claims import UNDER_WAY, Claims
from bot.outbox.entries import DueEntry, EntryChange, OutgoingAnswer, State
from bot.outbox.store import OutboxStore, tell
from bot.slack.messages import Answer, Message, Target
from bot.store.database import MAIN, Database
from bot.store.leases import LEASE_SECONDS, Leases

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
ROLE = "speak:T1"
ANSWER = OutgoingAnswer("answer:1", Target("C1"), Answer(Message("hello")))


async def end_in(database: Database, seconds: float) -> None:
    """Let every lease end in so many seconds by the database's clock."""
    await database.execute("UPDATE leases SET until = moment_in(:seconds)", {"seconds": seconds})


async def test_a_role_is_taken_once_of_twenty(database: Database) -> None:
    taken = await asyncio.gather(*(Leases(database).take(ROLE) for _ in range(20)))

    assert sorted(taken) == [*[False] * 19, True]


async def test_a_role_passes_on_after_its_end_and_not_before(database: Database) -> None:
    one, other = Leases(database), Leases(database)
    assert await one.take(ROLE)

    await end_in(database, 60)
    assert not await other.take(ROLE)
    await end_in(database, -0.001)
    assert await other.take(ROLE)
    assert not await one.take(ROLE)
    assert await one.renew() == frozenset()


async def test_what_is_renewed_lasts_as_long_again_and_what_ran_out_is_not_renewed(
    database: Database,
) -> None:
    one = Leases(database)
    await one.take(ROLE)
    await end_in(database, 1)
    await one.renew()

    [row] = await database.fetch_all(
        "SELECT until > moment_in(:most) AS longer, until > moment_in(:least) AS as_long"
        " FROM leases",
        {"most": LEASE_SECONDS, "least": LEASE_SECONDS - 5},
    )
    assert (bool(row["longer"]), bool(row["as_long"])) == (False, True)
    assert await one.check(ROLE)
    await end_in(database, -1)
    assert not await one.check(ROLE)


async def test_the_databases_clock_is_the_one_of_its_statements(database: Database) -> None:
    before = await database.clock()
    row = await database.fetch_one("SELECT moment_in(0) AS now, moment_in(-1.5) AS earlier")
    assert row is not None
    now, earlier = (datetime.fromisoformat(row[name]) for name in ("now", "earlier"))

    assert before <= now <= await database.clock()
    assert 1.4 < (now - earlier).total_seconds() < 1.6


async def test_members_are_counted_while_they_renew(database: Database) -> None:
    one, other = Leases(database), Leases(database)
    for each in (one, other):
        await each.join()
    assert await one.share(7) == 4

    await database.execute("UPDATE members SET until = moment_in(-1)")
    await one.renew()
    assert await one.share(7) == 7


async def claims_of(database: Database, leases: Leases) -> tuple[Claims, DueEntry]:
    """Return the claims of a process, and the one message that is due."""
    view = database.of("T1")
    await view.transaction(lambda tx: tell(tx, ANSWER, now=MONDAY))
    [due] = await OutboxStore(view).due(now=MONDAY, limit=9)
    return Claims(view, leases.lease(ROLE), queue=MAIN), due


async def test_who_never_had_the_lease_or_lost_it_claims_nothing(database: Database) -> None:
    one, other = Leases(database), Leases(database)
    claims, due = await claims_of(database, one)
    with pytest.raises(FencedError):
        await claims.take(due, now=MONDAY)

    await one.take(ROLE)
    await end_in(database, -1)
    with pytest.raises(FencedError):
        await claims.take(due, now=MONDAY)

    await other.take(ROLE)
    with pytest.raises(FencedError):
        await claims.take(due, now=MONDAY)


async def test_who_lost_the_lease_marks_and_renews_nothing(database: Database) -> None:
    one, other = Leases(database), Leases(database)
    claims, due = await claims_of(database, one)
    await one.take(ROLE)
    entry = await claims.take(due, now=MONDAY)
    assert entry is not None
    assert await claims.take(due, now=MONDAY) is None, "it is taken already"
    assert await claims.renew(entry, now=MONDAY)

    await end_in(database, -1)
    await other.take(ROLE)
    assert not await claims.renew(entry, now=MONDAY)
    with pytest.raises(FencedError):
        await claims.reword(entry)
    await refused(database, claims, EntryChange(entry, State.SENT))

    theirs = Claims(database.of("T1"), other.lease(ROLE), queue=MAIN)
    assert await theirs.cut_off(now=MONDAY + UNDER_WAY / 2) == []
    assert [each.id for each in await theirs.cut_off(now=MONDAY + UNDER_WAY)] == [entry.id]


async def test_who_regained_the_lease_marks_nothing_of_an_earlier_claim(
    database: Database,
) -> None:
    leases = Leases(database)
    claims, due = await claims_of(database, leases)
    await leases.take(ROLE)
    former = await claims.take(due, now=MONDAY)
    assert former is not None
    view = database.of("T1")
    back = EntryChange(former, State.RETRY)
    await view.transaction(lambda tx: claims.mark(tx, back, now=MONDAY))
    latter = await claims.take(due, now=MONDAY)
    assert latter is not None

    await refused(database, claims, EntryChange(former, State.SENT))
    sent = EntryChange(latter, State.SENT)
    await view.transaction(lambda tx: claims.mark(tx, sent, now=MONDAY))
    await refused(database, claims, EntryChange(latter, State.RETRY))


async def refused(database: Database, claims: Claims, change: EntryChange) -> None:
    """See that a change is not written down, nor what belongs to it."""
    view = database.of("T1")
    [before] = await database.fetch_all("SELECT * FROM ledger")
    with pytest.raises(FencedError):
        await view.transaction(lambda tx: claims.mark(tx, change, now=MONDAY))
    assert await database.fetch_all("SELECT * FROM ledger") == [before]
