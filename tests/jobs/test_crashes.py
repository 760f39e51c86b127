"""A process that dies while it works: who is to blame is found, and nobody else pays for it."""

from datetime import UTC, datetime

from bot.asking.runner import MOST_CRASHES
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
MANY = 8
KILLS = 6


def digests(stage: Stage) -> list[str]:
    return [each.text for each in stage.said() if not each.text.startswith("Done.")]


def told_ada(stage: Stage) -> list[str]:
    return [each.text for each in stage.slack.messages("DADA")]


async def subscribe(stage: Stage, many: int) -> None:
    for number in range(many):
        await stage.command(f"/flow subscribe report onboarding last-{number + 7}d daily 09:00")


async def fall_due(stage: Stage) -> None:
    """Let the digests become jobs which nobody has begun yet."""
    stage.clock.advance(to=NINE)
    assert await stage.bot.claims.tick()


async def die_at_work(stage: Stage) -> int:
    """Begin what is due, die in the middle of it, and start anew."""
    begun = await stage.bot.parts.jobs.claim(now=stage.clock.now(), limit=MANY)
    await stage.bot.engine.recover()
    return len(begun)


async def test_six_kills_in_a_row_cost_no_digest(stage: Stage) -> None:
    await subscribe(stage, MANY)
    await fall_due(stage)
    assert [await die_at_work(stage) for _ in range(KILLS)] == [MANY] + [1] * (KILLS - 1)

    await stage.settle()
    assert len(digests(stage)) == MANY
    assert told_ada(stage) == []


async def test_the_owner_of_a_digest_that_kills_the_process_is_told_and_the_others_arrive(
    stage: Stage,
) -> None:
    await subscribe(stage, 1)
    await fall_due(stage)
    for _ in range(MOST_CRASHES):
        await die_at_work(stage)

    await stage.settle()
    assert digests(stage) == []
    [told] = told_ada(stage)
    assert "so Onboarding, last 7 days didn't go." in told
    [row] = await stage.rows("SELECT failure_streak FROM subscriptions")
    assert row["failure_streak"] == 1


async def test_the_owner_of_a_digest_that_meets_a_bug_is_told_with_a_reference(
    stage: Stage,
) -> None:
    await subscribe(stage, 1)
    await fall_due(stage)
    await stage.bot.database.execute("DROP TABLE snapshots")  # nothing counts on that

    await stage.settle()
    [told] = told_ada(stage)
    [row] = await stage.rows("SELECT failure_streak, last_error FROM subscriptions")
    assert "Something went wrong in Flowbot" in told
    assert "this reference: " in told
    assert row["failure_streak"] == 1
    assert "Something went wrong" in row["last_error"]
