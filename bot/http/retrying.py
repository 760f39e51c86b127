"""When a question to a vendor is asked again: the whole rule, without a clock and without I/O."""

from dataclasses import dataclass

from bot.errors import Reason

REPEATABLE = frozenset({Reason.RATE_LIMITED, Reason.UNAVAILABLE, Reason.TIMEOUT, Reason.MALFORMED})
"""Reasons that may pass by themselves. MALFORMED is among them because the only malformed answer
known while a call still runs is a body cut on its way; a surprising shape is found later."""


@dataclass(frozen=True, slots=True)
class RetryRule:
    """How patient we are. All times are seconds.

    `attempts` counts the first one too. Waits double from `first_wait`, or from
    `first_rate_limited_wait` when the vendor is merely busy with us and names no time.
    """

    attempts: int = 3
    first_wait: float = 0.5
    first_rate_limited_wait: float = 4.0
    longest_wait: float = 30.0
    deadline: float = 100.0


DEFAULT_RULE = RetryRule()


def next_attempt(
    *,
    attempt: int,
    reason: Reason,
    retry_after: float | None,
    elapsed: float,
    jitter: float,
    rule: RetryRule = DEFAULT_RULE,
) -> float | None:
    """Return the seconds to wait before asking again, or None to give up.

    `attempt` is the number of the attempt that just failed, from 1; `elapsed` the seconds since
    the first began; `jitter` a number from 0 to 1. A `retry_after` is never undercut: where it is
    longer than `rule` allows, the answer is None.
    """
    if attempt >= rule.attempts or reason not in REPEATABLE:
        return None
    wait = _wait(attempt, reason, retry_after, jitter, rule)
    if wait > rule.longest_wait or elapsed + wait >= rule.deadline:
        return None
    return wait


def _wait(
    attempt: int, reason: Reason, retry_after: float | None, jitter: float, rule: RetryRule
) -> float:
    if retry_after is not None:
        # Callers that were refused together must not come back in the same instant; the spread is
        # kept small so that a wait of exactly the longest length is still a wait we accept.
        return min(retry_after + jitter * rule.first_wait, max(retry_after, rule.longest_wait))
    limited = reason is Reason.RATE_LIMITED
    first = rule.first_rate_limited_wait if limited else rule.first_wait
    longest = min(first * 2.0 ** (attempt - 1), rule.longest_wait)
    return longest * (0.5 + 0.5 * jitter)
