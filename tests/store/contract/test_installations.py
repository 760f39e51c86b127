"""Installed workspaces, states and keys, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.store.addresses import open_at
from bot.store.database import Database, DatabaseUnavailableError
from bot.store.rekeying import rekey
from bot.store.secret_keys import SecretKeys
from bot.workspaces.installations import Installations
from bot.workspaces.model import BotTokens, Installation
from bot.workspaces.store.farewell import delete_workspace, end_workspace
from bot.workspaces.store.installations import InstallationStore
from bot.workspaces.store.states import StateStore
from sandbox.clock import SandboxClock
from tests.postgres_wire import line_to

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ONE = Installation(
    workspace="T1",
    team_id="T1",
    enterprise_id="",
    name="One",
    bot_user_id="U1",
    bot_id="B1",
    scopes=frozenset({"chat:write", "commands"}),
    installer="U2",
    installed_at=NOW,
    tokens=BotTokens("xoxe.xoxb-1", "xoxe-1", NOW + timedelta(hours=12)),
)


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(NOW)


def keys(*each: str) -> SecretKeys:
    return SecretKeys(SecretStr(",".join(each)))


@pytest.fixture
def store(database: Database, clock: SandboxClock) -> InstallationStore:
    return InstallationStore(database, keys(OLD), clock)


async def test_an_installation_is_read_as_it_was_kept(store: InstallationStore) -> None:
    await store.put(ONE)

    assert await store.get("T1") == ONE
    assert await store.get("T2") is None
    assert await store.all() == [ONE]
    assert "xoxb" not in repr(ONE)


async def test_to_know_who_the_bot_is_does_not_cost_the_tokens(store: InstallationStore) -> None:
    await store.put(ONE)
    await store.put_own(replace(ONE, name="Renamed", tokens=None))

    assert await store.get("T1") == replace(ONE, name="Renamed")


async def test_what_is_due_is_found_and_renewed(store: InstallationStore) -> None:
    await store.put(ONE)
    until = NOW + timedelta(hours=12)
    assert await store.due(until, ["T1", "T2"]) == ["T1"]
    assert await store.due(until - timedelta(seconds=1), ["T1"]) == []
    assert await store.due(until, ["T2"]) == []
    await store.put_tokens("T1", BotTokens("next", "refresh", until + timedelta(hours=12)))

    assert await store.due(until, ["T1"]) == []
    found = await store.get("T1")
    assert found is not None
    assert found.tokens == BotTokens("next", "refresh", until + timedelta(hours=12))


async def test_who_left_has_no_tokens_and_takes_none(
    database: Database, store: InstallationStore, clock: SandboxClock
) -> None:
    await store.put(ONE)
    left = [await database.transaction(lambda tx: end_workspace(tx, "T1", now=NOW)) for _ in "12"]
    await store.put_tokens("T1", BotTokens("late"))
    found = await store.get("T1")

    assert left == [True, False]
    assert found is not None
    assert (found.tokens, found.gone_at) == (None, NOW)
    assert await store.all() == []
    clock.advance(seconds=30 * 86_400)
    assert await store.long_gone() == []
    clock.advance(seconds=1)
    assert await store.long_gone() == ["T1"]
    await delete_workspace(database, "T1")
    assert await store.get("T1") is None


async def test_what_changed_is_told_since_a_mark(
    store: InstallationStore, clock: SandboxClock
) -> None:
    await store.put(ONE)
    first = await store.changed("")
    clock.advance(seconds=1)
    await store.put(replace(ONE, workspace="T2"))

    assert list(first) == ["T1"]
    later = await store.changed(first["T1"])
    assert (list(later), later["T1"]) == (["T1", "T2"], first["T1"])


async def test_a_state_is_good_once_of_twenty_at_once_and_for_ten_minutes(
    database: Database, clock: SandboxClock
) -> None:
    states = StateStore(database, clock)
    state, late = await states.issue(), await states.issue()
    taken = await asyncio.gather(*[states.consume(state) for _ in range(20)])
    clock.advance(seconds=600)

    assert sum(taken) == 1
    assert not await states.consume(late)
    assert not await states.consume("made up")


async def test_everything_is_read_with_the_new_key_alone_after_it_was_encrypted_anew(
    database: Database, store: InstallationStore, clock: SandboxClock
) -> None:
    await store.put(ONE)
    await store.put(replace(ONE, workspace="T2"))
    locked = await rekey(database, keys(NEW))
    count = await rekey(database, keys(NEW, OLD))
    again = await rekey(database, keys(NEW))

    assert locked.locked == [("installations", "T1"), ("installations", "T2")]
    assert (count.renewed, count.current, count.locked) == (2, 0, [])
    assert (again.renewed, again.current) == (0, 2)
    assert await InstallationStore(database, keys(NEW), clock).get("T1") == ONE
    unread = await store.get("T1")
    assert unread is not None
    assert (unread.tokens, unread.is_locked) == (None, True)


async def test_while_the_database_is_away_who_was_known_is_known(
    postgres_url: str, clock: SandboxClock
) -> None:
    async with line_to(postgres_url) as line:
        database = await open_at(line.url)
        store = InstallationStore(database, keys(OLD), clock)
        installations = Installations(store, clock, own=None)
        await store.put(ONE)
        before = await installations.get("T1")
        clock.advance(seconds=61)
        line.go_away()
        meanwhile = await installations.get("T1")
        with pytest.raises(DatabaseUnavailableError):
            await installations.get("T2")
        line.come_back()
        await database.close()

    assert before == meanwhile == ONE
