import pytest

from bot.errors import Reason
from bot.http.retrying import REPEATABLE, RetryRule, next_attempt

RULE = RetryRule(
    attempts=4, first_wait=1.0, first_rate_limited_wait=4.0, longest_wait=30.0, deadline=60.0
)


def wait(
    *,
    attempt: int = 1,
    reason: Reason = Reason.UNAVAILABLE,
    retry_after: float | None = None,
    elapsed: float = 0.0,
    jitter: float = 1.0,
    rule: RetryRule = RULE,
) -> float | None:
    return next_attempt(
        attempt=attempt,
        reason=reason,
        retry_after=retry_after,
        elapsed=elapsed,
        jitter=jitter,
        rule=rule,
    )


@pytest.mark.parametrize("reason", sorted(REPEATABLE))
def test_a_failure_that_may_pass_is_waited_for(reason: Reason) -> None:
    assert wait(reason=reason) is not None


@pytest.mark.parametrize("reason", sorted(set(Reason) - REPEATABLE))
def test_a_failure_that_stays_is_not_repeated(reason: Reason) -> None:
    assert wait(reason=reason) is None


@pytest.mark.parametrize(("attempt", "expected"), [(1, 1.0), (2, 2.0), (3, 4.0)])
def test_waits_double(attempt: int, expected: float) -> None:
    assert wait(attempt=attempt) == expected


def test_jitter_takes_away_at_most_half() -> None:
    assert wait(attempt=3, jitter=0.0) == 2.0


def test_the_last_attempt_is_the_last() -> None:
    assert wait(attempt=4) is None


def test_a_rate_limit_without_a_time_starts_with_a_longer_wait() -> None:
    assert wait(reason=Reason.RATE_LIMITED) == 4.0


def test_the_vendors_own_wait_is_never_undercut() -> None:
    assert wait(reason=Reason.RATE_LIMITED, retry_after=12.0, jitter=0.0) == 12.0


def test_those_refused_together_come_back_apart() -> None:
    assert wait(reason=Reason.RATE_LIMITED, retry_after=12.0, jitter=0.5) == 12.5


def test_the_longest_wait_we_accept_is_accepted_with_any_jitter() -> None:
    assert wait(reason=Reason.RATE_LIMITED, retry_after=30.0) == 30.0


def test_a_wait_longer_than_we_may_is_left_to_the_caller() -> None:
    assert wait(reason=Reason.RATE_LIMITED, retry_after=30.1) is None


def test_doubling_stops_at_the_longest_wait() -> None:
    rule = RetryRule(attempts=99, first_wait=1.0, longest_wait=10.0, deadline=1000.0)
    assert wait(attempt=50, rule=rule) == 10.0


def test_nothing_is_waited_for_that_would_come_after_the_deadline() -> None:
    assert wait(elapsed=59.0) is None
    assert wait(elapsed=58.9) == 1.0
