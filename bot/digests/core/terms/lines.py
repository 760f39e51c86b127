"""The terms of a digest as the lines that are typed for them; `wishes` reads each of them."""

from collections.abc import Iterator

from bot.asking.core.globs import NOT
from bot.asking.terms import Terms, Threshold
from bot.digests.core.terms.wished import condition_line, hours_line, typed_number


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
    lead = "" if one.every else "only if "
    return f"{lead}{condition_line(one)} margin {typed_number(one.margin)}"


def _glob(pattern: str) -> str:
    mark = NOT if pattern.startswith(NOT) else ""
    return f'{mark}"{pattern.removeprefix(NOT)}"'
