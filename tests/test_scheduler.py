"""Work that comes again: the first round at once, whatever the clock on the wall does."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import structlog

from bot.errors import UserError
from bot.scheduler import repeat

ROUNDS = 4


class Rhythm:
    """Waits that take no time; the work is cancelled when enough rounds were seen."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.rounds = 0

    async def wait(self, seconds: float) -> None:
        self.seen.append(f"wait {seconds:g}")
        if self.rounds == ROUNDS:
            raise asyncio.CancelledError

    async def round(self) -> None:
        self.seen.append("round")
        self.rounds += 1


async def run(rhythm: Rhythm, work: Callable[[], Awaitable[object]], *, after: float = 0) -> None:
    with pytest.raises(asyncio.CancelledError):
        await repeat(work, every=5, after=after, name="test", wait=rhythm.wait)


async def test_the_first_round_comes_at_once_and_each_other_after_a_wait() -> None:
    rhythm = Rhythm()

    await run(rhythm, rhythm.round)

    assert rhythm.seen == ["wait 0", *["round", "wait 5"] * ROUNDS]


async def test_the_first_round_can_be_put_off() -> None:
    rhythm = Rhythm()

    await run(rhythm, rhythm.round, after=60)

    assert rhythm.seen[:3] == ["wait 60", "round", "wait 5"]


@pytest.mark.parametrize("trouble", [UserError("the database is locked"), LookupError("a bug")])
async def test_a_round_that_fails_is_logged_and_the_next_comes_all_the_same(
    trouble: Exception,
) -> None:
    rhythm = Rhythm()

    async def fails() -> None:
        await rhythm.round()
        raise trouble

    with structlog.testing.capture_logs() as logged:
        await run(rhythm, fails)

    assert rhythm.rounds == ROUNDS
    assert [each["work"] for each in logged] == ["test"] * ROUNDS
    assert [("exc_info" in each) for each in logged] == [isinstance(trouble, LookupError)] * ROUNDS
