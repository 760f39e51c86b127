"""Flowbot as it runs for real: processes, signals, HTTP and Socket Mode."""

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import psycopg
import pytest

from sandbox.slack import Message
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.world import World
from tests.databases import ON_POSTGRES, sqlite_alone, url_of
from tests.processes import LONGEST, Process, flowbot

REPORT = "/flow-report flow_onb001"


async def connected(world: World, process: Process) -> str:
    """Let Slack deliver to a process once it serves; return its address."""
    port = (await process.event("listening"))["port"]
    address = f"http://127.0.0.1:{port}"
    world.slack.connect(f"{address}/slack/events")
    return address


async def get(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as web, web.get(address) as answer:
        return answer.status, await answer.text()


def reports(world: World) -> list[Message]:
    return [each for each in world.slack.messages("CTRAIN") if "in Onboarding (" in each.text]


async def answered(world: World, count: int) -> list[Message]:
    """Return the answers once there are so many."""
    return await world.slack.until(
        lambda: found if len(found := reports(world)) >= count else [], timeout=LONGEST
    )


async def stopped(process: Process) -> None:
    """Stop a process as a host does, and see it end in order."""
    process.send(signal.SIGTERM)
    assert await process.ended() == 0, process.err
    assert "Traceback" not in "".join(process.err)


def rows(folder: Path, sql: str) -> list[tuple[str]]:
    file = folder / "flowbot.db"
    with closing(psycopg.connect(url_of(file)) if ON_POSTGRES else sqlite3.connect(file)) as kept:
        return list(kept.execute(sql).fetchall())


async def test_it_serves_answers_and_ends_in_order(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with flowbot("run", folder=tmp_path, settings=settings) as process:
        address = await connected(world, process)
        assert await get(f"{address}/healthz") == (200, "ok\n")
        assert await get(f"{address}/readyz") == (200, "ready\n")
        unsigned = aiohttp.FormData({"command": "/flow", "text": "help"})
        async with (
            aiohttp.ClientSession() as web,
            web.post(f"{address}/slack/events", data=unsigned) as answer,
        ):
            assert answer.status == 401

        outcome = await world.slack.command(REPORT, user="UADA", channel="CTRAIN", redeliver=2)
        assert outcome.status == 200
        await answered(world, 1)
        await stopped(process)

    assert len(reports(world)) == 1
    assert "flow_onb001" not in "".join(process.err)  # what was typed is in no log
    assert settings["SLACK_BOT_TOKEN"] not in "".join(process.err)


async def test_killed_right_after_the_ack_the_answer_comes_after_a_restart_once(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    world.vendors.of(MomoFlowVendor).set_switch("silent", 100)
    async with flowbot("run", folder=tmp_path, settings=settings) as process:
        await connected(world, process)
        outcome = await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
        process.send(signal.SIGKILL)
        assert outcome.status == 200
        assert await process.ended() == -signal.SIGKILL
    assert reports(world) == []

    world.vendors.of(MomoFlowVendor).set_switch("silent", 0)
    async with flowbot("run", folder=tmp_path, settings=settings) as restarted:
        await answered(world, 1)
        await stopped(restarted)
    assert "standing_by" not in "".join(restarted.err), "it waits for the lease of the dead"
    assert len(reports(world)) == 1
    assert not [each for each in os.listdir(tmp_path) if "alive" in each]  # noqa: PTH208  # a name will do
    assert rows(tmp_path, "SELECT state FROM jobs WHERE name = 'report'") == [("done",)]
    assert rows(tmp_path, "SELECT state FROM ledger") == [("sent",)]


async def test_web_takes_what_slack_sends_and_a_worker_of_its_own_answers(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with flowbot("web", folder=tmp_path, settings=settings) as web:
        address = await connected(world, web)
        await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
        assert await get(f"{address}/readyz") == (200, "ready\n")
        assert rows(tmp_path, "SELECT state FROM jobs") == [("queued",)]

        async with flowbot("worker", folder=tmp_path, settings=settings) as worker:
            await answered(world, 1)
            await world.slack.command(REPORT, user="UGRACE", channel="CTRAIN")
            await answered(world, 2)
            await stopped(worker)
        await stopped(web)
    assert len(reports(world)) == 2


async def test_a_second_worker_takes_over_when_the_first_is_killed(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with flowbot("worker", folder=tmp_path, settings=settings) as first:
        await first.event("working")
        async with flowbot("run", folder=tmp_path, settings=settings) as second:
            await connected(world, second)
            await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
            await answered(world, 1)
            first.send(signal.SIGKILL)
            await first.ended()

            await second.event("working")
            await world.slack.command(REPORT, user="UGRACE", channel="CTRAIN")
            await answered(world, 2)
            await stopped(second)
    assert len(reports(world)) == 2


async def test_over_socket_mode_it_answers_and_comes_back_after_a_disconnect(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    del settings["SLACK_SIGNING_SECRET"]
    settings["SLACK_APP_TOKEN"] = world.slack.app_token
    async with flowbot("run", folder=tmp_path, settings=settings) as process:
        async with asyncio.timeout(LONGEST):
            await world.slack.socket.wait_for(1)
        outcome = await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
        assert outcome.error == ""
        await answered(world, 1)

        await world.slack.socket.refresh()
        async with asyncio.timeout(LONGEST):
            await world.slack.socket.wait_for(1)
        outcome = await world.slack.command(REPORT, user="UGRACE", channel="CTRAIN")
        assert outcome.error == ""
        await answered(world, 2)
        await stopped(process)
    assert len(reports(world)) == 2


async def test_stopped_in_the_middle_of_work_it_leaves_the_work_to_the_next(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with flowbot("run", folder=tmp_path, settings=settings) as process:
        await connected(world, process)
        outcome = await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
        process.send(signal.SIGINT)
        assert outcome.status == 200
        assert await process.ended() == 0, process.err

    async with flowbot("worker", folder=tmp_path, settings=settings) as next_one:
        await answered(world, 1)
        await stopped(next_one)
    assert len(reports(world)) == 1


@sqlite_alone
async def test_where_no_file_is_kept_a_start_says_so_and_goes_on(
    settings: dict[str, str], tmp_path: Path
) -> None:
    settings["DYNO"] = "web.1"
    async with flowbot("run", folder=tmp_path, settings=settings) as process:
        warned = await process.event("database_will_be_lost")
        await process.event("listening")

    assert warned["level"] == "warning"
    assert warned["mend"] == "let DATABASE_URL name a Postgres database"
    assert sum("database_will_be_lost" in line for line in process.err) == 1


@pytest.mark.parametrize("program", ["run", "web", "worker"])
async def test_told_to_stop_while_it_waits_for_slack_it_ends_in_order(
    settings: dict[str, str], tmp_path: Path, program: str
) -> None:
    settings["SLACK_API_URL"] = "http://127.0.0.1:9/api"  # where nobody listens
    async with flowbot(program, folder=tmp_path, settings=settings) as process:
        await process.event("waiting_for_slack")
        process.send(signal.SIGTERM)
        assert await process.ended() == 0

    assert "Traceback" not in "".join(process.err)
