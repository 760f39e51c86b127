"""What is taken out of a sentence before a model sees it, and put back into its answer. Pure."""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

_TOKEN: Final = re.compile(r"<[^<>]+>|[^\s<>|]+@[^\s<>|]+\.[^\s<>|]+|\+?\d[\d\s()/-]{6,}\d")
_PERIOD: Final = re.compile(r"[\d\s-]+")


def masked(text: str) -> tuple[str, Mapping[str, str]]:
    """Return a sentence, as Slack sends it, without people, channels, addresses and numbers.

    Each has a word of its own there; the words are returned with what they stand for.
    """
    taken: dict[str, str] = {}

    def word(found: re.Match[str]) -> str:
        token = found[0]
        if _is_a_date(token):
            return token
        kind = "channel" if token.startswith("<#") else "person" if "@" in token else "thing"
        name = f"{kind}{len(taken) + 1}"
        taken[name] = token
        return name

    return unescape(_TOKEN.sub(word, text)), taken


def unmasked(line: str, taken: Mapping[str, str]) -> str:
    """Return a model's line as Slack would send it, with what was taken out put back.

    Nothing that the model itself wrote is markup.
    """
    safe = escape(line, quote=False)
    names = "|".join(sorted(map(re.escape, taken), key=len, reverse=True))
    return re.sub(rf"[#@]?\b({names})\b", lambda found: taken[found[1]], safe) if taken else safe


def _is_a_date(token: str) -> bool:
    """Return whether digits are days rather than somebody's number."""
    return bool(re.match(r"(?:19|20)\d\d-\d\d", token)) and bool(_PERIOD.fullmatch(token))
