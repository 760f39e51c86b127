"""What a file of workflow events is made of, as it travels in the file's source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.codec import decode, encode
from bot.digests.store import SubscriptionStore
from bot.slack.messages import FileOffer, FileSource
from bot.tables.file_names import safe_filename
from bot.workflows.core.period_parts import split
from bot.workflows.model import (
    AFFECTED_GOAL,
    AFFECTED_GOAL_TOTAL,
    CSV,
    DEFAULT,
    GIOSG,
    TRIGGERED_GOAL,
    ChartQuestion,
    Filter,
    SourceQuestion,
    StepQuestion,
)
from bot.workflows.question import ExportQuestion
from bot.workflows.rendering.exports import ExportSubject, export_title

WHOLE: Final = "whole"
COMPRESSED: Final = "compressed"
PART: Final = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A file to be made: of what, and whole, compressed, or `number` (from 0) of `count` parts.

    `workflow` is a name; `now` is when it was asked for, `asked_by` by whom, and `subscription` for
    which digest, 0 for none. `size` is that of the whole in bytes, known where it comes in parts.
    """

    question: ExportQuestion
    workflow: str
    workflow_id: str
    period: Period
    now: datetime
    asked_by: str = ""
    subscription: int = 0
    form: str = WHOLE
    number: int = 0
    count: int = 1
    size: int = 0

    @property
    def subject(self) -> ExportSubject:
        """What it is of."""
        return ExportSubject(self.question, self.workflow, self.period)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The period in parts that the vendor answers, the oldest first."""
        return split(self.period)

    def beginning(self, rows: int) -> "Plan":
        """Return the plan of its first rows alone."""
        limit = min(self.question.limit or rows, rows)
        return replace(self, question=replace(self.question, limit=limit))

    def step_question(self, period: Period, limit: int | None) -> StepQuestion:
        """Return what to ask the vendor for a part of the period."""
        asked = self.question
        return StepQuestion(
            workflow_id=self.workflow_id,
            step=asked.step,
            start=period.start,
            end=period.end,
            filters=filters(asked),
            actions=asked.path,
            target=TRIGGERED_GOAL if asked.goal else DEFAULT,
            limit=limit,
        )

    def chart_question(self) -> ChartQuestion:
        """Return what to ask the vendor about the chart, which cannot be joined of parts."""
        first, end = self.period.start, self.period.end
        return ChartQuestion(self.workflow_id, first, end, filters(self.question))

    def source_question(self, period: Period, limit: int | None) -> SourceQuestion:
        """Return what to ask the vendor about the events of no step."""
        asked = self.question
        return SourceQuestion(
            workflow_id=self.workflow_id,
            start=period.start,
            end=period.end,
            filters=filters(asked),
            target=AFFECTED_GOAL_TOTAL if asked.total else AFFECTED_GOAL,
            limit=limit,
        )


def filters(asked: ExportQuestion) -> tuple[Filter, ...]:
    """Return the vendor's filters."""
    named = (("action", asked.actions), ("label", asked.labels))
    return tuple(Filter(name, values) for name, values in named if values)


def offer(plan: Plan) -> FileOffer:
    """Return the file, whose source can be opened at any time."""
    title = export_title(plan.subject)
    if plan.form == PART:
        title = f"{title}, part {plan.number + 1} of {plan.count}"
    what = f"step {plan.question.step}" if plan.question.step else plan.question.data
    about = f"{plan.workflow} {what} {plan.period.first}..{plan.period.last}"
    if plan.form == PART:
        about = f"{about} part {plan.number + 1}"
    extension = {WHOLE: plan.question.export, COMPRESSED: "csv.zip", PART: CSV}[plan.form]
    return FileOffer(
        filename=safe_filename(about, extension),
        title=title,
        source=FileSource(GIOSG.name, encode(plan)),
        alt_text=title,
    )


def in_parts(plan: Plan, *, count: int) -> tuple[Plan, ...]:
    """Return the plan of each part."""
    return tuple(replace(plan, form=PART, number=each, count=count) for each in range(count))


def plan_of(row: Mapping[str, Any]) -> Plan:
    """Return the plan of a source. Raises LookupError and ValueError for any other."""
    period = row["period"]
    if isinstance(period, list):  # as older versions wrote it
        period = dict(zip(("first", "last", "zone", "label"), period, strict=True))
    return decode(Plan, {**row, "period": period})


async def occasion_of(plan: Plan, orders: SubscriptionStore, *, key: str = "") -> Occasion:
    """Return the circumstances in which a file was asked for, with its subscription as it is now.

    `key` is the outbox key of the message it belongs to.
    """
    return Occasion(
        zone=plan.period.zone,
        asked_at=plan.now,
        now=plan.now,
        key=key,
        asked_by=plan.asked_by,
        subscription=await orders.get(plan.subscription) if plan.subscription else None,
    )
