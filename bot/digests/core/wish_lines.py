"""The terms of a digest as the lines that are typed for them: core.wishes reads each of them."""

from collections.abc import Iterator
from typing import Final

from bot.asking.terms import Terms, Threshold

_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def wish_lines(terms: Terms, part: str) -> tuple[str, ...]:
    """Return the lines; `part` is the word for what `terms.parts` are patterns of."""
    return tuple(_lines(terms, part))


def _lines(terms: Terms, part: str) -> Iterator[str]:
    if terms.only_if:
        yield _condition(terms.only_if)
    if terms.only_changed:
        yield "only if changed"
    if terms.parts:
        yield f"only {part}s {' '.join(map(_glob, terms.parts))}"
    if terms.attach is not None:
        yield "with file" if terms.attach else "without file"
    if terms.quiet:
        days = ",".join(_DAYS[each] for each in terms.quiet.days)
        on = f" on {days}" if days else ""
        yield f"quiet {terms.quiet.begins}-{terms.quiet.ends}{on}"
    if terms.holidays:
        yield f"except holidays {terms.holidays}"


def _condition(one: Threshold) -> str:
    lead = "each time" if one.every else "only if"
    unit = "%" if one.percent else ""
    return (
        f"{lead} {one.figure} {one.comparison} {_number(one.value)}{unit} "
        f"margin {_number(one.margin)}"
    )


def _glob(pattern: str) -> str:
    mark = "!" if pattern.startswith("!") else ""
    return f'{mark}"{pattern.removeprefix("!")}"'


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
