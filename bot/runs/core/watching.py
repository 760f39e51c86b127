"""What is known of an execution from look to look, what is news in it, and how often to look.

Two sources tell of the same execution, list rows and progress, and either may be late; so whatever
order they come in, an execution that ended stays ended and its news comes once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.outbox.rules import EDITS_A_MINUTE
from bot.runs.core.history import Usual, is_stuck
from bot.runs.model import ENDED, ERROR, INTERRUPTED, PAUSED, Execution, Progress, VendorRef

FAST = 3.0
"""Seconds between two polls while people look at a card."""
SLOWEST_ALIVE = 15.0
SLOWEST_IDLE = 60.0
_SLOWER = 20
"""An interval grows to this part of the time that nothing has happened."""
_EASY = 5.0

SHORTEST_EDIT_PAUSE = 3.0
NOTHING = timedelta(0)


class Condition(StrEnum):
    """What one can be told of an execution, in the words that people type."""

    STARTED = "started"
    FINISHED = "finished"
    FAILED = "failed"
    NEEDS_INPUT = "needs-input"
    STUCK = "stuck"


DEFAULT_CONDITIONS = (
    Condition.FINISHED,
    Condition.FAILED,
    Condition.NEEDS_INPUT,
    Condition.STUCK,
)
"""What a watch tells of when nothing else is said."""


@dataclass(frozen=True, slots=True)
class RunState:
    """An execution as it was last seen. `percentage` is 0-100 or None where it is not known.

    `seen_at` is our own time of the last look, all else is the vendor's; `ended_at` is set once it
    ended. `gone` means that the vendor's cleanup took it.
    """

    id: str
    flow: VendorRef
    status: str
    percentage: int | None
    message: str
    created_at: datetime | None
    modified_at: datetime | None
    seen_at: datetime
    ended_at: datetime | None = None
    stuck_told: bool = False
    gone: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen; an unknown status counts as running."""
        return self.status in ENDED

    @property
    def alive(self) -> bool:
        """Whether something may still happen that we can see."""
        return not self.ended and not self.gone

    @property
    def duration(self) -> timedelta | None:
        """How long it took from its creation to its end, or None where either is not known."""
        if self.created_at is None or self.ended_at is None:
            return None
        return max(timedelta(0), self.ended_at - self.created_at)


def merge(
    before: RunState | None, seen: Execution | Progress, now: datetime, ahead: timedelta = NOTHING
) -> RunState:
    """Return what is known after a look: the newer of both, and an end as it was first seen.

    `now` is when the look was begun, before the vendor was asked: what was asked for earlier than
    what is known tells nothing new, however late its answer comes. The vendor's clock is `ahead` of
    that.
    """
    found = (
        _from_progress(seen, now, ahead)
        if isinstance(seen, Progress)
        else _from_list(seen, now, ahead)
    )
    if before is None:
        return found
    if _is_older(found, before):
        seen_at = max(before.seen_at, now)
        return replace(before, seen_at=seen_at, flow=_better(before.flow, found.flow), gone=False)
    return replace(
        found,
        flow=_better(found.flow, before.flow),
        percentage=before.percentage if found.percentage is None else found.percentage,
        message=found.message or _still_true(before, found),
        created_at=found.created_at or before.created_at,
        modified_at=found.modified_at or before.modified_at,
        stuck_told=before.stuck_told,
    )


def vanished(before: RunState, now: datetime) -> RunState:
    """Return an execution that the vendor no longer knows."""
    return replace(before, gone=True, seen_at=now)


def news(
    before: RunState | None, after: RunState, usual: Usual | None, now: datetime
) -> tuple[Condition, ...]:
    """Return what has become true since `before`, in the order it happened.

    Nothing is lost when a start and an end fall between two looks. Whatever is true of an execution
    seen for the first time is news: whoever begins to watch keeps what was there unannounced. `now`
    is the vendor's time.
    """
    if after.gone:
        return ()
    found = [Condition.STARTED] if before is None else []
    if before is None or before.status != after.status:
        found += _of_status(after.status)
    if not after.stuck_told and _has_got_stuck(after, usual, now):
        found.append(Condition.STUCK)
    return tuple(found)


def remembered(after: RunState, found: Sequence[Condition]) -> RunState:
    """Return the execution as it is to be stored once its news was put into the outbox."""
    return replace(after, stuck_told=True) if Condition.STUCK in found else after


def poll_interval(alive: int, living_cards: int, quiet_for: timedelta) -> float:
    """Return the seconds until the next poll.

    `alive` is the number of executions that have not ended, `living_cards` how many of them people
    see a card of, `quiet_for` how long nothing has changed.
    """
    if living_cards > 0:
        return FAST
    slowest = SLOWEST_ALIVE if alive > 0 else SLOWEST_IDLE
    return min(slowest, max(_EASY, quiet_for.total_seconds() / _SLOWER))


def edit_pause(alive_cards: int) -> float:
    """Return the seconds between two edits of one card, so that all cards together keep the tier.

    https://docs.slack.dev/apis/web-api/rate-limits
    """
    return max(SHORTEST_EDIT_PAUSE, alive_cards * 60 / EDITS_A_MINUTE)


def _from_progress(seen: Progress, now: datetime, ahead: timedelta) -> RunState:
    return RunState(
        id=seen.id,
        flow=VendorRef(),
        status=seen.status,
        percentage=seen.percentage,
        message=seen.message,
        created_at=None,
        modified_at=None,
        seen_at=now,
        ended_at=now + ahead if seen.ended else None,
    )


def _from_list(seen: Execution, now: datetime, ahead: timedelta) -> RunState:
    stages = seen.details.stages if seen.details else ()
    last = stages[-1].last if stages else None
    return RunState(
        id=seen.id,
        flow=seen.flow,
        status=seen.status,
        percentage=last.percentage if last else None,
        message=last.message if last else "",
        created_at=seen.created_at,
        modified_at=seen.modified_at,
        seen_at=now,
        ended_at=_end(seen, now + ahead) if seen.ended else None,
    )


def _end(seen: Execution, now: datetime) -> datetime:
    """Return when it ended by the vendor's clock, which has no field for that; `now` is its."""
    changed = seen.modified_at
    if changed is None or (seen.created_at and changed < seen.created_at):
        return now
    return min(changed, now)


def _is_older(found: RunState, before: RunState) -> bool:
    """Return whether a look shows no later state than the one that is known."""
    if before.ended or found.ended:
        return before.ended
    if found.seen_at < before.seen_at:
        return True
    if found.modified_at is None or before.modified_at is None:
        return False
    return found.modified_at < before.modified_at


def _better(first: VendorRef, second: VendorRef) -> VendorRef:
    return VendorRef(first.id or second.id, first.name or second.name)


def _still_true(before: RunState, found: RunState) -> str:
    """Return the message of the last look where this one has none and nothing else changed."""
    return before.message if before.status == found.status else ""


def _of_status(status: str) -> list[Condition]:
    if status in (ERROR, INTERRUPTED):
        return [Condition.FAILED]
    if status in ENDED:
        return [Condition.FINISHED]
    return [Condition.NEEDS_INPUT] if status in PAUSED else []


def _has_got_stuck(after: RunState, usual: Usual | None, now: datetime) -> bool:
    """Return whether it takes far too long by itself; one that waits for somebody does not."""
    if after.ended or after.status in PAUSED or not usual or not after.created_at:
        return False
    return is_stuck(now - after.created_at, usual)
