"""One id leads through the logs of all processes, from the request of Slack to what came of it."""

import json
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.contextvars import merge_contextvars

from sandbox.slack import Message
from sandbox.world import World
from tests.processes import LONGEST, Process, flowbot
from tests.stage import MONDAY, Stage, open_stage

REPORT = "/flow-report flow_onb001"


def lines(process: Process) -> list[dict[str, Any]]:
    """Return what a process logged; every line is JSON."""
    return [json.loads(line) for line in process.err]


def about(logged: list[dict[str, Any]], request_id: str) -> list[str]:
    return [line["event"] for line in logged if line.get("request_id") == request_id]


async def answers(world: World, count: int) -> list[Message]:
    def found() -> list[Message]:
        posted = [each for each in world.slack.messages("CTRAIN") if "Onboarding (" in each.text]
        return posted if len(posted) >= count else []

    return await world.slack.until(found, timeout=LONGEST)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, settings: dict[str, str]) -> str:
    """Return where two processes meet: in each kind of database jobs get about in another way."""
    if request.param == "sqlite":
        return settings["DATABASE_URL"]
    return str(request.getfixturevalue("postgres_url"))


async def test_a_command_is_followed_from_the_ack_to_the_post_through_two_processes(
    world: World, settings: dict[str, str], tmp_path: Path, url: str
) -> None:
    debug = {**settings, "LOG_LEVEL": "debug", "DATABASE_URL": url}
    async with (
        flowbot("web", folder=tmp_path, settings=debug) as web,
        flowbot("worker", folder=tmp_path, settings=debug) as worker,
    ):
        port = (await web.event("listening"))["port"]
        world.slack.connect(f"http://127.0.0.1:{port}/slack/events")
        await world.slack.command(REPORT, user="UADA", channel="CTRAIN", redeliver=1)
        await answers(world, 1)
        await world.slack.command(REPORT, user="UGRACE", channel="CTRAIN")
        await answers(world, 2)
        for process in (web, worker):
            process.send(signal.SIGTERM)
            assert await process.ended() == 0
    accepted = [each for each in lines(web) if each["event"] == "accepted"]
    first, second = (each["request_id"] for each in accepted if not each["repeated"])

    assert first != second
    assert about(lines(web), first) == ["accepted", "accepted"]  # the second time for nothing
    assert about(lines(worker), first) == ["vendor_called", "job_ended", "posted"]
    assert about(lines(worker), second)[-2:] == ["job_ended", "posted"]
    for line in (*lines(web), *lines(worker)):
        assert {"ts", "level", "event"} <= line.keys()
        if "request_id" in line:
            assert line.get("workspace") == world.slack.identity.team_id, line


@pytest.mark.parametrize("socket", [False, True])
async def test_over_socket_mode_as_over_http(tmp_path: Path, *, socket: bool) -> None:
    async with open_stage(tmp_path / "flowbot.db", socket=socket) as stage:
        with structlog.testing.capture_logs([merge_contextvars]) as logged:
            await stage.command(REPORT)
    [accepted] = [line for line in logged if line["event"] == "accepted"]
    found = about([dict(line) for line in logged], accepted["request_id"])

    assert accepted["workspace"] == stage.bot.identity.team_id
    assert [each for each in found if each != "vendor_called"] == [
        "accepted",
        "job_ended",
        "posted",
    ]


async def test_what_the_clock_asks_for_has_an_id_of_its_own_in_every_row(stage: Stage) -> None:
    for days in (7, 8):
        await stage.command(f"/flow subscribe report onboarding last-{days}d daily 09:00")
    with structlog.testing.capture_logs([merge_contextvars]) as logged:
        await stage.at(MONDAY + timedelta(minutes=30))
    ids = {line["request_id"] for line in logged if line.get("job") == "digest"}
    posted = await stage.rows("SELECT request_id FROM ledger WHERE key LIKE 'digest:%'")

    assert len(ids) == 2
    assert {row["request_id"] for row in posted} == ids
