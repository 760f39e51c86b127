import asyncio
from datetime import timedelta

import pytest

from bot.http.coalescing import Coalescer, asked_together
from sandbox.clock import SandboxClock
from tests.http.contract import START


class Source:
    """Counts how often it is asked; answers when it is let."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.asked = 0
        self.calls = asyncio.Queue[None]()
        self.ended = 0
        self.open = asyncio.Event()
        if at_once:
            self.open.set()
        self.problem: Exception | None = None

    async def fetch(self) -> int:
        self.asked += 1
        self.calls.put_nowait(None)
        number = self.asked
        try:
            await self.open.wait()
            if self.problem:
                raise self.problem
        finally:
            self.ended += 1
        return number


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(START)


async def until_asked(source: Source, times: int = 1) -> None:
    for _ in range(times):
        await source.calls.get()


async def test_questions_in_flight_share_one_call(clock: SandboxClock) -> None:
    source, shared = Source(at_once=False), Coalescer[int](clock)
    asking = [asyncio.create_task(shared.ask("q", source.fetch)) for _ in range(500)]
    await until_asked(source)
    source.open.set()
    assert set(await asyncio.gather(*asking)) == {1}


async def test_different_questions_do_not_share(clock: SandboxClock) -> None:
    source, shared = Source(), Coalescer[int](clock)
    assert [await shared.ask(key, source.fetch) for key in ("a", "b")] == [1, 2]


@pytest.mark.parametrize(("seconds", "expected"), [(0, 1), (4.9, 1), (5, 2)])
async def test_an_answer_is_fresh_for_the_window(
    clock: SandboxClock, seconds: float, expected: int
) -> None:
    source, shared = Source(), Coalescer[int](clock, window=timedelta(seconds=5))
    await shared.ask("q", source.fetch)
    clock.advance(seconds=seconds)
    assert await shared.ask("q", source.fetch) == expected


async def test_a_failure_reaches_all_who_wait_and_is_not_kept(clock: SandboxClock) -> None:
    source, shared = Source(at_once=False), Coalescer[int](clock)
    source.problem = LookupError("gone")
    asking = [asyncio.create_task(shared.ask("q", source.fetch)) for _ in range(3)]
    await until_asked(source)
    source.open.set()
    outcomes = await asyncio.gather(*asking, return_exceptions=True)
    source.problem = None
    assert [type(outcome) for outcome in outcomes] == [LookupError] * 3
    assert await shared.ask("q", source.fetch) == 2


async def test_one_who_gives_up_does_not_take_the_others_along(clock: SandboxClock) -> None:
    source, shared = Source(at_once=False), Coalescer[int](clock)
    first, second = (asyncio.create_task(shared.ask("q", source.fetch)) for _ in range(2))
    await until_asked(source)
    first.cancel()
    await asyncio.wait([first])
    source.open.set()
    assert await second == 1


async def test_when_all_give_up_the_call_ends_and_the_next_asks_anew(clock: SandboxClock) -> None:
    source, shared = Source(at_once=False), Coalescer[int](clock)
    only = asyncio.create_task(shared.ask("q", source.fetch))
    await until_asked(source)
    only.cancel()
    await asyncio.wait([only])
    source.open.set()
    assert await shared.ask("q", source.fetch) == 2
    assert source.ended == 2


async def test_the_oldest_answer_makes_room(clock: SandboxClock) -> None:
    source, shared = Source(), Coalescer[int](clock, size=2)
    answers = [await shared.ask(key, source.fetch) for key in ("a", "b", "c", "b", "a")]
    assert answers == [1, 2, 3, 2, 4]


async def test_calls_beyond_the_bound_go_out_by_themselves(clock: SandboxClock) -> None:
    source, shared = Source(at_once=False), Coalescer[int](clock, size=1)
    asking = [asyncio.create_task(shared.ask(key, source.fetch)) for key in ("a", "b", "b")]
    await until_asked(source, 3)
    source.open.set()
    assert sorted(await asyncio.gather(*asking)) == [1, 2, 3]


async def test_what_is_asked_together_is_asked_once_however_long_that_takes(
    clock: SandboxClock,
) -> None:
    source, coalescer = Source(), Coalescer[int](clock)
    with asked_together():
        first = await coalescer.ask("a", source.fetch)
        clock.advance(seconds=3600)
        others = await asyncio.gather(*(coalescer.ask("a", source.fetch) for _ in range(20)))
        assert await coalescer.ask("b", source.fetch) == 2
    assert {first, *others} == {1}
    assert await coalescer.ask("a", source.fetch) == 3


async def test_a_failure_is_not_kept_for_those_that_ask_together(clock: SandboxClock) -> None:
    source, coalescer = Source(), Coalescer[int](clock)
    source.problem = ValueError("away")
    with asked_together():
        with pytest.raises(ValueError, match="away"):
            await coalescer.ask("a", source.fetch)
        source.problem = None
        assert await coalescer.ask("a", source.fetch) == 2
