"""The first line of a report: what a training lead can act on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import local_day, short_days
from bot.slack.blocks.charts import percent
from bot.slack.blocks.wording import counted
from bot.training.core.measures import people
from bot.training.model import (
    COMPLETED,
    IN_PROGRESS,
    NOT_COMPLETED,
    OVERDUE,
    PENDING,
    Assignment,
    TrainingReport,
)
from bot.training.rendering.statuses import flow_title

_ARE: Final = {
    OVERDUE: ("is overdue in", "are overdue in"),
    IN_PROGRESS: ("is working on", "are working on"),
    PENDING: ("has not started", "have not started"),
    COMPLETED: ("has completed", "have completed"),
    NOT_COMPLETED: ("has not completed", "have not completed"),
}
_ARE_IN_SOME: Final = {
    **_ARE,
    IN_PROGRESS: ("is in progress in", "are in progress in"),
    PENDING: ("has not started in", "have not started in"),
    NOT_COMPLETED: ("has something open in", "have something open in"),
}
"""The same where several flows are meant."""
_NONE: Final = {
    PENDING: ("Everybody{assigned} has started {flow}"),
    NOT_COMPLETED: ("Everybody{assigned} has completed {flow}"),
    COMPLETED: ("Nobody{assigned} has completed {flow} yet"),
}
"""What is said instead where nobody has the status."""


def report_news(
    report: TrainingReport, status: str, *, period: Period | None, now: datetime
) -> str:
    """Return the news of one flow, such as "5 people are overdue in Onboarding (25 of 45 done)".

    `report` is narrowed by `status`, if there is one.
    """
    flow = flow_title(report)
    days = period_days(period, now) if period else ""
    if not report.total:
        return f"Nobody was assigned {flow} ({days})" if days else f"Nobody has {flow} yet"
    if not status and not report.assignments:
        return f"{flow}: {done_words(report.completed, report.total)}"
    if not status and report.completed >= report.total:
        status = NOT_COMPLETED
    return who(
        report.assignments,
        status or OVERDUE,
        flow=flow,
        assigned=f" assigned {days}" if days else "",
        done=done_words(report.completed, report.total),
    )


def who(
    assignments: Sequence[Assignment],
    status: str,
    *,
    flow: str,
    assigned: str = "",
    done: str,
    several: bool = False,
) -> str:
    """Return how many people have a status in a flow, or in some of `several`, and who is done."""
    singular, plural = (_ARE_IN_SOME if several else _ARE)[status]
    having = [each for each in assignments if has(each, status)]
    count = people(having)
    if count and status == COMPLETED:
        verb = singular if len(having) == 1 else plural
        return _completed(flow, verb, assigned=assigned, done=done, several=several)
    if not count:
        none = _NONE.get(status, f"Nobody{{assigned}} {singular} {{flow}}")
        said = none.replace("{assigned}", assigned).replace("{flow}", flow)
    else:
        verb = singular if count == 1 else plural
        said = f"{counted(count, 'person', 'people')}{assigned} {verb} {flow}"
    return f"{said} ({done})"


def _completed(flow: str, verb: str, *, assigned: str, done: str, several: bool) -> str:
    """Return "25 of 45 have completed Onboarding (56%)", without saying the counts twice."""
    share, parted, rate = done.partition(" done, ")
    said = f"{share}{assigned} {verb} {flow}"
    if several:
        those = assigned.replace(" assigned ", " of ")
        said = f"{share} assignments{those} are completed in {flow}"
    return f"{said} ({rate})" if parted else said


def has(assignment: Assignment, status: str) -> bool:
    """Return whether an assignment has a status; NOT_COMPLETED are all but one."""
    if status == NOT_COMPLETED:
        return assignment.status != COMPLETED
    return assignment.status == status


def done_words(completed: int, total: int) -> str:
    """Return "25 of 45 done, 56%"."""
    rate = f", {percent(100 * completed / total)}" if 0 <= completed <= total and total else ""
    return f"{completed:,} of {total:,} done{rate}"


def period_days(period: Period, now: datetime) -> str:
    """Return the days of a period, such as "1\N{EN DASH}30 Nov"."""
    this_year = local_day(now, period.zone).year
    return short_days(period.first, period.last, this_year=this_year)
