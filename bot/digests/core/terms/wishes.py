"""What may be wished of a digest beside its schedule, as it is typed anywhere after its subject.

`only if completion < 80%`, `only if changed`, `only flows "on*" !"*test*"`, `quiet 22:00-07:00`,
`except holidays GB`, `without file`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.asking.core.arguments import Token, TokenKind, joined, keyword
from bot.asking.core.globs import NOT
from bot.asking.core.options import in_quotes
from bot.asking.core.public_holidays import place_named
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.question import Question, QuestionKind
from bot.asking.terms import NO_TERMS, Measure, Terms
from bot.digests.core.terms.quiet_hours import quiet_hours
from bot.digests.core.terms.thresholds import is_threshold, threshold
from bot.errors import UserError

_BEFORE: Final = "(?:and |but )?"
_CHANGED: Final = re.compile(
    rf"{_BEFORE}(?:(?:only )?(?:if|when) (?:(?:something|anything|it|figures) )?(?:has |have )?"
    r"(?:changed|changes)|only (?:changes|news)|(?:only )?(?:if|when) (?:there is )?"
    r"(?:something|anything) new|only (?:if|when) new"
    r"|unless (?:nothing (?:has )?(?:changed|changes|new)|unchanged))"
)
_UNLESS_CHANGED: Final = re.compile(
    r"unless (?:(?:something|anything|it) )?(?:has )?(?:changed|changes)"
)
_LEAD: Final = "only (?:if|when|while)|if|when|whenever|(?:each|every) time(?: that)?|unless"
_IF: Final = re.compile(rf"{_BEFORE}(?:(?P<lead>{_LEAD}) )?(?P<rest>.+)")
_SURE: Final = re.compile(
    rf"{_BEFORE}(?:only (?:if|when|while)|whenever|(?:each|every) time|unless)(?: .*)?"
)
_EVERY: Final = re.compile(r"whenever|(?:each|every) time(?: that)?")
_NOUNS: Final = "flow|event|webinar|workflow|training|channel|form"
_PARTS: Final = re.compile(
    rf"{_BEFORE}(?P<how>only|just|without|except|not) (?P<noun>{_NOUNS})s? (?P<globs>.+)"
)
_ONLY: Final = frozenset({"only", "just"})
_GLOB: Final = rf'{NOT}?"[^"]+"|{NOT}[^\s"]+|[^\s"]*[*?][^\s"]*'
_GLOBS: Final = re.compile(rf"(?:{_GLOB})(?:(?:,| and| or)? (?:{_GLOB}))*")
_FILE: Final = re.compile(
    rf"{_BEFORE}(?P<how>with|without|no)(?: (?:a|the|its))? (?:file|attachment)s?"
)
_QUIET: Final = re.compile(rf"{_BEFORE}quiet(?: (?:hours|time))? (?P<rest>.+)")
_HOLIDAYS: Final = re.compile(
    rf"{_BEFORE}(?:except(?: on)?|not on|skip|without|no)(?: (?:public|bank|national))? holidays?"
    r"(?: (?:in|of|for))?(?P<rest> .+)?"
)
_LONGEST: Final = 14
"""Words of a wish."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish, as it was typed; `add` puts it into terms, for the figures and parts there are."""

    typed: str
    add: Callable[[Terms, Sequence[Measure], str], Terms]


def without_wishes(
    given: Sequence[Token], measures: Sequence[Measure] = ()
) -> tuple[tuple[Token, ...], tuple[Wish, ...]]:
    """Return the tokens without wishes, and these; the first token is never of a wish.

    `measures` are all figures that there may be. Raises UserError for a wish that begins and cannot
    be read.
    """
    kept: list[Token] = []
    wishes: list[Wish] = []
    at = 0
    while at < len(given):
        found = _wish(given[at : at + _LONGEST], measures) if at else None
        if found is None:
            kept.append(given[at])
            at += 1
        else:
            wishes.append(found[0])
            at += found[1]
    return tuple(kept), tuple(wishes)


def wished(wishes: Sequence[Wish], kind: QuestionKind[Any], question: Question) -> Terms:
    """Return the terms of wishes for a question. Raises UserError for what it does not have."""
    measures, part = kind.measures(question), kind.parts(question)
    terms = NO_TERMS
    for wish in wishes:
        terms = wish.add(terms, measures, part)
    return terms


def without_globs(given: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Return the tokens before patterns of flows at their end, and these: `all !*test*`."""
    for at in range(len(given)):
        text = _text(given[at:])
        match = _PARTS.fullmatch(text)
        if match and (globs := _globs(match["globs"])):
            return (*given[:at],), globs if match["how"] in _ONLY else _turned(globs)
        if _is_pattern(text) and (globs := _globs(text)):
            return (*given[:at],), globs
    return (*given,), ()


def _is_pattern(text: str) -> bool:
    return text.startswith(NOT) or "*" in text.partition(" ")[0]


def _turned(globs: Sequence[str]) -> tuple[str, ...]:
    """Return patterns of what does not count."""
    return tuple(each if each.startswith(NOT) else f"{NOT}{each}" for each in globs)


def _wish(given: Sequence[Token], measures: Sequence[Measure]) -> tuple[Wish, int] | None:
    """Return the wish at the beginning, and of how many tokens it is."""
    if given[0].kind is not TokenKind.WORD:
        return None
    for readers in (_READERS, (_unknown,)):
        for count in range(len(given), 0, -1):
            text = _text(given[:count])
            for reader in readers:
                found = reader(text, measures)
                if found:
                    return found, count
    _refuse(given, measures)
    return None


def _refuse(given: Sequence[Token], measures: Sequence[Measure]) -> None:
    """Raise UserError where a wish begins that cannot be read."""
    text = _text(given)
    if _SURE.fullmatch(text):
        threshold(joined(given), measures)
    if _HOLIDAYS.fullmatch(text):
        raise UserError("Holidays of which country? For example: except holidays GB, or Bavaria.")


def _changed(text: str, _: Sequence[Measure]) -> Wish | None:
    if _UNLESS_CHANGED.fullmatch(text):
        raise RetypeError(
            "That would come only while nothing changes. Did you mean only if changed?",
            typed=text,
            corrections=[Correction("Yes, only if changed", "only if changed")],
        )
    if not _CHANGED.fullmatch(text):
        return None
    return Wish(text, lambda terms, _measures, _part: replace(terms, only_changed=True))


def _condition(text: str, measures: Sequence[Measure], *, known: bool = True) -> Wish | None:
    match = _IF.fullmatch(text)
    lead = (match["lead"] or "") if match else ""
    if not match or not is_threshold(match["rest"], measures, sure=bool(lead) and not known):
        return None
    every, unless = bool(_EVERY.fullmatch(lead)), lead == "unless"

    def add(terms: Terms, there: Sequence[Measure], _: str) -> Terms:
        if terms.only_if:
            raise UserError("One condition on a figure at a time.")
        return replace(terms, only_if=threshold(match["rest"], there, every=every, unless=unless))

    return Wish(text, add)


def _unknown(text: str, measures: Sequence[Measure]) -> Wish | None:
    """Read a condition on a figure that is not known, to be refused by its name.

    Only where nothing else can be read: its figure may be any words, and so another wish as well.
    """
    return _condition(text, measures, known=False)


def _parts(text: str, _: Sequence[Measure]) -> Wish | None:
    match = _PARTS.fullmatch(text)
    globs = _globs(match["globs"]) if match else ()
    if not match or not globs:
        return None
    noun, negative = match["noun"], match["how"] not in _ONLY

    def add(terms: Terms, _: Sequence[Measure], part: str) -> Terms:
        if not part:
            raise UserError(f"There are no {noun}s to choose from in this answer.")
        if noun != part:
            raise UserError(f"This answer can be narrowed by its {part}s, not by {noun}s.")
        return replace(terms, parts=(*terms.parts, *(_turned(globs) if negative else globs)))

    return Wish(text, add)


def _globs(text: str) -> tuple[str, ...]:
    """Return patterns; none where a word is none: no star, no quotation marks, no mark before."""
    found = re.findall(_GLOB, text) if _GLOBS.fullmatch(text) else []
    return tuple(each.replace('"', "").strip(",") for each in found)


def _file(text: str, _: Sequence[Measure]) -> Wish | None:
    match = _FILE.fullmatch(text)
    if not match:
        return None
    attach = match["how"] == "with"
    return Wish(text, lambda terms, _measures, _part: replace(terms, attach=attach))


def _quiet(text: str, _: Sequence[Measure]) -> Wish | None:
    match = _QUIET.fullmatch(text)
    quiet = quiet_hours(match["rest"]) if match else None
    if quiet is None:
        return None
    return Wish(text, lambda terms, _measures, _part: replace(terms, quiet=quiet))


def _holidays(text: str, _: Sequence[Measure]) -> Wish | None:
    match = _HOLIDAYS.fullmatch(text)
    place = place_named(match["rest"]) if match and match["rest"] else ""
    if not place:
        return None
    return Wish(text, lambda terms, _measures, _part: replace(terms, holidays=place))


_READERS: Final = (_changed, _condition, _parts, _file, _quiet, _holidays)


def _text(given: Sequence[Token]) -> str:
    return " ".join(
        in_quotes(each.text) if each.kind is TokenKind.QUOTED else keyword(each.text)
        for each in given
    )
