"""What can be asked about training: a plain value that fits into a job's row."""

from dataclasses import dataclass
from typing import ClassVar

from bot.asking.question import Question


@dataclass(frozen=True, slots=True)
class ReportQuestion(Question):
    """A training report as it was asked for.

    `flow` is what was typed: a name, a part of it, or an id. `period` is empty (all that
    the vendor has) or the canonical words of core.periods, still relative ("last-30d"), so that a
    digest asks anew each time. `status` is empty, one of the documented statuses or
    NOT_COMPLETED; `by` is empty or one of the grains.
    """

    job: ClassVar[str] = "report"

    flow: str
    period: str = ""
    status: str = ""
    detailed: bool = False
    by: str = ""
    export: str = ""
    """Empty for a report, or one of EXPORT_FORMATS for a file."""
    flow_id: str = ""
