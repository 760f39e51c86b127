"""What is let go of, and when."""

from datetime import timedelta

from tests.asking.answers import chosen
from tests.stage import Stage

REPORT = "/flow-report onboarding"


async def kept(stage: Stage) -> dict[str, int]:
    return {
        table: len(await stage.rows(f"SELECT * FROM {table}"))  # noqa: S608  # our own names
        for table in ("jobs", "ledger", "snapshots")
    }


async def test_jobs_messages_and_figures_are_forgotten_each_in_its_time(stage: Stage) -> None:
    await stage.command(REPORT)
    assert await kept(stage) == {"jobs": 1, "ledger": 1, "snapshots": 1}
    asked_at = stage.clock.now()

    for days, left in (
        (6, {"jobs": 1, "ledger": 1, "snapshots": 1}),
        (8, {"jobs": 0, "ledger": 1, "snapshots": 1}),
        (91, {"jobs": 0, "ledger": 0, "snapshots": 1}),
        (401, {"jobs": 0, "ledger": 0, "snapshots": 0}),
    ):
        stage.clock.advance(to=asked_at + timedelta(days=days))
        await stage.bot.tidying.tidy()
        assert await kept(stage) == left, days


async def test_subscriptions_and_names_are_never_forgotten(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00")
    names = await stage.rows("SELECT * FROM aliases")

    stage.clock.advance(seconds=timedelta(days=2000).total_seconds())
    await stage.bot.tidying.tidy()
    assert len(await stage.rows("SELECT * FROM subscriptions")) == 1
    assert await stage.rows("SELECT * FROM aliases") == names


async def test_what_one_person_was_told_is_not_kept_and_can_still_be_exported(
    stage: Stage,
) -> None:
    await stage.command(f"{REPORT} privately")
    [row] = await stage.rows("SELECT target, payload, question FROM ledger")
    [job] = await stage.rows("SELECT arguments FROM jobs")

    assert "response_url" not in job["arguments"]
    assert "http" not in row["target"]
    assert "completed" not in row["payload"]
    [answer] = stage.slack.ephemerals("UADA")
    await chosen(stage, answer)
    assert len(stage.slack.files) == 1
