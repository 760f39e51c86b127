"""The lists of names behind forms and help, brought up to date."""

from tests.stage import Stage

FINISHED = """
SELECT name FROM jobs WHERE key LIKE 'renew:%' AND finished_at IS NOT NULL ORDER BY finished_at"""


async def test_they_are_fetched_one_after_the_other(stage: Stage) -> None:
    """Whoever asks something after a start does not wait for all of them at once."""
    wanted = await stage.bot.talk.learn_names(apart=3.0)
    fetched = []
    for _ in range(wanted):
        await stage.bot.engine.worker.settle()
        fetched.append(len(await stage.rows(FINISHED)))
        stage.clock.advance(seconds=3)
    assert fetched == [*range(1, wanted + 1)]
