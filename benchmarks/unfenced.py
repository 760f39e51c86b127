"""`flowbot worker` without one of the fences of sending, to see what it is good for.

`python -m benchmarks.unfenced claim|mark|request|patience`; see benchmarks.chaos.
"""

import sys
from datetime import timedelta

from bot.cli.main import main
from bot.outbox import claims, doubts, statements
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


FENCES = {
    "claim": without_claim,
    "mark": without_mark,
    "request": without_request,
    "patience": without_patience,
}

if __name__ == "__main__":
    FENCES[sys.argv.pop(1)]()
    sys.argv.append("worker")
    sys.exit(main())
