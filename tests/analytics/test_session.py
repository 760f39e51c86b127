"""SaferMe's session: begun once, kept before it is used, and taken up again after a restart."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.cli.compose import assemble
from bot.config import with_values
from bot.config.vendors import SaferMeSettings
from tests.analytics.test_figures import asked
from tests.company import settings_of
from tests.stage import Stage, open_stage

SESSION = "/api/v4/session"


def sessions(stage: Stage, method: str) -> int:
    """Return how often the vendor was asked for a session in this way."""
    return len(
        [each for each in stage.saferme.calls if (each.path, each.method) == (SESSION, method)]
    )


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
            await stage.slack.command(
                "/flow-analytics hazards by-hour", user="UADA", channel="CFIELD"
            )
            await other.settle()

        assert stage.said("CFIELD")[-1].text.startswith("Site hazards, Reports by hour")
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
    assert stage.said("CFIELD")[-1].text.startswith("Site hazards, Reports by state")


async def test_no_token_is_shown_anywhere(stage: Stage) -> None:
    await asked(stage, "reads")
    await asked(stage, "images last-7d")

    [row] = await kept(stage)
    shown = str([each.blocks for each in stage.said("CFIELD")])
    ledger = str(await stage.rows("SELECT * FROM ledger"))
    assert row["access"] not in shown + ledger
    assert row["refresh"] not in shown + ledger


async def test_without_an_account_the_answer_says_how_to_switch_it_on(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        settings = settings_of(stage.world, database)
        nobody = dict.fromkeys(SaferMeSettings.model_fields)
        off = with_values(
            settings,
            saferme={**nobody, "base_url": stage.saferme.url, "download_hosts": ""},
        )
        async with assemble(off, clock=stage.clock) as bot:
            await stage.slack.command("/flow-analytics hazards", user="UADA", channel="CFIELD")
            await bot.settle()

        [told] = stage.whispered()
        assert "SAFERME_EMAIL and SAFERME_PASSWORD" in told
        assert len(stage.saferme.calls) == 0
