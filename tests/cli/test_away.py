"""A Postgres that is away for a while: that is said, nothing is half accepted, then it goes on."""

from pathlib import Path

import psycopg

from sandbox.world import World
from tests.cli.test_running import REPORT, answered, connected, reports, stopped
from tests.postgres_wire import line_to
from tests.processes import LONGEST, flowbot

WAITING = "SELECT COUNT(*) FROM jobs"


async def test_what_is_asked_meanwhile_is_refused_in_words_and_not_kept(
    world: World, settings: dict[str, str], tmp_path: Path, postgres_url: str
) -> None:
    async with line_to(postgres_url) as line:
        over_it = {**settings, "DATABASE_URL": line.url}
        async with flowbot("run", folder=tmp_path, settings=over_it) as process:
            await connected(world, process)
            await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
            await answered(world, 1)

            line.go_away()
            outcome = await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
            assert outcome.status == 200
            told = await world.slack.until(lambda: world.slack.ephemerals("UADA"), timeout=LONGEST)
            assert "Flowbot's database is away, so nothing was done." in told[-1].text

            line.come_back()
            await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
            await answered(world, 2)
            await stopped(process)

    assert len(reports(world)) == 2
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute(WAITING).fetchone() == (2,)
