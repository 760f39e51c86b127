"""SaferMe's session: begun once, kept before it is used, and taken up again after a restart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.assembly.bot import Bot
from bot.assembly.process import assemble
from bot.config import with_values
from bot.fieldreports.client.client import SaferMe, open_saferme
from bot.fieldreports.sessions import Sessions
from bot.fieldreports.settings import SaferMeSettings
from bot.store.credentials import CredentialStore
from bot.store.leases import Leases
from bot.store.secret_keys import SecretKeys
from bot.store.sqlite import SqliteDatabase
from tests.company import let_speak, settings_of
from tests.fieldreports.test_figures import asked
from tests.stage import Stage, open_stage

SESSION = "/api/v4/session"


def sessions(stage: Stage, method: str) -> int:
    """Return how often the vendor was asked for a session in this way."""
    return len(
        [each for each in stage.saferme.calls if (each.path, each.method) == (SESSION, method)]
    )


async def ask(stage: Stage, bot: Bot, figure: str) -> None:
    """Ask for a figure and let that bot answer."""
    await stage.slack.command(f"/flow-analytics hazards {figure}", user="UADA", channel="CFIELD")
    await let_speak(bot)
    await bot.settle()


@asynccontextmanager
async def only_tokens(stage: Stage, database: Path) -> AsyncIterator[Bot]:
    """Yield a bot that has the pair kept last and no account to begin anew with."""
    [row] = await kept(stage)
    pair = {"access_token": row["access"], "refresh_token": row["refresh"]}
    nobody = {"email": None, "password": None}
    settings = settings_of(stage.world, database)
    values = {**pair, **nobody}
    async with assemble(with_values(settings, fieldreports=values), clock=stage.clock) as bot:
        yield bot


@asynccontextmanager
async def clients(stage: Stage, database: Path) -> AsyncIterator[tuple[SaferMe, SaferMe]]:
    """Yield the clients of two processes that share a database."""
    settings = settings_of(stage.world, database).of(SaferMeSettings)
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(2):
            opened = await SqliteDatabase.open(str(database))
            stack.push_async_callback(opened.close)
            leases = await stack.enter_async_context(Leases(opened))
            credentials = CredentialStore(opened.of(stage.bot.identity.workspace), SecretKeys(None))
            mine = Sessions(leases, credentials, settings, stage.clock)
            saferme = await open_saferme(
                settings, stage.clock, stack, tokens=await mine.tokens(), keeping=mine.keeping
            )
            made.append(saferme.client)
        yield made[0], made[1]


async def kept(stage: Stage) -> list[dict[str, Any]]:
    return await stage.rows("SELECT vendor, access, refresh FROM credentials")


async def test_a_session_is_begun_with_the_first_question_and_kept(stage: Stage) -> None:
    assert await kept(stage) == []

    await asked(stage, "reads")
    await asked(stage, "by-state")

    assert sessions(stage, "POST") == 1
    [row] = await kept(stage)
    assert stage.saferme.sessions.alive(f"Token token={row['access']}")


async def test_a_bot_that_starts_again_takes_up_the_session(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        await asked(stage, "reads")
        async with assemble(settings_of(stage.world, database), clock=stage.clock) as other:
            await ask(stage, other, "by-hour")

        assert stage.said("CFIELD")[-1].text.startswith("Site hazards is busiest at")
        assert sessions(stage, "POST") == 1


async def test_a_pair_that_ends_soon_is_replaced_and_the_new_one_kept(stage: Stage) -> None:
    stage.saferme.set_switch("token_days", 10)
    await asked(stage, "reads")
    [before] = await kept(stage)

    stage.clock.advance(to=stage.clock.now() + timedelta(days=5))
    await asked(stage, "by-state")

    [after] = await kept(stage)
    assert sessions(stage, "PATCH") == 1
    assert before["access"] != after["access"]
    assert before["refresh"] != after["refresh"]
    assert stage.said("CFIELD")[-1].text.startswith("Reports in Site hazards are most often")


async def test_a_process_that_still_holds_the_old_pair_takes_up_the_new_one(
    tmp_path: Path,
) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        await asked(stage, "reads")
        async with only_tokens(stage, database) as first, only_tokens(stage, database) as second:
            stage.saferme.sessions.expire()
            await ask(stage, first, "by-user")
            await ask(stage, second, "awareness")

            assert sessions(stage, "PATCH") == 1
            by_user, alerts = (each.text for each in stage.said("CFIELD")[-2:])
            assert "made the most reports in Site hazards" in by_user
            assert "alerts about Site hazards" in alerts


async def test_two_processes_whose_pair_ends_at_once_replace_it_once(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        await asked(stage, "reads")
        async with clients(stage, database) as (first, second):
            stage.saferme.sessions.expire()
            await asyncio.gather(first.states(501), second.form(501), first.teams())

        assert sessions(stage, "PATCH") == 1
        assert sessions(stage, "POST") == 1
        [row] = await kept(stage)
        assert stage.saferme.sessions.alive(f"Token token={row['access']}")


async def test_two_processes_without_a_pair_begin_one_session(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage, clients(stage, database) as (first, second):
        await asyncio.gather(first.teams(), second.channels())

        assert sessions(stage, "POST") == 1


async def test_after_a_crash_before_the_new_pair_was_written_the_account_begins_anew(
    tmp_path: Path,
) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        await asked(stage, "reads")
        [row] = await kept(stage)
        assert stage.saferme.sessions.refresh(row["access"], row["refresh"])  # its answer was lost
        async with assemble(settings_of(stage.world, database), clock=stage.clock) as other:
            await ask(stage, other, "by-hour")

        assert stage.said("CFIELD")[-1].text.startswith("Site hazards is busiest at")
        assert (sessions(stage, "PATCH"), sessions(stage, "POST")) == (1, 2)


async def test_after_such_a_crash_without_an_account_the_answer_says_what_to_set(
    tmp_path: Path,
) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        await asked(stage, "reads")
        async with only_tokens(stage, database) as other:
            [row] = await kept(stage)
            assert stage.saferme.sessions.refresh(row["access"], row["refresh"])
            await ask(stage, other, "by-hour")

        [told] = stage.whispered()
        assert "SAFERME_ACCESS_TOKEN" in told
        assert "reads in Site hazards" in stage.said("CFIELD")[-1].text


async def test_no_token_is_shown_anywhere(stage: Stage) -> None:
    await asked(stage, "reads")
    await asked(stage, "images last-7d")

    [row] = await kept(stage)
    shown = str([each.blocks for each in stage.said("CFIELD")])
    outbox = str(await stage.rows("SELECT * FROM ledger"))
    assert row["access"] not in shown + outbox
    assert row["refresh"] not in shown + outbox


async def test_without_an_account_the_answer_says_how_to_switch_it_on(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        settings = settings_of(stage.world, database)
        nobody = dict.fromkeys(SaferMeSettings.model_fields)
        off = with_values(
            settings,
            fieldreports={**nobody, "base_url": stage.saferme.url, "download_hosts": ""},
        )
        async with assemble(off, clock=stage.clock) as bot:
            await stage.slack.command("/flow-analytics hazards", user="UADA", channel="CFIELD")
            await bot.settle()

        [told] = stage.whispered()
        assert "SAFERME_EMAIL and SAFERME_PASSWORD" in told
        assert len(stage.saferme.calls) == 0
