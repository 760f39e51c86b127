"""Further places in Slack where one process hears and two others work, on any database: once each.

What an assistant asks has its own test beside the rest of its room.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.assembly.surfaces import surfaces_named, with_surfaces
from bot.slack.manifest import as_text, declared
from sandbox.slack.functions.executions import Progress
from sandbox.world import World
from tests.cli.test_running import connected, stopped
from tests.databases import url_of
from tests.processes import LONGEST, flowbot
from tests.scoreboards.acting import button
from tests.steps.acting import REPORT


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database of each kind."""
    if request.param == "sqlite":
        return url_of(tmp_path / "flowbot.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@asynccontextmanager
async def at_work(folder: Path, database: str, *surfaces: str) -> AsyncIterator[World]:
    """Yield what a web process and two workers meet, which end in order."""
    manifest = as_text(with_surfaces(declared(), surfaces_named(surfaces)))
    async with World(manifest=manifest) as world, AsyncExitStack() as stack:
        given = {**world.environment, "DATABASE_URL": database, "SURFACES": ",".join(surfaces)}
        web, *workers = [
            await stack.enter_async_context(flowbot(role, folder=folder, settings=given))
            for role in ("web", "worker", "worker")
        ]
        await connected(world, web)
        yield world
        for process in (web, *workers):
            await stopped(process)


async def test_a_line_to_the_agent_is_answered_once_and_its_thread_rests(
    database: str, tmp_path: Path
) -> None:
    async with at_work(tmp_path, database, "agent") as world:
        slack = world.slack
        direct = slack.agent.conversation("UADA").id
        said = (await slack.say("report flow_onb001", user="UADA", channel=direct)).message
        assert said
        await slack.until(
            lambda: _of(world, "agents.sessions.setStatus", "status") == ["processing", "active"],
            timeout=LONGEST,
        )

    [answer] = [each for each in slack.thread(direct, said.ts) if each.user == slack.bot_user_id]
    assert "Onboarding" in answer.text


async def test_a_step_is_carried_out_and_told_once(database: str, tmp_path: Path) -> None:
    async with at_work(tmp_path, database, "steps") as world:
        slack = world.slack
        begun = await slack.workflows.run("get_report", REPORT, redeliver=2)
        await slack.until(
            lambda: _of(world, "functions.completeSuccess", "function_execution_id"),
            timeout=LONGEST,
        )

    assert slack.workflows.executions[begun.id].progress is Progress.SUCCEEDED
    assert _of(world, "functions.completeSuccess", "function_execution_id") == [begun.id]
    assert len([each for each in slack.messages("CTRAIN") if each.user == slack.bot_user_id]) == 1


async def test_a_figure_is_written_into_the_canvas_once(database: str, tmp_path: Path) -> None:
    async with at_work(tmp_path, database, "scoreboards") as world:
        slack = world.slack
        line = "/flow scoreboard add report flow_onb001"
        await slack.command(line, user="UADA", channel="CTRAIN")
        await slack.until(lambda: slack.ephemerals("UADA"), timeout=LONGEST)
        preview = slack.ephemerals("UADA")[-1]
        await slack.click(preview, user="UADA", **button(preview, "Add to the canvas"))
        await slack.until(
            lambda: "(Flowbot 1)" in (slack.workspace.canvas("CTRAIN") or ""), timeout=LONGEST
        )

    assert _of(world, "conversations.canvases.create", "channel_id") == ["CTRAIN"]
    assert (slack.workspace.canvas("CTRAIN") or "").count("(Flowbot 1)") == 1


def _of(world: World, method: str, argument: str) -> list[str]:
    """Return an argument of the calls of a method that Slack took."""
    calls = [each for each in world.slack.calls if each.method == method and not each.error]
    return [str(each.arguments[argument]) for each in calls]
