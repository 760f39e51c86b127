"""Several processes on Postgres: whoever lives carries out what any of them accepted."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.world import World
from tests.cli.test_running import REPORT, answered, connected, reports, stopped
from tests.processes import LONGEST, flowbot


@pytest.fixture
def settings(settings: dict[str, str], postgres_url: str) -> dict[str, str]:
    return {**settings, "DATABASE_URL": postgres_url}


@pytest.fixture
async def link(postgres_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as link:
        yield link


async def states(link: psycopg.AsyncConnection) -> set[str]:
    found = await link.execute("SELECT state FROM jobs WHERE name = 'report'")
    return {state for (state,) in await found.fetchall()}


async def test_what_one_process_accepts_others_answer_and_all_end_in_order(
    world: World, settings: dict[str, str], tmp_path: Path, link: psycopg.AsyncConnection
) -> None:
    async with (
        flowbot("web", folder=tmp_path, settings=settings) as web,
        flowbot("worker", folder=tmp_path, settings=settings) as one,
        flowbot("worker", folder=tmp_path, settings=settings) as other,
    ):
        await connected(world, web)
        for user in ("UADA", "UGRACE"):
            await world.slack.command(REPORT, user=user, channel="CTRAIN", redeliver=1)
        await answered(world, 2)
        for process in (one, other, web):
            await stopped(process)
    assert len(reports(world)) == 2
    assert await states(link) == {"done"}


async def test_what_a_killed_worker_had_begun_another_answers_once(
    world: World, settings: dict[str, str], tmp_path: Path, link: psycopg.AsyncConnection
) -> None:
    momoflow = world.vendors.of(MomoFlowVendor)
    momoflow.set_switch("silent", 100)
    async with (
        flowbot("web", folder=tmp_path, settings=settings) as web,
        flowbot("worker", folder=tmp_path, settings=settings) as killed,
    ):
        await connected(world, web)
        await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
        async with asyncio.timeout(LONGEST):
            while await states(link) != {"running"}:  # noqa: ASYNC110  # another's work
                await asyncio.sleep(0.05)
        killed.send(signal.SIGKILL)
        momoflow.set_switch("silent", 0)
        async with flowbot("worker", folder=tmp_path, settings=settings) as worker:
            await world.slack.until(lambda: reports(world), timeout=2 * LONGEST)
            await stopped(worker)
        await stopped(web)
    assert len(reports(world)) == 1
    assert await states(link) == {"done"}
