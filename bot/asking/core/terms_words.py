"""The terms of a digest in words, as its footer, lists and replies have them."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.asking.core import weekdays
from bot.asking.core.globs import NOT
from bot.asking.core.public_holidays import place_words
from bot.asking.terms import Comparison, QuietHours, Terms, Threshold

_CROSSED: Final = {
    Comparison.BELOW: "falls below {}",
    Comparison.AT_MOST: "falls to {} or less",
    Comparison.ABOVE: "rises above {}",
    Comparison.AT_LEAST: "reaches {}",
}
_HOLDS: Final = {
    Comparison.BELOW: "is below {}",
    Comparison.AT_MOST: "is at most {}",
    Comparison.ABOVE: "is above {}",
    Comparison.AT_LEAST: "is at least {}",
}
_EN_DASH: Final = "\N{EN DASH}"


def terms_words(terms: Terms) -> tuple[str, ...]:
    """Return what is wished besides the schedule, each as it follows a comma."""
    return tuple(_words(terms))


def threshold_words(one: Threshold) -> str:
    """Return a condition, such as "only when completion falls below 80%"."""
    if one.every:
        return f"each time {one.figure} {_HOLDS[one.comparison].format(amount(one.value, one))}"
    return f"only when {one.figure} {_CROSSED[one.comparison].format(amount(one.value, one))}"


def again_words(one: Threshold) -> str:
    """Return when a condition that is told once is told again; empty for one told each time."""
    if one.every:
        return ""
    falls = one.comparison in {Comparison.BELOW, Comparison.AT_MOST}
    back = one.value + one.margin if falls else one.value - one.margin
    side = "above" if falls else "below"
    exact = one.margin or one.comparison in {Comparison.BELOW, Comparison.ABOVE}
    back_at = f"back at {amount(back, one)}" if exact else f"back {side} {amount(back, one)}"
    return f"It comes once, and again after {one.figure} was {back_at}."


def amount(value: float, one: Threshold) -> str:
    """Return a value in the figure's unit: 80%, or 1,204."""
    return figure_words(value, percent=one.percent)


def figure_words(value: float, *, percent: bool) -> str:
    """Return a figure: 80%, or 1,204."""
    shown = f"{value:,.1f}".removesuffix(".0")
    return f"{shown}%" if percent else shown


def globs_words(globs: Sequence[str]) -> str:
    """Return patterns of names, such as "only on*, without *test*"."""
    wanted = " or ".join(each for each in globs if not each.startswith(NOT))
    unwanted = " or ".join(each.removeprefix(NOT) for each in globs if each.startswith(NOT))
    return ", ".join(
        filter(None, (wanted and f"only {wanted}", unwanted and f"without {unwanted}"))
    )


def quiet_words(quiet: QuietHours) -> str:
    """Return the hours in which nothing comes, such as "quiet 22:00\N{EN DASH}07:00"."""
    days = weekdays.spoken(quiet.days)
    return f"quiet {quiet.begins}{_EN_DASH}{quiet.ends}{f' on {days}' if days else ''}"


def _words(terms: Terms) -> Iterator[str]:
    if terms.only_if:
        yield threshold_words(terms.only_if)
    if terms.only_changed:
        yield "only when something changed"
    if terms.parts:
        yield globs_words(terms.parts)
    if terms.attach is not None:
        yield "with its file" if terms.attach else "without its file"
    if terms.quiet:
        yield quiet_words(terms.quiet)
    if terms.holidays:
        yield f"not on holidays in {place_words(terms.holidays)}"
