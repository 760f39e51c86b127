"""A process that freezes in the middle of sending and wakes when another speaks."""

import signal
from pathlib import Path

from sandbox.slack.faults import Arguments
from sandbox.world import World
from tests.cli.test_running import REPORT, connected, rows, stopped
from tests.processes import flowbot

ELSEWHERE = "CRANDOM"
"""Flowbot is no member there: Slack says so first, and then it answers another way."""


async def test_a_process_that_was_frozen_past_its_lease_sends_nothing_when_it_wakes(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with (
        flowbot("web", folder=tmp_path, settings=settings) as web,
        flowbot("worker", folder=tmp_path, settings=settings) as first,
    ):

        def freeze(_: Arguments) -> bool:
            first.send(signal.SIGSTOP)
            return True

        await connected(world, web)
        await first.event("working")
        world.slack.refuse("chat.postMessage", error="not_in_channel", when=freeze)
        await world.slack.command(REPORT, user="UADA", channel=ELSEWHERE)
        async with flowbot("worker", folder=tmp_path, settings=settings) as second:
            await second.event("working")
            assert rows(tmp_path, "SELECT state FROM ledger") == [("sending",)]
            before = len(world.slack.calls)

            first.send(signal.SIGCONT)
            assert (await first.event("fenced"))["fence"] == "request"
            await first.event("lease_lost")
            assert rows(tmp_path, "SELECT state FROM ledger") == [("sending",)]
            sent = tuple(world.slack.calls)[before:]
            assert [
                each for each in sent if each.method in ("response_url", "chat.postMessage")
            ] == []
            await stopped(second)
        await stopped(first)
        await stopped(web)
