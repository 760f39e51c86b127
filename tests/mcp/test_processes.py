"""Who takes a call and who answers it may be two processes, on any database."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from sandbox.world import World
from tests.cli.conftest import settings, world
from tests.cli.test_running import connected, stopped
from tests.mcp.assistants import call, client, words
from tests.processes import flowbot

__all__ = ["settings", "world"]
REPORT = "get_training_report"
ONBOARDING = {"flow": "flow_onb001"}


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, settings: dict[str, str]) -> str:
    """Return the address of a database of each kind."""
    if request.param == "sqlite":
        return settings["DATABASE_URL"]
    url: str = request.getfixturevalue("postgres_url")
    return url


async def test_one_process_takes_a_call_and_another_answers_it(
    world: World, settings: dict[str, str], database: str, tmp_path: Path
) -> None:
    given = {**settings, "DATABASE_URL": database, "SURFACES": "mcp"}
    async with (
        flowbot("web", folder=tmp_path, settings=given) as web,
        flowbot("worker", folder=tmp_path, settings=given) as worker,
    ):
        await connected(world, web)
        async with client(world.slack) as slackbot:
            answer = await call(slackbot, REPORT, ONBOARDING)
        for process in (web, worker):
            await stopped(process)

    assert not answer.is_error
    assert "Onboarding" in words(answer)
    assert world.slack.messages("DADA") == []
    assert (await web.event("tool_called"))["tool"] == REPORT


async def test_nothing_of_it_is_loaded_where_it_is_off(tmp_path: Path) -> None:
    seen = """
import sys
from bot.cli.main import main
main(["ask", "/flow help"])
import bot.door.serving
print("loaded", *sys.modules)
"""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", seen),
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    printed, _ = await started.communicate()
    loaded = set(printed.decode().rpartition("loaded ")[2].split())

    assert {"bot.door.serving", "bot.assembly.compose", "bot.asking.runner"} <= loaded
    assert {each for each in loaded if each.startswith(("bot.mcp.", "bot.jobs.calls"))} == set()
