"""Work that comes again and again: at once after a start, then as often as it should.

It waits by the machine's monotonic clock. So a clock that jumps by months neither brings thousands
of missed rounds nor a long silence, and what is due by the calendar is for the work itself to see.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot import log
from bot.errors import BotError

TICK_SECONDS = 5.0
MEND_SECONDS = 10.0
POLL_SECONDS = 1.0
"""How often is asked whether it is time; the polls are paced by what there is to see."""
TIDY_SECONDS = 6 * 3600.0
FIRST_TIDY_SECONDS = 60.0
"""Soon after a start, as some processes never live for six hours, but not in the rush of it."""

Wait = Callable[[float], Awaitable[object]]


async def repeat(
    work: Callable[[], Awaitable[object]],
    *,
    every: float,
    name: str,
    after: float = 0.0,
    wait: Wait = asyncio.sleep,
) -> None:
    """Do some work for ever, `after` seconds from now and then with `every` seconds in between.

    A round never begins before the last has ended, and one that fails does not end the others.
    """
    await wait(after)
    while True:
        try:
            await work()
        except BotError as trouble:
            log.get().warning("round_failed", work=name, error=str(trouble))
        except Exception:  # noqa: BLE001  # a bug in one round must not end all that come
            log.get().exception("round_broke", work=name)
        await wait(every)
