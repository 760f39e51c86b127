"""The long poll: an answer held back until something changes or its time is up."""

import asyncio
from datetime import datetime, timedelta

from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows.engine import Engine
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.switches import Switches

DEFAULT_SECONDS = 30


async def hold(
    run: Run, seconds: float, *, engine: Engine, switches: Switches, closing: asyncio.Event
) -> None:
    """Wait up to that many seconds on the engine's clock; an ended or asking run does not wait.

    On a standing clock there is nothing to wait for: the answer comes at once, or the clock jumps
    to the next change.
    """
    clock, now = engine.clock, engine.settle()
    until = now + timedelta(seconds=seconds)
    seen = _seen(run, now, switches)
    while now < until and not (run.ended or run.asks or closing.is_set()):
        following = _wake_at(run, now, until, switches)
        if clock.is_running:
            await _any_of(clock, (following - now).total_seconds(), engine.next_move(run), closing)
        elif switches.choice("poll_standing") == "jumps":
            clock.advance(to=following)
        else:
            return
        now = engine.settle()
        if seen is not None and _seen(run, now, switches) != seen:
            return


def _seen(run: Run, now: datetime, switches: Switches) -> tuple[object, ...] | None:
    """Return what must change for the wait to end early, or None for nothing does."""
    wakes = switches.choice("poll_wakes")
    if wakes == "nothing":
        return None
    return run.look(now) if wakes == "any change" else (run.status,)


def _wake_at(run: Run, now: datetime, until: datetime, switches: Switches) -> datetime:
    change = run.next_change(now) if switches.choice("poll_wakes") == "any change" else run.due
    return max(min(change or until, until), now + timedelta(milliseconds=1))


async def _any_of(clock: SandboxClock, seconds: float, *events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(clock.sleep(seconds))]
    waits += [asyncio.ensure_future(_set(event)) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()


async def _set(event: asyncio.Event) -> None:
    await event.wait()
