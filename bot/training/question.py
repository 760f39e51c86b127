"""What can be asked about training: a plain value that fits into a job's row."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from bot.asking.question import EXPORT_FORMATS, Question

RAW: Final = "raw"
"""In a form: the workbook that MomoFlow itself makes."""
FILE_FORMATS: Final = ("xlsx", "csv", "pdf", RAW)


@dataclass(frozen=True, slots=True)
class ReportQuestion(Question):
    """A training report as it was asked for.

    `flow` is what was typed: a name, a part of it, an id, or core.names.ALL. `period` is empty (all
    that the vendor has) or the canonical words of core.periods, still relative ("last-30d"), so
    that a digest asks anew each time. `status` is empty, one of the documented statuses or
    NOT_COMPLETED; `by` is empty or one of the grains.
    """

    job: ClassVar[str] = "report"
    formats: ClassVar[tuple[str, ...]] = FILE_FORMATS

    flow: str
    period: str = ""
    status: str = ""
    detailed: bool = False
    by: str = ""
    export: str = ""
    """Empty for a report, or one of EXPORT_FORMATS for a file."""
    flow_id: str = ""
    raw: bool = False
    """Whether a workbook shall be the vendor's own instead of ours."""


def as_file(question: ReportQuestion, form: str) -> ReportQuestion:
    """Return the question for the data as a file of one of FILE_FORMATS."""
    raw = form == RAW
    assert raw or form in EXPORT_FORMATS
    return replace(question, export="xlsx" if raw else form, raw=raw)
