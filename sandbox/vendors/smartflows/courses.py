"""How a run will go, decided when it starts; time only uncovers it."""

import random
from dataclasses import dataclass

from sandbox.vendors.smartflows.flows import FlowPlan
from sandbox.vendors.smartflows.statuses import ERROR, INTERRUPTED, SUCCESS, WAITING, WARNING

LEAST_SECONDS = 1.0
MOST_SPREAD = 3.0
STUCK = 0.01
STUCK_FACTOR = 12
NEVER = 0.08
SIGNING = 600.0


@dataclass(frozen=True, slots=True)
class Course:
    """The future of one run; times are seconds.

    It waits `queued`, works `working` in all, stops for `pause` at that share of the work, and ends
    with `outcome` at the share `ends_at`. `pause_for` is when somebody else ends the pause; with
    None only an answer over the API does.
    """

    queued: float = 0.0
    working: float = 60.0
    outcome: str = SUCCESS
    ends_at: float = 1.0
    pause: str = ""
    pause_at: float = 0.3
    pause_for: float | None = None


def drawn(plan: FlowPlan, chance: random.Random, *, alone: bool) -> Course:
    """Return a likely course of this flow.

    `alone` says that nobody else looks after it: whoever started it has to answer its questions.
    """
    factor = min(max(chance.gauss(1, plan.spread), 1 / MOST_SPREAD), MOST_SPREAD)
    stuck = STUCK_FACTOR if chance.random() < STUCK else 1
    outcome = _outcome(plan, chance)
    failed = outcome in (ERROR, INTERRUPTED)
    return Course(
        queued=0.0 if alone else chance.uniform(0, 8),
        working=max(plan.seconds * factor * stuck, LEAST_SECONDS),
        outcome=outcome,
        # Never before the pause, so that a failing run asks its question too.
        ends_at=chance.uniform(0.4, 0.95) if failed else 1.0,
        pause=plan.pause,
        pause_for=_pause(plan, chance, alone=alone),
    )


def _outcome(plan: FlowPlan, chance: random.Random) -> str:
    number = chance.random()
    if number < plan.fails:
        return INTERRUPTED if number < plan.fails / 8 else ERROR
    return WARNING if number < plan.fails + plan.warns else SUCCESS


def _pause(plan: FlowPlan, chance: random.Random, *, alone: bool) -> float | None:
    if plan.pause == WAITING:
        return SIGNING * chance.uniform(0.3, 6)
    return None if alone or chance.random() < NEVER else chance.uniform(60, 2400)
