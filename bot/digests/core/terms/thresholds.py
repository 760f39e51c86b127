"""Conditions on figures as people write them: completion < 80%, more than 5 overdue."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.asking.core.arguments import in_a_row, keyword, nearest, quoted
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.terms import Comparison, Measure, Threshold
from bot.errors import UserError

MOST: Final = 10**9
PERCENT_MARGIN: Final = 2
"""Percentage points by which a figure has to be back, where nothing else is said."""
COUNT_MARGIN: Final = 20
"""Of a count that is a part of so many of the value."""
_WORDS: Final = {
    Comparison.AT_MOST: "<=|=<|≤|at most|no more than|not more than|not above|not over",
    Comparison.AT_LEAST: ">=|=>|≥|at least|no less than|not less than|not below|reaches|reach",
    Comparison.BELOW: "<|below|under|less than|fewer than|lower than",
    Comparison.ABOVE: ">|above|over|more than|greater than|higher than|exceeds|exceed",
}
_OPPOSITE: Final = {
    Comparison.AT_MOST: Comparison.ABOVE,
    Comparison.AT_LEAST: Comparison.BELOW,
    Comparison.BELOW: Comparison.AT_LEAST,
    Comparison.ABOVE: Comparison.AT_MOST,
}
_OP: Final = "|".join(_WORDS.values())
_VERB: Final = "is|are|was|were|falls|drops|goes|gets|rises|climbs|stays|comes|has|have|there"
_VALUE: Final = r"(?P<value>[^\s%]+) ?(?P<percent>%|percent|per cent)?"
_MARGIN: Final = (
    r"(?: (?:with )?(?:a )?margin (?:of )?(?P<margin>[^\s%]+) ?(?:%|percent|points?)?)?"
)
_NAME: Final = r"(?P<figure>[^\s<>=≤≥][^<>=≤≥]*?)"
_FIGURE_FIRST: Final = re.compile(
    rf"(?:the )?{_NAME} ?(?:(?:{_VERB}) )*(?P<op>{_OP}) ?{_VALUE}{_MARGIN}"
)
_VALUE_FIRST: Final = re.compile(
    rf"(?:there (?:is|are) )?(?P<op>{_OP}) ?{_VALUE}"
    rf"(?: (?:people|persons|runs))?(?: (?:is|are|have|has))? {_NAME}{_MARGIN}"
)
_ANY: Final = re.compile(
    r"(?:any(?:body|one|thing)?|some(?:body|one|thing)?|there (?:is|are)(?: any)?)"
    rf"(?: (?:is|are|has|have))? {_NAME}"
)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def is_threshold(text: str, measures: Sequence[Measure], *, sure: bool) -> bool:
    """Return whether words are a condition; where that is `sure`, also on no figure there is."""
    read = _matched(keyword(text), measures)
    return read is not None and (sure or read[0] in {*_names(measures)})


def threshold(
    text: str, measures: Sequence[Measure], *, every: bool = False, unless: bool = False
) -> Threshold:
    """Return the condition that is written, on one of the figures that there are.

    It is told `every` time that it holds, or once; `unless` turns it round. Raises UserError and
    RetypeError naming what cannot be read, and the figures that there are.
    """
    if not measures:
        raise UserError("This answer has no figures that a condition could be on.")
    read = _matched(keyword(text), measures)
    if read is None:
        raise UserError(
            f"I can't read {quoted(text)} as a condition. For example: only if changed, or only if "
            f"{_example(measures[0])}. {_there_are(measures)}"
        )
    figure, op, match = read
    measure = _measure(figure, measures)
    value = _value(match["value"] if op else "0", bool(op and match["percent"]), measure)
    comparison = _comparison(op) if op else Comparison.ABOVE
    comparison = _OPPOSITE[comparison] if unless else comparison
    _check_reach(measure, comparison, value)
    given = match["margin"] if op else None
    margin = _margin(given, measure, comparison, value)
    return Threshold(measure.name, comparison, value, margin, measure.percent, every)


def _matched(text: str, measures: Sequence[Measure]) -> tuple[str, str, re.Match[str]] | None:
    """Return the words for the figure and for the comparison, which is empty for "any"."""
    for form in (_VALUE_FIRST, _ANY):
        match = form.fullmatch(text)
        if match and match["figure"] in {*_names(measures)}:
            return match["figure"], "" if form is _ANY else match["op"], match
    match = _FIGURE_FIRST.fullmatch(text.replace("< =", "<="))  # one token for Slack, else two
    return (match["figure"], match["op"], match) if match else None


def _names(measures: Iterable[Measure]) -> Iterable[str]:
    return (name for each in measures for name in (each.name, *each.also))


def _comparison(words: str) -> Comparison:
    return next(each for each, forms in _WORDS.items() if words in forms.split("|"))


def _measure(typed: str, measures: Sequence[Measure]) -> Measure:
    found = next((each for each in measures if typed in (each.name, *each.also)), None)
    if found:
        return found
    near = nearest(typed, _names(measures))
    names = [near] if near else [each.name for each in measures]
    asked = f" Did you mean {quoted(near)}?" if near else ""
    raise RetypeError(
        f"There is no figure {quoted(typed)} here.{asked} {_there_are(measures)}",
        typed=typed,
        corrections=[
            Correction(f"Yes, {each}" if near else each.capitalize(), each) for each in names
        ],
    )


def _there_are(measures: Sequence[Measure]) -> str:
    return f"A condition can be on {in_a_row(each.name for each in measures)}."


def _example(measure: Measure) -> str:
    return f"{measure.name} < 80%" if measure.percent else f"{measure.name} > 5"


def _value(typed: str, percent: bool, measure: Measure) -> float:  # noqa: FBT001 - as typed
    value = _number(typed, measure)
    if percent and not measure.percent:
        raise UserError(f"{measure.name.capitalize()} is a count, not a percentage: leave out %.")
    if measure.percent and 0 < value < 1 and not percent:
        meant = f"{value:.0%}"
        raise RetypeError(
            f"{measure.name.capitalize()} is a percentage. Did you mean {meant}?",
            typed=typed,
            corrections=[Correction(f"Yes, {meant}", meant)],
        )
    return value


def _number(typed: str, measure: Measure) -> float:
    plain = typed.replace(",", "")
    if not _NUMBER.fullmatch(plain) or float(plain) > MOST:
        example = "80%" if measure.percent else "5"
        raise UserError(f"I can't read {quoted(typed)} as a number such as {example}.")
    return float(plain)


def _check_reach(measure: Measure, comparison: Comparison, value: float) -> None:
    """Raise UserError for a condition that holds never, or always."""
    least, most = 0, 100 if measure.percent else MOST
    never = {
        Comparison.BELOW: value <= least,
        Comparison.AT_MOST: value < least,
        Comparison.ABOVE: value >= most,
        Comparison.AT_LEAST: value > most,
    }
    always = {
        Comparison.BELOW: value > most,
        Comparison.AT_MOST: value >= most,
        Comparison.ABOVE: value < least,
        Comparison.AT_LEAST: value <= least,
    }
    for said, when in (("never", never), ("always", always)):
        if when[comparison]:
            unit = "%" if measure.percent else ""
            raise UserError(
                f"{measure.name.capitalize()} is {said} {comparison} {value:g}{unit}. A percentage "
                "goes from 0% to 100%, a count from 0 on."
            )


def _margin(given: str | None, measure: Measure, comparison: Comparison, value: float) -> float:
    """Return how far back counts as back, but no farther than the figure can go."""
    usual = PERCENT_MARGIN if measure.percent else value // COUNT_MARGIN
    margin = _number(given, measure) if given else usual
    falls = comparison in {Comparison.BELOW, Comparison.AT_MOST}
    room = (100 - value if measure.percent else MOST) if falls else value
    return min(margin, room)
