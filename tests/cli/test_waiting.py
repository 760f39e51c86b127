"""A start while Slack is away: patience with a line for each look, and one line each at the end."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.assembly.features import load_settings
from bot.assembly.starting import StartError
from bot.cli.running import running, started
from bot.config import Settings, with_environment, with_values
from bot.door.readiness import Readiness
from bot.errors import BotError
from bot.store.opening import DatabaseNotOpenedError, migrate_file
from bot.store.secret_keys import SecretKeys
from sandbox.clock import SandboxClock
from sandbox.world import World
from tests.postgres_wire import Line, line_to
from tests.stage import MONDAY, Stage

MANY = 3
HELLO, OPEN = "auth.test", "apps.connections.open"


@pytest.fixture
def clock() -> SandboxClock:
    """Return a clock that does not wait, but notes how far it was moved."""
    return SandboxClock(MONDAY)


@pytest.fixture
def pointed(world: World, tmp_path: Path) -> Settings:
    settings = with_environment(load_settings(), world.environment)
    return with_values(
        settings,
        general={"database_url": f"sqlite:///{tmp_path}/flowbot.db", "port": 0},
        slack={"app_token": world.slack.app_token},
    )


async def start(settings: Settings, clock: SandboxClock) -> list[dict[str, Any]]:
    """Start and stop as `flowbot run` does; return what it logged."""
    with structlog.testing.capture_logs() as logged:
        async with running(settings, clock, program="run"):
            pass
    return [dict(line) for line in logged]


def waits(logged: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [
        (line["why"], line["again_in_seconds"])
        for line in logged
        if line["event"] == "waiting_for_slack"
    ]


@pytest.mark.parametrize("method", [HELLO, OPEN])
async def test_while_slack_has_a_fault_of_its_own_it_is_asked_again_with_a_line_each(
    world: World, pointed: Settings, clock: SandboxClock, method: str
) -> None:
    world.slack.disturb(method, kind="http_500")
    world.slack.disturb(method, kind="drop_before")
    world.slack.disturb(method, kind="rate_limited", seconds=40)
    world.slack.refuse(method, error="fatal_error")

    logged = await start(pointed, clock)

    assert [seconds for _, seconds in waits(logged)] == [2, 4, 40, 16]
    assert {why.split(":")[0] for why, _ in waits(logged)} == {method}
    assert logged[-1]["event"] == "listening"


async def test_after_ten_minutes_the_start_ends_in_words(
    world: World, pointed: Settings, clock: SandboxClock
) -> None:
    world.slack.disturb(HELLO, kind="drop_before", times=1_000)

    with pytest.raises(StartError, match=r"could not be reached at http.* Check the network"):
        await start(pointed, clock)

    assert 500 < (clock.now() - MONDAY).total_seconds() <= 600


async def get(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as web,
        web.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_start_that_waits_for_slack_is_alive_and_says_why_it_is_not_ready(
    world: World, pointed: Settings, clock: SandboxClock
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    settings = with_values(pointed, general={"port": port})
    world.slack.refuse(HELLO, error="fatal_error")
    asked = asyncio.Event()

    def second(_: object) -> bool:
        asked.set()
        return True

    world.slack.disturb(HELLO, kind="slow", when=second)  # no answer as long as this test lasts
    starting = asyncio.create_task(start(settings, clock))
    async with asyncio.timeout(10):
        await asked.wait()

    assert await get(port, "/healthz") == (200, "ok\n")
    why = f"Flowbot is starting and waits for Slack ({HELLO}: fatal_error)\n"
    assert await get(port, "/readyz") == (503, why)
    async with (
        aiohttp.ClientSession() as web,
        web.post(f"http://127.0.0.1:{port}/slack/events") as answer,
    ):
        assert answer.status == 503
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("account_inactive", r"Slack refuses SLACK_BOT_TOKEN \(account_inactive\)"),
        ("missing_scope", r"Slack refuses SLACK_BOT_TOKEN \(missing_scope\)"),
    ],
)
async def test_a_refusal_ends_it_at_once(
    world: World, pointed: Settings, clock: SandboxClock, error: str, words: str
) -> None:
    world.slack.refuse(HELLO, error=error)

    with pytest.raises(StartError, match=words):
        await start(pointed, clock)
    assert clock.now() == MONDAY


async def test_a_start_says_what_it_found_in_one_line_each(
    pointed: Settings, clock: SandboxClock, tmp_path: Path
) -> None:
    pointed = with_values(pointed, workflows={"api_token": None})

    logged = await start(pointed, clock)

    assert [line["event"] for line in logged] == [
        *("workspace", "services", "database", "mode", "next_digest"),
        *("tokens_in_plain_text", "listening"),
    ]
    found = {line["event"]: line for line in logged}
    assert found["workspace"]["name"] == "Lumen Works"
    assert found["services"]["on"] == "MomoFlow, Smart Flows, FLOW, SaferMe"
    assert found["services"]["off"] == "giosg (no GIOSG_API_TOKEN)"
    assert found["database"]["at"] == f"{tmp_path}/flowbot.db"
    assert (found["mode"]["program"], found["mode"]["slack"]) == ("run", "Socket Mode")
    assert found["next_digest"]["at"] == "none is ordered"


async def test_with_keys_a_start_warns_of_nothing(pointed: Settings, clock: SandboxClock) -> None:
    pointed = with_values(pointed, general={"secret_keys": Fernet.generate_key().decode()})

    logged = await start(pointed, clock)

    assert {line["log_level"] for line in logged} == {"info"}


async def test_the_next_digest_is_said_in_its_own_zone(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 17:00 Europe/Berlin")
    settings = with_environment(load_settings(), stage.world.environment)
    settings = with_values(settings, general={"database_url": stage.bot.parts.general.database_url})

    with structlog.testing.capture_logs() as logged:
        async with started(settings, stage.clock, program="worker"):
            pass

    [line] = [each for each in logged if each["event"] == "next_digest"]
    assert (line["at"], line["channel"]) == ("2026-11-23 17:00 Europe/Berlin", "CTRAIN")


@pytest.fixture
async def line(postgres_url: str) -> AsyncIterator[Line]:
    """Yield a line to a Postgres that is away."""
    async with line_to(postgres_url) as line:
        line.go_away()
        yield line


async def test_a_database_that_is_away_is_waited_for(
    pointed: Settings, clock: SandboxClock, line: Line
) -> None:
    readiness = Readiness()
    told: list[str] = []
    settings = with_values(pointed, general={"database_url": line.url})

    def waiting(error: BotError, seconds: float) -> None:
        readiness.waiting(error, seconds)
        told.append(str(error))
        if len(told) == MANY:
            line.come_back()

    with structlog.testing.capture_logs() as logged:
        async with started(settings, clock, program="worker", waiting=waiting):
            pass

    waited = [each for each in logged if each["event"] == "waiting_for_database"]
    assert [each["again_in_seconds"] for each in waited] == [2, 4, 8]
    assert "nobody answers there. Start Postgres" in told[0]
    assert await readiness.unready() == "Flowbot is starting and waits for its database"


async def test_a_database_that_stays_away_ends_the_start_after_ten_minutes(
    pointed: Settings, clock: SandboxClock, line: Line
) -> None:
    settings = with_values(pointed, general={"database_url": line.url})
    began = clock.now()
    with pytest.raises(DatabaseNotOpenedError, match="nobody answers there"):
        await start(settings, clock)

    assert timedelta(minutes=9) < clock.now() - began <= timedelta(minutes=10)


async def test_secrets_that_no_key_opens_are_told_as_the_doctor_does(
    pointed: Settings, clock: SandboxClock, tmp_path: Path
) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    migrate_file(str(tmp_path / "flowbot.db"))
    with closing(sqlite3.connect(tmp_path / "flowbot.db", isolation_level=None)) as rows:
        rows.execute(
            "INSERT INTO credentials (workspace, vendor, origin, access, refresh, kept_at) "
            "VALUES ('T1', 'saferme', 'x', ?, '', '')",
            [SecretKeys(SecretStr(old)).encrypt("hunter2")],
        )
    logged = await start(with_values(pointed, general={"secret_keys": SecretStr(new)}), clock)

    [told] = [each for each in logged if each["event"] == "secrets_not_readable"]
    assert told["why"] == "Secrets are kept that no key of SECRET_KEYS opens."
    assert told["mend"].startswith("Add the key they were encrypted under to SECRET_KEYS.")
