"""What a person asked for, before any vendor was asked: plain values that fit into a job row."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, ClassVar, Self

from bot.jobs.request import Intent

EXPORT_FORMATS = ("csv", "xlsx", "pdf")
TABLE_FORMATS = ("csv", "xlsx")

STEP = "step"
SOURCE = "source"
COUNTS = "counts"
CHART = "chart"
WORKFLOW_DATA = (STEP, SOURCE, COUNTS, CHART)
"""The events of a step, those of no step, the counts beside a workflow's chart, and its figures."""
WORKFLOWS = "workflows"
INFO = "info"
WORKFLOW_VIEWS = (*WORKFLOW_DATA, WORKFLOWS, INFO)
"""The same, the list of all workflows, and what one of them is; these two know no period."""

OVER_TIME = "over-time"
BY_STATE = "by-state"
BY_USER = "by-user"
BY_FIELD = "by-field"
BY_HOUR = "by-hour"
BY_WEEKDAY = "by-weekday"
HEATMAP = "heatmap"
READS = "reads"
AWARENESS = "awareness"
IMAGES = "images"
SUMMARY = "summary"
FIGURES = (
    *(SUMMARY, OVER_TIME, BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY),
    *(HEATMAP, READS, AWARENESS, IMAGES),
)
"""What can be asked of field reports; HEATMAP is hours and weekdays side by side."""
CHANNELS = "channels"
FIELDS = "fields"
REPORT_LISTS = (CHANNELS, FIELDS)
"""The channels of field reports, and the fields that those of one can be counted by."""

RUN_LISTS = ("running", "failed", "waiting", "today")
"""Runs of Smart Flows as they are now; "failed" are the latest."""

EVENT_LISTS = ("future", "current", "past", "week", "all")
"""Lists of events; "week" are those of the next seven days."""
OF_ONE_EVENT = ("info", "registrants", "registrations", "surveys", "summary", "report")
"""Of one event; "registrations" is how they grow before it, "summary" how it went after it."""
EVENT_VIEWS = (*EVENT_LISTS, *OF_ONE_EVENT, "operators", "rooms")
PERSONAL_VIEWS = ("registrants", "report", "operators")
"""Views with e-mail addresses and phone numbers in them."""


@dataclass(frozen=True, slots=True)
class ReportQuestion(Intent):
    """A training report as it was asked for.

    `flow` is what was typed: a name, a part of it, or an id. `period` is empty (all that
    the vendor has) or the canonical words of core.periods, still relative ("last-30d"), so that a
    digest asks anew each time. `status` is empty or one of the documented statuses; `by` is empty
    or one of the grains.
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


@dataclass(frozen=True, slots=True)
class RunsQuestion(Intent):
    """A look at the runs of a Smart Flow, or of all with an empty `flow`.

    `flow` is what was typed until it was found, then the flow's name, and `flow_id` its id.
    `period` is in the canonical words of core.periods, still relative. With `which`, one of
    RUN_LISTS, it is the list of those of all flows, whatever the period. `export` is empty or one
    of TABLE_FORMATS.
    """

    job: ClassVar[str] = "runs"

    flow: str = ""
    flow_id: str = ""
    period: str = "last-7d"
    which: str = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class ExportQuestion(Intent):
    """Data of a website workflow as it was asked for.

    `workflow` is what was typed: a name, a part of it, or an id; empty for WORKFLOWS. `data`
    is one of WORKFLOW_VIEWS; `step` counts from 1 and is 0 for the others. `period` is as in
    ReportQuestion, empty only for the two views that know none. `export` is one of TABLE_FORMATS,
    or empty for rows in Slack alone. `goal` asks for the events that reached a goal, `total` for
    all goals of the source data. `path` has the actions of each step from the first on, an empty
    entry for any. `basic` is the vendor's own word.
    """

    job: ClassVar[str] = "export"

    workflow: str
    data: str = STEP
    step: int = 0
    period: str = ""
    export: str = "csv"
    limit: int | None = None
    goal: bool = False
    total: bool = False
    actions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    path: tuple[tuple[str, ...], ...] = ()
    basic: bool = False
    always: bool = False
    """Whether a file is wanted even of a few rows, which otherwise are shown in Slack alone."""

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """Return the question of `dataclasses.asdict` after a journey through JSON."""
        lists = {"actions": tuple(row["actions"]), "labels": tuple(row["labels"])}
        return cls(**{**row, **lists, "path": tuple(map(tuple, row["path"]))})


@dataclass(frozen=True, slots=True)
class EventsQuestion(Intent):
    """Something about webinars as it was asked for.

    `view` is one of EVENT_VIEWS; `event` is what was typed for those in OF_ONE_EVENT: a title, a
    part of one, or a token. `report` is one of model.webinars.REPORTS, `survey` what was typed for
    a survey; `export` is empty or one of TABLE_FORMATS. `public` asks for what everybody may see.
    """

    job: ClassVar[str] = "events"

    view: str
    event: str = ""
    report: str = ""
    survey: str = ""
    export: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class AnalyticsQuestion(Intent):
    """Figures of a channel of field reports as they were asked for.

    `channel` and `field` are what was typed: a name, a part of one, or an id. `figure` is
    one of FIGURES or of REPORT_LISTS; `period` is as in ReportQuestion, empty only for a list;
    `export` is empty or one of TABLE_FORMATS.
    """

    job: ClassVar[str] = "analytics"

    channel: str
    figure: str = SUMMARY
    period: str = ""
    field: str = ""
    export: str = ""


Question = ReportQuestion | RunsQuestion | ExportQuestion | EventsQuestion | AnalyticsQuestion
KINDS: Mapping[str, type[Question]] = MappingProxyType(
    {
        "report": ReportQuestion,
        "runs": RunsQuestion,
        "export": ExportQuestion,
        "events": EventsQuestion,
        "analytics": AnalyticsQuestion,
    }
)
"""Every kind of question by the word for it: in a subscription, in the outbox, and as a job."""


def kind_of(question: Question) -> str:
    """Return the word for a question's kind, one of KINDS."""
    return next(kind for kind, made in KINDS.items() if isinstance(question, made))


def is_personal(question: Question) -> bool:
    """Return whether the answer has e-mail addresses and phone numbers in it."""
    return isinstance(question, EventsQuestion) and question.view in PERSONAL_VIEWS


def question_of(kind: str, row: Mapping[str, Any]) -> Question:
    """Return the question of a kind after a journey through JSON; other names are left out."""
    made = KINDS[kind]
    known = {each.name: row[each.name] for each in fields(made) if each.name in row}
    return ExportQuestion.from_json(known) if made is ExportQuestion else made(**known)
