"""What a report says of a period, counted from the flow's whole list of assignments.

MomoFlow's own range would do it too, but goes by a date that it does not document, and each period
would be a question more. Here it is the day of assignment, as the answer says.
"""

from dataclasses import replace

from bot.training.model import COMPLETED, Assignment, ReportFilter, TrainingReport


def is_listed(report: TrainingReport) -> bool:
    """Return whether all who are counted are listed too; what could not be read is known of."""
    return len(report.assignments) + len(report.odd) >= report.total


def within(report: TrainingReport, asked: ReportFilter) -> TrainingReport:
    """Return the report on the period of `asked`, its list narrowed by the status as MomoFlow does.

    How long people took is told by MomoFlow of the whole flow alone, so that is left out.
    """
    counted = [each for each in report.assignments if _is_within(each, asked)]
    kept = [each for each in counted if asked.status in {None, each.status}]
    return replace(
        report,
        total=len(counted),
        completed=sum(each.status == COMPLETED for each in counted),
        average_time="",
        assignments=tuple(kept),
        undated=sum(each.assigned_at is None for each in report.assignments),
    )


def _is_within(each: Assignment, asked: ReportFilter) -> bool:
    if each.assigned_at is None:
        return False
    begun = asked.start is None or asked.start <= each.assigned_at
    return begun and (asked.end is None or each.assigned_at < asked.end)
