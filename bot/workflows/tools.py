"""What assistants may ask of website workflows, in words for a model."""

from dataclasses import replace
from typing import Any, Final

from bot.asking.core.declared.room_tools import (
    RoomTool,
    ToolArgument,
    as_typed,
    canonical_period,
    file,
    flag,
    period,
    text,
    texts,
    whole,
)
from bot.asking.question import TABLE_FORMATS
from bot.workflows.core.command import (
    DEFAULT_PERIOD,
    MAX_LIMIT,
    MAX_STEP,
    export_question,
    export_words,
)
from bot.workflows.question import (
    CHART,
    COUNTS,
    INFO,
    SOURCE,
    STEP,
    WORKFLOWS,
    ExportQuestion,
)

_MOST_VALUES: Final = 20
_WORKFLOW: Final = ToolArgument(
    "workflow",
    text(
        "The website workflow (a funnel of steps in giosg): its name, a part of the name, or its "
        "id. list_website_workflows has all of them.",
        examples=("checkout", "Spring campaign"),
    ),
    id_field="workflow_id",
    needed=True,
)
_ACTIONS: Final = ToolArgument(
    "actions", texts("Only events of these actions, as giosg calls them.", most=_MOST_VALUES)
)
_LABELS: Final = ToolArgument("labels", texts("Only events with these labels.", most=_MOST_VALUES))
_LIMIT: Final = ToolArgument(
    "limit",
    whole("At most so many rows of the file or of the answer.", most=MAX_LIMIT),
)
_WEEK: Final = period("the last 7 days")
_FILE: Final = file(TABLE_FORMATS)
_as_typed = as_typed(export_words, export_question)


def _data(asked: ExportQuestion) -> ExportQuestion:
    return _as_typed(replace(asked, period=canonical_period(asked.period)))


def _tool(name: str, title: str, description: str, data: str, *arguments: ToolArgument) -> RoomTool:
    """Return a tool about one kind of data of a workflow."""
    fixed: dict[str, Any] = {"data": data, "period": DEFAULT_PERIOD, "export": ""}
    return RoomTool(
        name=name,
        title=title,
        description=description,
        intent=ExportQuestion,
        arguments=(_WORKFLOW, *arguments),
        fixed=fixed,
        checked=_data,
        unsaid=("always",),
    )


TOOLS: Final = (
    RoomTool(
        name="list_website_workflows",
        title="List website workflows",
        description=(
            "Lists the website workflows (funnels of steps on a website) in giosg. Use it to find "
            "the name of a workflow."
        ),
        intent=ExportQuestion,
        arguments=(_FILE,),
        fixed={"workflow": "", "data": WORKFLOWS, "export": ""},
        checked=_as_typed,
        unsaid=("always",),
    ),
    RoomTool(
        name="get_website_workflow",
        title="Describe a website workflow",
        description=(
            "Describes one website workflow in giosg: its steps and their numbers, when its last "
            "event came, and what data can be had. Use it to find the number of a step."
        ),
        intent=ExportQuestion,
        arguments=(_WORKFLOW, _FILE),
        fixed={"data": INFO, "export": ""},
        checked=_as_typed,
        unsaid=("always",),
    ),
    _tool(
        "get_website_step_events",
        "Get the events of a workflow step",
        (
            "Answers with the events (rows) behind one step of a website workflow in giosg: the "
            "first of them in the answer, all of them as a file. Use it for questions such as "
            "'what happened at step 2 of checkout last week?'."
        ),
        STEP,
        ToolArgument(
            "step",
            whole("The number of the step, from 1; get_website_workflow has them.", most=MAX_STEP),
            needed=True,
        ),
        _WEEK,
        _ACTIONS,
        _LABELS,
        ToolArgument(
            "path",
            {
                **texts(
                    "Only events that came along this path of the chart: the actions of each step "
                    "from the first on, an empty list for any.",
                    most=MAX_STEP,
                ),
                "items": {"type": "array", "items": {"type": "string"}, "maxItems": _MOST_VALUES},
            },
        ),
        ToolArgument("goal", flag("Only events that reached the workflow's goal.")),
        _LIMIT,
        _FILE,
    ),
    _tool(
        "get_website_source_events",
        "Get the source events of a workflow",
        (
            "Answers with the events of a website workflow in giosg that belong to no step, its "
            "source data: the first of them in the answer, all of them as a file."
        ),
        SOURCE,
        _WEEK,
        _ACTIONS,
        _LABELS,
        ToolArgument("total", flag("Of all goals of the source data.")),
        _LIMIT,
        _FILE,
    ),
    _tool(
        "get_website_visitors",
        "Get a workflow's visitor counts",
        (
            "Answers how many visitors, visits and sessions a website workflow in giosg had in a "
            "period. Use it for questions such as 'how many people saw the checkout last month?'."
        ),
        COUNTS,
        _WEEK,
        _FILE,
    ),
    _tool(
        "get_website_workflow_chart",
        "Get the figures of a workflow's chart",
        (
            "Answers with the figures behind the chart of a website workflow in giosg in a period, "
            "as a table: how far people come along its steps. Use it to see where they leave a "
            "funnel."
        ),
        CHART,
        _WEEK,
        _ACTIONS,
        _LABELS,
        _FILE,
    ),
)
