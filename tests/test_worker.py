"""The worker's end: a stop must never be overheard."""

import asyncio

import pytest

from bot.worker import Batch, Worker

GUARD_SECONDS = 10
"""Only ends a test that hangs."""


async def nothing(_: int) -> Batch:
    return Batch()


@pytest.mark.parametrize("steps", range(8))
async def test_a_stop_that_meets_a_wake_is_heard(steps: int) -> None:
    worker = Worker("test", nothing, width=1)
    running = asyncio.create_task(worker.run())
    while not worker._woken._waiters:  # noqa: ASYNC110  # nothing tells when it begins to wait
        await asyncio.sleep(0)
    worker.wake()
    for _ in range(steps):
        await asyncio.sleep(0)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=GUARD_SECONDS)
    assert running in done
    assert running.cancelled()
