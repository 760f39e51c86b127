"""What a file of workflow events is made of, as it travels in the file's source."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.asking.core.periods import Period
from bot.digests.store import SubscriptionStore
from bot.jobs.codec import decode
from bot.slack.messages import FileOffer, FileSource
from bot.tables.document_types import safe_filename
from bot.workflows.core.period_parts import parts
from bot.workflows.model import (
    AFFECTED_GOAL,
    AFFECTED_GOAL_TOTAL,
    CSV,
    DEFAULT,
    GIOSG,
    LONGEST_INTERVAL,
    TRIGGERED_GOAL,
    ChartQuestion,
    Filter,
    SourceQuestion,
    StepQuestion,
)
from bot.workflows.question import ExportQuestion
from bot.workflows.rendering.exports import ExportAsking, export_title

WHOLE: Final = "whole"
COMPRESSED: Final = "compressed"
PART: Final = "part"


@dataclass(frozen=True, slots=True)
class Plan:
    """A file to be made: of what, and whole, compressed, or `number` (from 0) of `count` parts.

    `size` is that of the whole in bytes, known where it comes in parts.
    """

    asking: ExportAsking
    workflow_id: str
    form: str = WHOLE
    number: int = 0
    count: int = 1
    size: int = 0

    @property
    def question(self) -> ExportQuestion:
        """What was asked."""
        return self.asking.question

    @property
    def periods(self) -> tuple[Period, ...]:
        """The period in parts that the vendor answers, the oldest first."""
        return split(self.asking.period)

    def beginning(self, rows: int) -> "Plan":
        """Return the plan of its first rows alone."""
        limit = min(self.question.limit or rows, rows)
        question = replace(self.question, limit=limit)
        return replace(self, asking=replace(self.asking, question=question))

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
        period = self.asking.period
        return ChartQuestion(self.workflow_id, period.start, period.end, filters(self.question))

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


def split(period: Period) -> tuple[Period, ...]:
    """Return a period in parts that the vendor answers."""
    return parts(period, LONGEST_INTERVAL)


def filters(asked: ExportQuestion) -> tuple[Filter, ...]:
    """Return the vendor's filters."""
    named = (("action", asked.actions), ("label", asked.labels))
    return tuple(Filter(name, values) for name, values in named if values)


def offer(plan: Plan) -> FileOffer:
    """Return the file, whose source can be opened at any time."""
    asking = plan.asking
    title = export_title(asking)
    if plan.form == PART:
        title = f"{title}, part {plan.number + 1} of {plan.count}"
    what = f"step {plan.question.step}" if plan.question.step else plan.question.data
    about = f"{asking.workflow} {what} {asking.period.first}..{asking.period.last}"
    if plan.form == PART:
        about = f"{about} part {plan.number + 1}"
    extension = {WHOLE: plan.question.export, COMPRESSED: "csv.zip", PART: CSV}[plan.form]
    return FileOffer(
        filename=safe_filename(about, extension),
        title=title,
        source=FileSource(GIOSG.name, to_json(plan)),
        alt_text=title,
    )


def in_parts(plan: Plan, *, count: int) -> tuple[Plan, ...]:
    """Return the plan of each part."""
    return tuple(replace(plan, form=PART, number=each, count=count) for each in range(count))


def to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as it travels in a source."""
    asking = plan.asking
    period = asking.period
    return {
        "question": asdict(asking.question),
        "workflow": asking.workflow,
        "workflow_id": plan.workflow_id,
        "period": [str(period.first), str(period.last), period.zone, period.label],
        "now": asking.now.isoformat(),
        "zone": asking.zone,
        "asked_by": asking.asked_by,
        "subscription": asking.subscription.id if asking.subscription else 0,
        "form": plan.form,
        "number": plan.number,
        "count": plan.count,
        "size": plan.size,
    }


async def plan_of(data: dict[str, Any], orders: SubscriptionStore) -> Plan:
    """Return the plan after its journey, with its subscription as it is now."""
    first, last, zone, label = data["period"]
    period = Period(date.fromisoformat(first), date.fromisoformat(last), zone, label)
    number = data["subscription"]
    asking = ExportAsking(
        question=decode(ExportQuestion, data["question"]),
        workflow=data["workflow"],
        period=period,
        now=datetime.fromisoformat(data["now"]),
        zone=data["zone"],
        asked_by=data["asked_by"],
        parts=len(split(period)),
        subscription=await orders.get(number) if number else None,
    )
    numbers = {name: data[name] for name in ("number", "count", "size")}
    return Plan(asking, data["workflow_id"], data["form"], **numbers)
