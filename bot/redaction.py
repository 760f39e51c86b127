"""Texts that others wrote, without what looks like a secret in them. Pure."""

import re
from typing import Final

HIDDEN: Final = "[hidden]"

_NAMED = re.compile(
    r"""(?ix)
    (?P<name> \b (?: [\w-]* (?: api [_-]? key | secret | token | passw(?:or)?d | passphrase )
              | authorization | bearer ) ["']? )
    (?P<between> \s* [:=] \s* ["']? (?: (?: bearer | basic | token ) \s+ )? | \s+ (?=\S*[\d_]) )
    (?P<value> [^\s"',;&<>]{3,} )
    """
)
"""A word for a secret and what it is set to: `token=abc`, `Authorization: Bearer abc`.

Without a sign between them only a value with a digit counts: "the token expired" is news.
"""
_IN_ADDRESS = re.compile(r"(?i)(?<=://)[^\s/@:]+:[^\s/@]+(?=@)")
_KNOWN_FORMS = re.compile(
    r"\bxox[a-z]-[\w-]{8,}|\bflbt_[\w-]{8,}|\bxapp-[\w-]{8,}|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
)
"""Slack's tokens, our own, and JSON Web Tokens."""
_LONG = re.compile(r"(?<![\w/+.-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=]{32,}(?![\w.-])")
"""Letters and digits without a break; ids with hyphens (UUIDs) are no secrets."""


NO_ADDRESS: Final = "(address left out)"
_EMAIL = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;]+")


def without_addresses(text: str) -> str:
    """Return `text` as all may read it, with NO_ADDRESS for what looks like an e-mail address."""
    return _EMAIL.sub(NO_ADDRESS, text)


def without_secrets(text: str) -> str:
    """Return `text` with whatever looks like a credential replaced by HIDDEN.

    It guesses: what is known to be a secret is to be taken out by its value before.
    """
    text = _IN_ADDRESS.sub(HIDDEN, text)
    text = _KNOWN_FORMS.sub(HIDDEN, text)
    text = _NAMED.sub(lambda found: f"{found['name']}{found['between']}{HIDDEN}", text)
    return _LONG.sub(HIDDEN, text)
