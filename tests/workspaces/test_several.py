"""One process for several workspaces: each is asked and answered as if it were alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.assembly.process import Process
from sandbox.slack import Tenant
from tests.workspaces.conftest import Front

GUARD = 20.0


def told(tenant: Tenant, user: str = "UADA") -> str:
    return "\n".join(each.text for each in tenant.ephemerals(user))


async def test_each_workspace_gets_its_own_answers_and_sees_nothing_of_the_other(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    await front.stage.command("/flow subscribe report onboarding daily 09:00")
    await front.stage.command("/flow list")
    asked = await second.command("/flow list", user="UADA", channel="CTRAIN")
    await front.settle_all()

    assert asked.status == 200
    assert "Onboarding" in told(front.slack)
    assert told(second)
    assert "nboarding" not in told(second)


async def test_a_vendor_whose_key_is_in_the_environment_is_off_where_others_installed(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    asked = await second.command("/flow-report onboarding", user="UADA", channel="CTRAIN")
    await front.settle_all()

    assert not front.stage.momoflow.calls
    assert "MomoFlow" in asked.text + told(second)
    assert not second.messages("CTRAIN")


async def test_a_digest_comes_at_its_time_in_its_own_workspace_alone(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    await front.stage.command("/flow subscribe report onboarding daily 09:00")
    before = len(front.slack.messages("CTRAIN"))
    front.stage.clock.advance(to=front.stage.clock.now() + timedelta(days=1))
    await front.stage.bot.tick()
    await front.settle_all()

    assert len(front.slack.messages("CTRAIN")) > before
    assert second.messages("CTRAIN") == []


@asynccontextmanager
async def working(process: Process) -> AsyncIterator[None]:
    """Let a process work for as long as this lasts."""
    work = asyncio.create_task(process.work())
    try:
        yield
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def speakers(front: Front) -> set[str]:
    found = await front.stage.rows("SELECT role FROM leases WHERE role LIKE 'speak:%'")
    return {each["role"].removeprefix("speak:") for each in found}


async def spoken_for(front: Front, workspaces: set[str]) -> None:
    while await speakers(front) != workspaces:  # noqa: ASYNC110  # the rows tell
        await asyncio.sleep(0)


async def test_a_working_process_speaks_for_all_and_for_a_new_one_as_soon_as_it_installs(
    front: Front, second: Tenant
) -> None:
    async with asyncio.timeout(GUARD), working(front.stage.bot.process):
        await spoken_for(front, {front.slack.team_id})
        await front.install(second)
        await spoken_for(front, {front.slack.team_id, "TSECOND"})
