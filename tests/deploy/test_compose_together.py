"""What compose.yaml starts, without a container: the same commands in the same order."""

import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sandbox.slack import Message
from sandbox.world import World
from tests.deploy.test_compose import SERVICES
from tests.postgres import Cluster
from tests.processes import LONGEST, Process, flowbot, said

REPORT = "/flow-report flow_onb001"


@asynccontextmanager
async def together(folder: Path, settings: dict[str, str]) -> AsyncIterator[list[Process]]:
    """Yield the web and the workers, once the schema is there."""
    code, _, err = await said(*SERVICES["migrate"]["command"], folder=folder, settings=settings)
    assert (code, "migrated" in err) == (0, True), err
    names = ["web"] + ["worker"] * SERVICES["worker"]["deploy"]["replicas"]
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                flowbot(*SERVICES[name]["command"], folder=folder, settings=settings)
            )
            for name in names
        ]


def reports(world: World) -> list[Message]:
    return [each for each in world.slack.messages("CTRAIN") if "in Onboarding (" in each.text]


async def answered(world: World, count: int) -> None:
    """Wait until there are so many answers."""
    await world.slack.until(lambda: len(reports(world)) >= count, timeout=LONGEST)


async def test_it_answers_and_goes_on_without_one_of_its_workers(
    cluster: Cluster, tmp_path: Path
) -> None:
    name = cluster.create()
    async with World() as world:
        settings = {**world.environment, "DATABASE_URL": cluster.at(name)}
        async with together(tmp_path, settings) as (web, first, second):
            port = (await web.event("listening"))["port"]
            world.slack.connect(f"http://127.0.0.1:{port}/slack/events")
            await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
            await answered(world, 1)

            first.send(signal.SIGKILL)
            await first.ended()
            await world.slack.command(REPORT, user="UGRACE", channel="CTRAIN")
            await answered(world, 2)
            for process in (web, second):
                process.send(signal.SIGTERM)
                assert await process.ended() == 0, process.err
        assert len(reports(world)) == 2
    cluster.drop(name)
