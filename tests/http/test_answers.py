import pytest

from bot.errors import Reason
from bot.http.answers import LONGEST_DETAIL, Refusal, one_line, reason_of, vendor_message

NESTED: list[object] = []
NESTED.append(NESTED)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"error": "not_found", "message": "No such flow"}, "No such flow"),
        ({"detail": "Not found."}, "Not found."),
        ({"errors": ["bad login", "locked"]}, "bad login; locked"),
        ({"errors": {"name": ["is missing"]}}, ""),
        ({"error": {"message": "deep"}}, "deep"),
        ({"message": None, "error": "code"}, "code"),
        ("plain text", "plain text"),
        (None, ""),
        (7, ""),
        (NESTED, ""),
    ],
)
def test_the_vendors_own_words_are_found(payload: object, words: str) -> None:
    assert vendor_message(Refusal("/x", 400, payload)) == words


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (302, Reason.REJECTED),
        (400, Reason.REJECTED),
        (401, Reason.AUTH),
        (404, Reason.NOT_FOUND),
        (408, Reason.TIMEOUT),
        (420, Reason.RATE_LIMITED),
        (418, Reason.REJECTED),
        (599, Reason.UNAVAILABLE),
    ],
)
def test_each_status_has_its_reason(status: int, reason: Reason) -> None:
    assert reason_of(status) is reason


def test_words_are_cut_to_one_short_line() -> None:
    assert one_line("a\r\n b\x00\u202e c") == "a b c"
    assert len(one_line("x" * 10_000)) == LONGEST_DETAIL
