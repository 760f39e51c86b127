"""Something typed that may mean several things: each of them, as it can be typed instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.asking.core.arguments import Token, TokenKind, keyword, tokens
from bot.errors import UserError

MOST_CORRECTIONS: Final = 5
"""So many have a button each."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that may be meant: what a button calls it, and what to type for it."""

    label: str
    typed: str


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A command and the text after it as Slack sends it, and where it was typed."""

    command: str
    text: str
    channel: str = ""


class RetypeError(UserError):
    """What was typed is not clear, and each of `corrections` can stand in its place.

    `typed` are the words in question as they stand in the line.
    """

    def __init__(self, sentence: str, *, typed: str, corrections: Sequence[Correction]) -> None:
        """Say what is not clear; only the first MOST_CORRECTIONS are kept."""
        super().__init__(sentence)
        self.typed = typed
        self.corrections = tuple(corrections[:MOST_CORRECTIONS])


def retyped(text: str, error: RetypeError) -> tuple[Correction, ...]:
    """Return the lines that are probably meant; none where the words do not stand in the text.

    `text` is as Slack sends it, and so are the lines.
    """
    given = tokens(text)
    found = _place(given, error.typed)
    if found is None:
        return ()
    before, after = as_line(given[: found[0]]), as_line(given[found[1] :])
    return tuple(
        Correction(
            each.label, " ".join(filter(None, (before, escape(each.typed, quote=False), after)))
        )
        for each in error.corrections
    )


def as_line(given: Iterable[Token]) -> str:
    """Return tokens as the text that Slack would send for them."""
    return " ".join(map(_line, given))


def _place(given: Sequence[Token], typed: str) -> tuple[int, int] | None:
    """Return where the words stand, the last place of several; a person also by the id."""
    wanted = _plain(typed.split())
    for start in range(len(given) - 1, -1, -1):
        for end in range(start + 1, len(given) + 1):
            part = given[start:end]
            if wanted in (_plain(each.shown for each in part), _plain(each.text for each in part)):
                return start, end
    return None


def _plain(words: Iterable[str]) -> str:
    return " ".join(keyword(each) for each in words if each)


def _line(token: Token) -> str:
    """Return a token as Slack would send it."""
    label = f"|{escape(token.label, quote=False)}" if token.label else ""
    match token.kind:
        case TokenKind.QUOTED:
            return f'"{escape(token.text, quote=False)}"'
        case TokenKind.USER:
            return f"<@{token.text}{label}>"
        case TokenKind.CHANNEL:
            return f"<#{token.text}{label}>"
    return escape(token.text, quote=False)
