"""A report as it is printed. Pure."""

import textwrap
from collections.abc import Iterator
from typing import Final

from bot.doctor.findings import Finding, Health, Report

WIDTH: Final = 100
_COUNTS: Final = {
    Health.FAIL: "failed",
    Health.WARN: "to be looked at",
    Health.PASS: "passed",
    Health.SKIPPED: "skipped",
}


def printed(report: Report) -> str:
    """Return the lines for a terminal: the worst first, each mend under what it mends."""
    name = max((len(each.name) for each in report.findings), default=0)
    lines = [line for each in report.findings for line in _lines(each, name)]
    found = {state: len(report.of_state(state)) for state in Health}
    total = ", ".join(f"{count} {_COUNTS[state]}" for state, count in found.items() if count)
    return "\n".join([*lines, "", f"{total}."])


def _lines(finding: Finding, name: int) -> Iterator[str]:
    first = f"{finding.state.value:<8}{finding.name:<{name}}  "
    under = " " * len(first)
    yield from _wrapped(finding.about, first, under)
    if finding.mend:
        yield from _wrapped(finding.mend, f"{under}-> ", f"{under}   ")


def _wrapped(text: str, first: str, under: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=under,
        break_long_words=False,
        break_on_hyphens=False,
    )
