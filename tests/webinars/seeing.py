"""Events that tests of webinars ask about, found in the local FLOW as a person finds them."""

from tests.stage import Stage


def token_of(stage: Stage, key: str, period: str) -> str:
    """Return the token of the first event of a series in a period, the latest of the past."""
    now = stage.clock.now()
    found = [
        one.token
        for one in stage.flowapp.account.sessions(now)
        if one.series.key == key and one.period(now) == period
    ]
    return found[-1] if period == "past" else found[0]


def asked(stage: Stage, path: str, method: str = "GET") -> int:
    """Return how often FLOW was asked for a path that begins so."""
    return sum(each.method == method and each.path.startswith(path) for each in stage.flowapp.calls)
