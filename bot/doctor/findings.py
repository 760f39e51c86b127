"""What a look found: one sentence each, and the exact mend. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Health(StrEnum):
    """How it is, the worst first."""

    FAIL = "fail"
    WARN = "warn"
    PASS = "pass"  # noqa: S105  # no password
    SKIPPED = "skipped"


WORST_FIRST = tuple(Health)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `about` is a sentence; `mend` is empty where all is well."""

    name: str
    state: Health
    about: str
    mend: str = ""


def passed(name: str, about: str) -> Finding:
    """Return that all is well."""
    return Finding(name, Health.PASS, about)


def skipped(name: str, about: str, mend: str = "") -> Finding:
    """Return that nothing was looked at, and why."""
    return Finding(name, Health.SKIPPED, about, mend)


def warned(name: str, about: str, mend: str) -> Finding:
    """Return that it works, and should be otherwise."""
    return Finding(name, Health.WARN, about, mend)


def failed(name: str, about: str, mend: str) -> Finding:
    """Return that something does not work."""
    return Finding(name, Health.FAIL, about, mend)


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found, the worst first."""

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Report":
        """Return a report; what is equally bad stays in its order."""
        return cls(tuple(sorted(findings, key=lambda each: WORST_FIRST.index(each.state))))

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.of_state(Health.FAIL)

    def of_state(self, *states: Health) -> Sequence[Finding]:
        """Return what was found to be so."""
        return [each for each in self.findings if each.state in states]

    def document(self) -> dict[str, Any]:
        """Return the report for programs; its keys are never renamed."""
        checks = [
            {"name": one.name, "state": one.state.value, "about": one.about, "mend": one.mend}
            for one in self.findings
        ]
        return {"ok": self.ok, "checks": checks}
