"""SaferMe's tokens at rest: no copy of the database's files gives them away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog
from cryptography.fernet import Fernet

from bot.store.secret_keys import ENCRYPTED
from tests.company import another_bot
from tests.fieldreports.test_figures import asked
from tests.fieldreports.test_session import ask, kept, sessions
from tests.stage import Stage, open_stage

NEW, OLD, OTHER = (Fernet.generate_key().decode() for _ in range(3))
TOKENS = (b"sandbox-access-", b"sandbox-refresh-")
"""How the local SaferMe's tokens begin."""


def in_files(folder: Path) -> set[bytes]:
    """Return which tokens stand in the database, its log, or any other file beside it."""
    whole = b"".join(each.read_bytes() for each in folder.iterdir())
    return {each for each in TOKENS if each in whole}


@asynccontextmanager
async def begun(database: Path, *, keys: str | None = None) -> AsyncIterator[Stage]:
    """Yield a stage whose bot, with these keys, has begun a session."""
    async with open_stage(database, secret_keys=keys) as stage:
        await asked(stage, "reads")
        yield stage


async def answers_with(stage: Stage, database: Path, **general: str) -> None:
    """Let a bot start with other settings and answer from what was kept, in the same session."""
    async with another_bot(stage.world, database, **general) as other:
        await ask(stage, other, "by-hour")

    assert stage.said("CFIELD")[-1].text.startswith("Site hazards is busiest at")
    assert sessions(stage, "POST") == 1


async def test_with_a_key_no_token_stands_in_any_file(tmp_path: Path) -> None:
    async with begun(tmp_path / "flowbot.db", keys=NEW) as stage:
        stage.saferme.sessions.expire()
        await asked(stage, "by-state")
        assert sessions(stage, "PATCH") == 1

        assert in_files(tmp_path) == set()
    assert in_files(tmp_path) == set()


async def test_without_a_key_it_works_all_the_same_in_plain_text(tmp_path: Path) -> None:
    async with begun(tmp_path / "flowbot.db") as stage:
        await answers_with(stage, tmp_path / "flowbot.db")

        assert in_files(tmp_path) == set(TOKENS)


async def test_what_was_kept_in_plain_text_is_used_and_gone_when_a_bot_with_a_key_has_started(
    tmp_path: Path,
) -> None:
    database = tmp_path / "flowbot.db"
    async with begun(database) as stage:
        async with another_bot(stage.world, database, secret_keys=NEW):
            assert in_files(tmp_path) == set()

        await answers_with(stage, database, secret_keys=NEW)


async def test_a_new_key_takes_over_from_an_old_one_that_may_then_go(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with begun(database, keys=OLD) as stage:
        await answers_with(stage, database, secret_keys=f"{NEW}, {OLD}")
        await answers_with(stage, database, secret_keys=NEW)


async def test_an_old_key_is_no_use_once_a_new_one_has_taken_over(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with begun(database, keys=OLD) as stage:
        async with another_bot(stage.world, database, secret_keys=f"{NEW},{OLD}"):
            pass
        async with another_bot(stage.world, database, secret_keys=OLD) as other:
            await ask(stage, other, "by-hour")

        assert sessions(stage, "POST") == 2


@pytest.mark.parametrize("general", [{"secret_keys": OTHER}, {}], ids=["another", "none"])
async def test_what_no_key_opens_counts_as_absent_and_is_said_once(
    tmp_path: Path, general: dict[str, str]
) -> None:
    database = tmp_path / "flowbot.db"
    async with begun(database, keys=NEW) as stage:
        with structlog.testing.capture_logs() as logged:
            async with another_bot(stage.world, database, **general) as other:
                await ask(stage, other, "by-hour")

        assert stage.said("CFIELD")[-1].text.startswith("Site hazards is busiest at")
        assert sessions(stage, "POST") == 2
        said = [each for each in logged if each["event"] == "credential_not_readable"]
        assert [each["vendor"] for each in said] == ["saferme"]
        assert NEW not in str(logged)


async def test_what_no_key_opens_stays_until_it_is_replaced(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with begun(database, keys=OLD) as stage:
        async with another_bot(stage.world, database, secret_keys=OTHER):
            pass
        await answers_with(stage, database, secret_keys=OLD)


@pytest.mark.parametrize("damaged", ["", "gAAAA", "ä\N{NULL}", "Zm9vYmFy" * 20])
async def test_a_damaged_row_is_no_crash(tmp_path: Path, damaged: str) -> None:
    database = tmp_path / "flowbot.db"
    async with begun(database, keys=NEW) as stage:
        await stage.bot.database.execute(
            "UPDATE credentials SET access = :damaged", {"damaged": ENCRYPTED + damaged}
        )
        async with another_bot(stage.world, database, secret_keys=NEW) as other:
            await ask(stage, other, "by-hour")

        assert stage.said("CFIELD")[-1].text.startswith("Site hazards is busiest at")
        [row] = await kept(stage)
        assert row["access"] != ENCRYPTED + damaged
