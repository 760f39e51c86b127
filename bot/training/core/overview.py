"""Several flows seen as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import VendorError
from bot.training.core.names import NamedFlow
from bot.training.model import Assignment, TrainingReport


@dataclass(frozen=True, slots=True)
class FlowReports:
    """The reports on all flows that have a name, in their order, and those that could not be had.

    Each of `missing` is a flow with the reason.
    """

    reports: tuple[TrainingReport, ...]
    missing: tuple[tuple[NamedFlow, VendorError], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the flows that are here."""
        return tuple(each.flow_id for each in self.reports)


def distinct(names: Mapping[str, str]) -> tuple[NamedFlow, ...]:
    """Return each flow once, by the first of its names; `names` maps names to flow ids."""
    first: dict[str, str] = {}
    for name, flow_id in names.items():
        first.setdefault(flow_id, name)
    return tuple(NamedFlow(flow_id, name) for flow_id, name in first.items())


def combined(reports: Sequence[TrainingReport], *, title: str) -> TrainingReport:
    """Return several reports as one: sums, and the assignments under ids that differ."""
    return TrainingReport(
        flow_id="",
        flow_name=title,
        total=sum(each.total for each in reports),
        completed=sum(each.completed for each in reports),
        assignments=tuple(
            _of_flow(each, report) for report in reports for each in report.assignments
        ),
        odd=tuple(path for each in reports for path in each.odd),
        undated=sum(each.undated for each in reports),
    )


def flows_by_assignment(
    reports: Sequence[TrainingReport], titles: Sequence[str]
) -> Mapping[str, str]:
    """Return the title of the flow of each assignment of `combined` reports, by its id."""
    return {
        _of_flow(each, report).id: title
        for report, title in zip(reports, titles, strict=True)
        for each in report.assignments
    }


def _of_flow(each: Assignment, report: TrainingReport) -> Assignment:
    return replace(each, id=f"{report.flow_id}:{each.id}")
