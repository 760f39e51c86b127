"""What assistants may ask of training, in words for a model."""

from dataclasses import replace
from typing import Final

from bot.asking.core.declared.room_tools import (
    RoomTool,
    ToolArgument,
    ToolDeed,
    as_typed,
    canonical_period,
    checked_address,
    file,
    flag,
    one_of,
    period,
    text,
)
from bot.asking.question import EXPORT_FORMATS
from bot.training.core.command import (
    LONGEST_NOTES,
    Assign,
    AssignFlow,
    ListNames,
    report_words,
)
from bot.training.core.due_dates import canonical_due
from bot.training.core.names import ALL
from bot.training.core.options import question
from bot.training.ids import TrainingAction
from bot.training.model import GRAINS, NOT_COMPLETED, PRIORITIES, STATUSES
from bot.training.question import ReportQuestion

_FLOW: Final = ToolArgument(
    "flow",
    text(
        "The training flow: its name, a part of the name, or its id. list_training_flows has all "
        "names. A name that fits several flows is answered with these, to choose from.",
        examples=("onboarding", "Ladder safety"),
    ),
    id_field="flow_id",
    needed=True,
)
_STATUS: Final = ToolArgument(
    "status",
    one_of(
        "Only people with this status: overdue (the due date has passed), in_progress, pending "
        "(not begun), completed, or not_completed (all but completed). Without it: everybody.",
        (*STATUSES, NOT_COMPLETED),
    ),
)
_EVER: Final = period("all assignments that there are")
_as_typed = as_typed(report_words, question)


def _report(asked: ReportQuestion) -> ReportQuestion:
    return _as_typed(replace(asked, period=canonical_period(asked.period)))


def _assignment(wanted: AssignFlow) -> AssignFlow:
    due = canonical_due(wanted.due) if wanted.due else ""
    return replace(wanted, email=checked_address(wanted.email), due=due)


TOOLS: Final = (
    RoomTool(
        name="list_training_flows",
        title="List training flows",
        description=(
            "Lists the training flows in MomoFlow that have a name in Flowbot, with their ids. Use "
            "it to find the name of a flow before asking for its report or assigning it."
        ),
        intent=ListNames,
    ),
    RoomTool(
        name="get_training_report",
        title="Get a training report",
        description=(
            "Answers how far people are with one training flow in MomoFlow: how many were "
            "assigned, have completed it, are in progress, pending or overdue, the completion "
            "rate, what changed, and who they are with e-mail address, status and progress. Use it "
            "for questions such as 'who is overdue in onboarding?' (status overdue) or 'how did "
            "ladder safety go this quarter by week?' (period this-quarter, by week). For all flows "
            "side by side use get_training_overview."
        ),
        intent=ReportQuestion,
        arguments=(
            _FLOW,
            _STATUS,
            _EVER,
            ToolArgument(
                "by",
                one_of("Completion over time, in buckets of this length.", GRAINS),
            ),
            ToolArgument("detailed", flag("With the modules that each person has completed.")),
            file(EXPORT_FORMATS),
        ),
        checked=_report,
    ),
    RoomTool(
        name="get_training_overview",
        title="Compare all training flows",
        description=(
            "Compares all training flows in MomoFlow that have a name in Flowbot, one line each: "
            "assigned, completed, overdue and the completion rate. Use it for questions across "
            "flows, such as 'which training is most behind?' or, with status overdue, 'who is "
            "overdue anywhere?'. For the people of one flow use get_training_report."
        ),
        intent=ReportQuestion,
        arguments=(_STATUS, _EVER, file(EXPORT_FORMATS)),
        fixed={"flow": ALL},
        checked=_report,
    ),
    RoomTool(
        name="assign_training",
        title="Assign training to a person",
        description=(
            "Proposes to assign one training flow in MomoFlow to one person, who then gets an "
            "e-mail from MomoFlow. It assigns nothing by itself: it answers with all values and a "
            "button, and only confirm_assign_training, once the person has agreed, assigns."
        ),
        intent=AssignFlow,
        arguments=(
            _FLOW,
            ToolArgument(
                "email",
                text("The e-mail address of the person.", examples=("ada@example.com",)),
                needed=True,
            ),
            ToolArgument(
                "due",
                text(
                    "When it is due: a date such as 2026-12-01, today, tomorrow or in 14 days. "
                    "Without it there is no due date.",
                    examples=("2026-12-01", "in 14 days"),
                ),
            ),
            ToolArgument(
                "priority",
                one_of("How urgent it is. Without it MomoFlow's default.", PRIORITIES),
            ),
            ToolArgument(
                "notes",
                text("Words for the person, in the e-mail.", longest=LONGEST_NOTES),
            ),
        ),
        checked=_assignment,
        deed=ToolDeed(
            title="Assign the training",
            done=(Assign,),
            action=TrainingAction.CONFIRM_ASSIGN,
        ),
    ),
)
