"""`flowbot worker` that hesitates, and without one of the fences of sending, to see their use.

`python -m benchmarks.unfenced SECONDS [claim|mark|request|patience]`: it waits up to so many
seconds between the claim of a message and its request. See benchmarks.chaos.
"""

import asyncio
import random
import sys
from datetime import timedelta
from typing import Any

from bot.cli.main import main
from bot.outbox import claims, doubts, statements
from bot.outbox.posting import Poster
from bot.slack import permits
from bot.store import leases

FENCED = f"{statements.CLAIMED} AND {leases.NOT_LOST}"


def put(where: object, name: str, value: object) -> None:
    """Let a module or class have another one of its own."""
    setattr(where, name, value)


def always(_: object) -> bool:
    """Return that it is ours."""
    return True


def without_claim() -> None:
    """Let who lost a workspace claim its messages."""
    put(claims, "CLAIM", statements.CLAIM.replace(f"AND {leases.HELD}", ""))
    put(leases.Lease, "is_held", always)


def without_mark() -> None:
    """Let who lost a workspace write down what became of its messages."""
    put(claims, "MARK", statements.MARK.replace(FENCED, statements.OF_ID))


async def go_out(_: object) -> None:
    """Look at no clock."""


def without_request() -> None:
    """Let requests go out however old their claim is."""
    put(permits.Permit, "check", go_out)


def at_once(_: float) -> None:
    """Look no second time."""


def without_patience() -> None:
    """Look at once for what others were sending, and believe at once that it is not there."""
    put(claims, "UNDER_WAY", timedelta(0))
    put(doubts, "look_again", at_once)


def hesitate(seconds: float) -> None:
    """Let each request wait a while, so that a blow more often falls between claim and request."""
    post = Poster.post

    async def posted(*given: Any) -> Any:
        await asyncio.sleep(random.uniform(0, seconds))
        return await post(*given)

    put(Poster, "post", posted)


FENCES = {
    "claim": without_claim,
    "mark": without_mark,
    "request": without_request,
    "patience": without_patience,
}

if __name__ == "__main__":
    _, pause, *out = sys.argv
    hesitate(float(pause))
    for each in out:
        FENCES[each]()
    sys.argv[1:] = ["worker"]
    sys.exit(main())
