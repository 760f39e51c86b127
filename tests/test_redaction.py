"""What looks like a secret in somebody else's words is not passed on; all other words are."""

import pytest

from bot.redaction import HIDDEN, without_secrets


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Traceback: token=abc", "abc"),
        ("Traceback: token abc123", "abc123"),
        ("api_key: s3cr3t, please", "s3cr3t"),
        ('{"client_secret": "hush"}', "hush"),
        ("Authorization: Bearer aa.bb", "aa.bb"),
        ("password=correct&user=ada", "correct"),
        ("Cannot reach https://ada:hush@example.com/x", "hush"),
        ("said xoxb-1234567890-abcdef", "xoxb-1234567890-abcdef"),
        ("got eyJhbGciOiJI.eyJzdWIiOiIx.SflKxw", "SflKxw"),
        ("refused 0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str, secret: str) -> None:
    hidden = without_secrets(text)
    assert secret not in hidden
    assert HIDDEN in hidden


@pytest.mark.parametrize(
    "text",
    [
        "The token expired.",
        "Your API key is not valid any more",
        "The password must be changed",
        "Run 6d9ba01c-57b9-4122-8a5e-c9f66b8451aa was not found",
        "Registration closed: the event is over since 2026-11-30T09:00:00Z",
        "Step 9 of https://example.com/orgs/12/workflows/stepnine does not exist",
        "Donaudampfschifffahrtsgesellschaftskapitaen",
        "12345678901234567890123456789012345",
    ],
)
def test_words_that_only_speak_of_secrets_stay(text: str) -> None:
    assert without_secrets(text) == text
