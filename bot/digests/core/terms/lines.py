"""The terms of a digest as the lines that are typed for them; `wishes` reads each of them."""

from collections.abc import Iterator

from bot.asking.terms import Terms, Threshold
from bot.digests.core.terms.wished import hours_line


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
        yield f"quiet {hours_line(terms.quiet)}"
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
