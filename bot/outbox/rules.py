"""What becomes of a message after an attempt to send it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import PASSING, BotError, Reason, SlackError, SlackUnreachableError, VendorError
from bot.slack.refusals import RATE_LIMITED, RefusalKind, codes_of, kind_of

MAX_ATTEMPTS = 10
SOURCE_ATTEMPTS = 3
"""For a file whose source did not answer."""
BROKEN_ATTEMPTS = 2
"""For a file that broke off on its way, or is not what it should be: once more from the start."""
FIRST_WAIT = 2.0
LONGEST_WAIT = 900.0

SECOND_LOOK = 10.0
SURE_AFTER = 45.0
"""Seconds after a call without an answer; three times as long as a call is waited for."""

EDITS_A_MINUTE = 40
"""chat.update is Tier 3, 50 a minute for the whole workspace; ten stay for those made only once."""

WORKSPACE_WIDE = codes_of(RefusalKind.WORKSPACE)
"""These say nothing of the message: the workspace takes none until somebody mends it."""
UNREACHED = codes_of(RefusalKind.PLACE)
BLOCKS_REFUSED = codes_of(RefusalKind.CONTENT)
NOT_EDITABLE = codes_of(RefusalKind.PLACE, RefusalKind.GONE)
NEVER_EDITABLE = NOT_EDITABLE | codes_of(RefusalKind.CONTENT, RefusalKind.RULES, RefusalKind.OURS)
"""No later edit of the same would be taken either."""


class Next(StrEnum):
    """What to do after a failed attempt."""

    RETRY = "retry"
    SIMPLER = "simpler"  # Slack refused the blocks: say the same more plainly
    DETOUR = "detour"  # the channel is out of reach: try the other ways to the asker
    HOLD = "hold"  # the workspace takes nothing: the whole queue waits
    SETTLE = "settle"  # it may have arrived: look before sending again
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do, and after how many seconds when it is to be tried again."""

    next: Next
    wait: float = 0.0
    slow_down: bool = False


def verdict(error: BotError, *, attempts: int) -> Verdict:
    """Decide what follows a failure; `attempts` counts those made, this one included."""
    if isinstance(error, SlackUnreachableError):
        return Verdict(Next.SETTLE) if error.sent else _again(attempts)
    if isinstance(error, VendorError):
        return _fetched_again(error, attempts)
    if not isinstance(error, SlackError):
        return Verdict(Next.GIVE_UP)
    kind = kind_of(error.code)
    if kind is RefusalKind.WORKSPACE:
        return Verdict(Next.HOLD)
    if error.code in RATE_LIMITED or error.retry_after is not None:
        return Verdict(Next.RETRY, wait=error.retry_after or FIRST_WAIT, slow_down=True)
    later = kind is RefusalKind.LATER
    return _again(attempts) if later else Verdict(_REFUSED.get(kind, Next.GIVE_UP))


def _fetched_again(error: VendorError, attempts: int) -> Verdict:
    """Decide about a file whose source failed: from the start again, as nothing was shown."""
    most = BROKEN_ATTEMPTS if error.reason is Reason.MALFORMED else SOURCE_ATTEMPTS
    if error.reason not in PASSING or attempts >= most:
        return Verdict(Next.GIVE_UP)
    return Verdict(Next.RETRY, wait=min(error.retry_after or backoff(attempts), LONGEST_WAIT))


_REFUSED: Mapping[RefusalKind | None, Next] = {
    RefusalKind.UNSURE: Next.SETTLE,
    RefusalKind.CONTENT: Next.SIMPLER,
    RefusalKind.PLACE: Next.DETOUR,
}


def backoff(attempts: int) -> float:
    """Return the seconds to wait after that many attempts: 2, 4, 8 ... at most 15 minutes."""
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 20)))


def look_again(elapsed: float) -> float | None:
    """Return in how many seconds to look again for what was sent `elapsed` seconds ago.

    None once it has had the time to appear, however slow Slack is: then it is not there.
    """
    if elapsed >= SURE_AFTER:
        return None
    return SECOND_LOOK if elapsed < SECOND_LOOK else max(1.0, SURE_AFTER - elapsed)


def _again(attempts: int) -> Verdict:
    if attempts >= MAX_ATTEMPTS:
        return Verdict(Next.GIVE_UP)
    return Verdict(Next.RETRY, wait=backoff(attempts))
