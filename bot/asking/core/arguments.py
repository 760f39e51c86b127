"""From the text of a slash command to tokens, and the sentences for words that are not known.

Slack sends the text with `should_escape`: mentions, channels, links and addresses come as
`<@U1|ada>`, `<#C1|x>`, `<https://…|…>` and `<mailto:…|…>`, and `&`, `<`, `>` as entities.
What the tokens mean is decided by each command's own grammar.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from heapq import nlargest
from typing import Generic, TypeVar

from bot.asking.core.fillers import ASKING, ASKS, COURTESY, FILLER, GOING
from bot.errors import UserError
from bot.slack.blocks.budget import unescape

MAX_LENGTH = 1_000
_SHOWN = 60  # of a word that is repeated in a reply

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = _BIDI | frozenset("\u200b\u2060\ufeff")  # joiners stay: some scripts need them
_SINGLE = "\u2018\u2019\u201a\u2039\u203a"
"""Single quotation marks, where they stand around words; inside one they are apostrophes."""
MARKS = ".,;:!?"
"""They may end a word, and are no part of it."""
_TOKEN = re.compile(
    r'["“”„«»](?P<quoted>[^"“”„«»]*)["“”«»]'  # phones and editors curl quotes by themselves
    rf"|(?<!\S)['`{_SINGLE}](?P<single>\S|\S.*?\S)['`{_SINGLE}](?=[\s{MARKS}]|$)"
    r"|<(?P<entity>[^<>]+)>"
    r"|(?P<word>[^\s<]+|<)"
)
_MARKS_AFTER = re.compile(r"[,;:!?]+$|(?<!\.)\.[,;:!?]*$")
"""What ends a sentence; two dots and more stand between dates."""
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_LONE = frozenset({".", "!", "?", ";", ":"})
_NOTES = frozenset({"note", "notes"})
_PRIVATELY = frozenset({"privately", "private"})
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
MOST_NEAREST = 3
_ALIKE = 0.6  # difflib's own measure of what is worth suggesting
_CLOSE = 0.2  # what is much less alike than the nearest is no help beside it
_IN_PART = 0.95
_MOST_RATED = 60


Q_co = TypeVar("Q_co", covariant=True)


class TokenKind(StrEnum):
    """What a token is, as far as Slack or its shape says so."""

    WORD = "word"
    QUOTED = "quoted"
    USER = "user"
    CHANNEL = "channel"
    EMAIL = "email"


def keyword(text: str) -> str:
    """Return a text as keywords are written: in lower case, every dash a hyphen, no mark after it.

    Phones and editors make long dashes of hyphens by themselves, and people end sentences.
    """
    return _MARKS_AFTER.sub("", text).casefold().translate(_DASHES) or text


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a command: `text` is what was typed, or the id of a user or channel.

    `raw` is quoted text as Slack sends it, with whom it names; `label` is the name of a user or
    channel, where Slack sends it too.
    """

    text: str
    kind: TokenKind = TokenKind.WORD
    raw: str = field(default="", compare=False)
    label: str = field(default="", compare=False)

    @property
    def shown(self) -> str:
        """The token as people know it: a user or channel by the name and never by the id."""
        if self.kind is TokenKind.USER:
            return f"@{self.label or 'somebody'}"
        return f"#{self.label or 'channel'}" if self.kind is TokenKind.CHANNEL else self.text

    @property
    def word(self) -> str:
        """The token as a possible keyword; empty for what cannot be one."""
        return keyword(self.text) if self.kind is TokenKind.WORD else ""


@dataclass(frozen=True, slots=True)
class Help:
    """A request for help, whatever word may stand after it."""


@dataclass(frozen=True, slots=True)
class Ask(Generic[Q_co]):
    """A question, for all to see or for the asker only."""

    question: Q_co
    privately: bool = False


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A request for a form of the command; `typed` is the name it shall be about, or empty.

    `form` is the form's callback id, or empty for the one that the command has.
    """

    typed: str = ""
    form: str = ""


def tokens(text: str) -> tuple[Token, ...]:
    """Return the pieces of a slash command's text, unescaped and without invisible characters.

    Quotation marks of any kind keep words together; a mark that stands alone after them is left
    out. Raises UserError for text of more than MAX_LENGTH characters and for a quotation mark that
    is not closed.
    """
    if len(text) > MAX_LENGTH:
        raise UserError(f"That is too long for a command: {MAX_LENGTH:,} characters is the limit.")
    found = tuple(each for each in _scan(_visible(text)) if each.text)
    return tuple(each for at, each in enumerate(found) if not at or not _is_lone_mark(each))


def without_privately(given: Sequence[Token]) -> tuple[tuple[Token, ...], bool]:
    """Return the tokens without a last word "privately", and whether it was there.

    What is only polite at the end is left out as well, but not from words for somebody else.
    """
    told = any(each.word in _NOTES for each in given)
    idle = COURTESY | GOING if given and given[0].word == "how" else COURTESY
    while len(given) > 1 and given[-1].word in idle and not told:
        given = given[:-1]
    private = bool(given) and given[-1].word in _PRIVATELY
    return tuple(given[:-1] if private else given), private


def joined(given: Iterable[Token]) -> str:
    """Return the tokens as one text, as a name of several words."""
    return " ".join(each.shown for each in given)


def in_a_row(words: Iterable[str], last_by: str = "and") -> str:
    """Return words as a sentence has them, such as "a, b and c"; nothing for none."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} {last_by} {last}" if most else last


def asking(given: Sequence[Token]) -> int:
    """Return how many of the first words only ask, as "show me" and "who is" do."""
    if not given or given[0].word not in ASKS:
        return 0
    return next((at for at, each in enumerate(given) if each.word not in ASKING), len(given))


def without_filler(text: str) -> str:
    """Return a name without words before and after it that say nothing; empty for nothing else."""
    words = text.split()
    kept = [at for at, word in enumerate(words) if keyword(word) not in FILLER]
    return " ".join(words[kept[0] : kept[-1] + 1]) if kept else ""


def quoted(text: str) -> str:
    """Return typed text between quotation marks, shortened so that it fits into a sentence."""
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return f'"{shown}"'


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the known word that was probably meant, or an empty text.

    `cutoff` is difflib's similarity of 0-1; letters in the wrong order always count as similar.
    """
    typed = word.casefold()[:_SHOWN]
    spelt = {each.casefold(): each for each in known}
    swapped = [each for each in spelt if sorted(each) == sorted(typed) and each[0] == typed[0]]
    similar = swapped or get_close_matches(typed, spelt, n=1, cutoff=cutoff)
    return spelt[similar[0]] if similar else ""


def nearest_names(
    typed: str,
    names: Iterable[str],
    *,
    words: Iterable[str] = (),
    most: int = MOST_NEAREST,
    alike: float = _ALIKE,
) -> tuple[str, ...]:
    """Return the names that were probably meant, the nearest first.

    A name of several words is near as well when some of its words are, or when they stand in
    another order. `words` are those of the command, one of which may be misspelt at the beginning.
    `alike` is how near, 0-1, a name has to be.
    """
    wanted = " ".join(typed.casefold()[:_SHOWN].split())
    if not wanted:
        return ()
    first = wanted.partition(" ")[0]
    rated = [(_likeness(wanted, name), name) for name in _worth_rating(wanted, names)]
    rated += [(_alike(first, word), word) for word in words if first != word]
    best = max((rate for rate, _ in rated), default=0.0)
    near = sorted((-rate, name) for rate, name in rated if rate >= max(alike, best - _CLOSE))
    return tuple(dict.fromkeys(name for _, name in near))[:most]


def meant(names: Sequence[str]) -> str:
    """Return a question for what was probably meant, with a space before it, or an empty text."""
    if not names:
        return ""
    shown = [quoted(each) for each in names]
    last = shown.pop()
    return f" Did you mean {', '.join(shown)} or {last}?" if shown else f" Did you mean {last}?"


def unknown(word: str, known: Iterable[str], *, works: str) -> UserError:
    """Return the error for a word that is not known: what was probably meant, and what works."""
    near = nearest(word, known)
    return UserError(f"I didn't understand {quoted(word)}.{meant([near] if near else [])} {works}")


def _worth_rating(wanted: str, names: Iterable[str]) -> Iterable[str]:
    """Return the names, of many only those that share most pairs of letters with what was typed.

    To rate a name takes some tenths of a millisecond, which thousands would make seconds.
    """
    once = [name for name in dict.fromkeys(names) if name]
    if len(once) <= _MOST_RATED:
        return once
    pairs = _pairs(wanted)
    return nlargest(_MOST_RATED, once, key=lambda name: len(pairs & _pairs(name.casefold())))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _alike(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, as they stand; 1 where only letters are swapped."""
    if one[:1] == other[:1] and sorted(one) == sorted(other):
        return 1.0
    return SequenceMatcher(None, one, other).ratio()


def _likeness(wanted: str, name: str) -> float:
    """Return how alike a name is: whole, in some of its words, or in another order of them."""
    words = name.casefold()[:_SHOWN].split()
    count = len(wanted.split())
    spans = {" ".join(words[at : at + count]) for at in range(len(words))}
    in_part = max((_alike(wanted, span) for span in spans), default=0.0)
    turned = " ".join(sorted(wanted.split())), " ".join(sorted(words))
    return max(_alike(wanted, " ".join(words)), _IN_PART * in_part, _IN_PART * _alike(*turned))


def _is_lone_mark(token: Token) -> bool:
    return token.kind is TokenKind.WORD and token.text in _LONE


def _visible(text: str) -> str:
    """Return the text without control, bidi and zero-width characters, each space a plain one."""
    spaced = "".join(" " if each.isspace() else each for each in text)
    kept = (each for each in spaced if each not in _INVISIBLE)
    shown = "".join(each for each in kept if unicodedata.category(each) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", shown)


def _scan(text: str) -> Iterator[Token]:
    """Yield the tokens of clean text."""
    for match in _TOKEN.finditer(text):
        if match["entity"] is not None:
            yield _entity(match["entity"])
        elif match["quoted"] is not None or match["single"] is not None:
            raw = match["quoted"] or match["single"] or ""
            yield Token(_plain(raw), TokenKind.QUOTED, raw)
        else:
            yield _word(match["word"])


def _word(raw: str) -> Token:
    """Return the token of a bare word; a quotation mark at its start was never closed."""
    if raw[0] in '"“”„«»':
        raise UserError(
            f"A quotation mark is not closed, at {quoted(unescape(raw))}. "
            'Put one at both ends, as in "Ladder Safety".'
        )
    text = unescape(raw)
    return Token(text, TokenKind.EMAIL if _EMAIL.fullmatch(text) else TokenKind.WORD)


def _entity(raw: str) -> Token:
    """Return the token of what Slack put between angle brackets."""
    target, _, label = raw.partition("|")
    kind, name = target[:1], target[1:]
    if kind == "@" and name.isalnum():
        return Token(name, TokenKind.USER, label=unescape(label))
    if kind == "#" and name.isalnum():
        return Token(name, TokenKind.CHANNEL, label=unescape(label))
    if target.startswith("mailto:"):
        return Token(unescape(target.removeprefix("mailto:")), TokenKind.EMAIL)
    if kind == "!":
        return Token(unescape(label) or f"@{unescape(name)}")
    return Token(unescape(label or target or raw))


def _plain(text: str) -> str:
    """Return quoted text as it was typed: what Slack linked inside it by its label."""
    linked = re.sub(r"<([^<>]+)>", lambda match: match[1].partition("|")[2] or match[1], text)
    return " ".join(unescape(linked).split())
