"""Work that comes again: the first round at once, whatever the clock on the wall does.

The loop of these tests waits in no time, as its own clock goes straight on to what is due next. To
APScheduler the clock on the wall then stands still, as if it were set back again and again.
"""

import asyncio
import logging
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

import pytest
import structlog

from bot.errors import UserError
from bot.scheduler import LoopTime, Round, repeating

START = 1_000.0
MONTHS = 200 * 86_400.0
TURN = 1e-6
"""Seconds that each turn of the loop takes at least: a clock that stands still is none."""
LATE = 0.01
"""Seconds within which what is due is done."""


class Waits(selectors.DefaultSelector):
    """Waits for nothing: what the loop would have waited is added up."""

    def __init__(self) -> None:
        super().__init__()
        self.waited = START

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "nothing is ever due again"
        self.waited += max(timeout, TURN)
        return super().select(0)


class Rhythm:
    """What happened when, in seconds from the start, in a loop whose clock can be moved on."""

    def __init__(self) -> None:
        self._waits = Waits()
        self.seen: list[tuple[str, int]] = []

    def play(self, scene: Coroutine[Any, Any, None]) -> list[tuple[str, int]]:
        """Carry out a scene; return what was seen."""
        with asyncio.Runner(loop_factory=self._loop) as runner:
            runner.run(scene)
        return self.seen

    def note(self, what: str) -> None:
        self.seen.append((what, round(self._waits.waited - START)))

    def jump(self, seconds: float) -> None:
        """Let the time pass in which this process does nothing, as when it is stopped."""
        self._waits.waited += seconds

    def noting(self, what: str) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            self.note(what)

        return work

    def _loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.SelectorEventLoop(self._waits)
        loop.time = lambda: self._waits.waited  # type: ignore[method-assign]
        return loop


@pytest.fixture
def rhythm() -> Rhythm:
    return Rhythm()


async def lasting(seconds: float, *rounds: Round) -> None:
    async with repeating(*rounds):
        await asyncio.sleep(seconds + LATE)


def test_the_first_round_comes_at_once_and_each_other_after_a_wait(rhythm: Rhythm) -> None:
    tick = Round("tick", rhythm.noting("tick"), every=5)

    assert rhythm.play(lasting(20, tick)) == [("tick", at) for at in (0, 5, 10, 15, 20)]


def test_the_first_round_can_be_put_off(rhythm: Rhythm) -> None:
    tidy = Round("tidy", rhythm.noting("tidy"), every=3600, after=60)

    assert rhythm.play(lasting(4000, tidy)) == [("tidy", 60), ("tidy", 3660)]


def test_each_work_has_its_own_pace(rhythm: Rhythm) -> None:
    poll = Round("poll", rhythm.noting("poll"), every=2)
    tick = Round("tick", rhythm.noting("tick"), every=4, after=1)

    seen = rhythm.play(lasting(5, poll, tick))
    assert seen == [("poll", 0), ("tick", 1), ("poll", 2), ("poll", 4), ("tick", 5)]


def test_months_in_which_nothing_could_be_done_bring_one_round(rhythm: Rhythm) -> None:
    async def scene() -> None:
        async with repeating(Round("poll", rhythm.noting("poll"), every=1)):
            await asyncio.sleep(1.5)
            rhythm.jump(MONTHS)
            await asyncio.sleep(1.5)

    after = round(MONTHS) + 2
    assert rhythm.play(scene()) == [("poll", 0), ("poll", 1), ("poll", after), ("poll", after + 1)]


def test_a_round_never_begins_before_the_last_has_ended(
    rhythm: Rhythm, caplog: pytest.LogCaptureFixture
) -> None:
    async def slow() -> None:
        rhythm.note("begins")
        await asyncio.sleep(7)
        rhythm.note("ends")

    seen = rhythm.play(lasting(18, Round("slow", slow, every=5)))
    assert seen == [*(("begins", 0), ("ends", 7)), *(("begins", 10), ("ends", 17))]
    assert caplog.records == []


@pytest.mark.parametrize("trouble", [UserError("the database is locked"), LookupError("a bug")])
def test_a_round_that_fails_is_logged_and_the_next_comes_all_the_same(
    rhythm: Rhythm, caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    async def fails() -> None:
        rhythm.note("round")
        raise trouble

    with structlog.testing.capture_logs() as logged:
        seen = rhythm.play(lasting(10, Round("test", fails, every=5)))

    assert seen == [("round", 0), ("round", 5), ("round", 10)]
    assert [each["work"] for each in logged] == ["test"] * 3
    assert [("exc_info" in each) for each in logged] == [isinstance(trouble, LookupError)] * 3
    assert caplog.records == []


def test_at_the_end_a_round_under_way_is_cancelled_and_waited_for(
    rhythm: Rhythm, caplog: pytest.LogCaptureFixture
) -> None:
    async def slow() -> None:
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(3)
            rhythm.note("tidied up")

    async def scene() -> None:
        await lasting(10, Round("slow", slow, every=5))
        rhythm.note("over")

    with caplog.at_level(logging.WARNING):
        assert rhythm.play(scene()) == [("tidied up", 13), ("over", 13)]
    assert caplog.records == []


def test_rounds_end_with_what_they_are_beside(rhythm: Rhythm) -> None:
    async def breaks() -> None:
        async with repeating(Round("tick", rhythm.noting("tick"), every=5)):
            await asyncio.sleep(7)
            raise LookupError("a bug")

    async def scene() -> None:
        with pytest.raises(LookupError):
            await breaks()
        await asyncio.sleep(20)

    assert rhythm.play(scene()) == [("tick", 0), ("tick", 5)]


@pytest.mark.parametrize("wall", [datetime(1970, 1, 1), datetime(2027, 2, 3), datetime.max])  # noqa: DTZ001, DTZ901
def test_a_moment_is_the_loops_whatever_the_clock_on_the_wall_says(
    rhythm: Rhythm, wall: datetime
) -> None:
    async def scene() -> None:
        zone = LoopTime("UTC")
        before = zone.fromutc(datetime(2027, 2, 3, tzinfo=zone))
        await asyncio.sleep(90)
        passed = zone.fromutc(wall.replace(tzinfo=zone)) - before
        assert round(passed.total_seconds()) == 90

    rhythm.play(scene())
