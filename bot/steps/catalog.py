"""Which steps there are, and the lists from which their inputs are picked. Pure.

Steps of questions are the same for all services: a room is in them as soon as its kind of question
has a picker. What else a room offers it declares itself (bot.asking.core.room_steps).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.asking.core.room_steps import (
    CHANNEL,
    FLAG,
    NUMBER,
    PERSON,
    WHEN,
    RoomStep,
    StepInput,
    StepOutput,
)
from bot.feature import Feature

INTERACTIVITY: Final = "slack#/types/interactivity"
REPORT: Final = "get_report"
EXPORT: Final = "export_file"
CHECK: Final = "check_figure"

SERVICES: Final = "list_services"
THINGS: Final = "list_things"
REPORTS: Final = "list_reports"
PERIODS: Final = "list_periods"
FORMATS: Final = "list_formats"
FIGURES: Final = "list_figures"
COMPARISONS: Final = "list_comparisons"

_IN_NAME_OF: Final = StepInput(
    name="person",
    title="In the name of",
    description="Only what this person may see or do is told or done. Choose the person who "
    "started the workflow.",
    type=PERSON,
)
_STARTED_BY: Final = StepInput(
    name="started_by",
    title="Started by",
    description="By this Slack says who started the workflow.",
    type=INTERACTIVITY,
    needed=False,
)
_PLACE: Final = StepInput(
    name="channel",
    title="Channel",
    description="Where it is told. Empty: in the direct messages of the person.",
    type=CHANNEL,
    needed=False,
)
_QUESTION: Final = (
    StepInput(name="service", title="Service", picks=SERVICES),
    StepInput(name="report", title="Report", picks=REPORTS),
    StepInput(
        name="about",
        title="About",
        description="The flow, event, workflow or channel that it is about, if it is about one.",
        needed=False,
        picks=THINGS,
    ),
    StepInput(
        name="period",
        title="Period",
        description="Or in words, such as last-30d or this-month.",
        needed=False,
        picks=PERIODS,
    ),
)
_MEASURE: Final = StepInput(
    name="figure",
    title="Figure",
    description="Which figure of the report becomes the value.",
    needed=False,
    picks=FIGURES,
)
_SUMMARY: Final = StepOutput(name="summary", title="Summary", description="The headline", sure=True)
_LINK: Final = StepOutput(name="link", title="Link to the message")
_VALUE: Final = (
    StepOutput(name="value", title="Value", description="The figure, as a number", type=NUMBER),
    StepOutput(name="value_text", title="Value in words", description="The figure as people say"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowStep:
    """A step as Workflow Builder knows it; `room` is that of a vendor's room, if it is one's."""

    callback: str
    title: str
    description: str
    inputs: tuple[StepInput, ...]
    outputs: tuple[StepOutput, ...]
    room: RoomStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionList:
    """A list to pick from: it is given these inputs of its step beside what was typed so far.

    `action` is the action id of a room's list, where it is one.
    """

    callback: str
    title: str
    given: tuple[str, ...] = ()
    action: str = ""


@dataclass(frozen=True, slots=True)
class StepCatalog:
    """All steps and lists by their callback ids."""

    steps: Mapping[str, WorkflowStep] = field(default_factory=dict)
    lists: Mapping[str, OptionList] = field(default_factory=dict)


_STEPS: Final = (
    WorkflowStep(
        callback=REPORT,
        title="Get a report",
        description="Posts a report, and gives its figures to the steps that come after",
        inputs=(
            _IN_NAME_OF,
            *_QUESTION,
            _PLACE,
            _MEASURE,
            StepInput(
                name="format",
                title="File",
                description="The data behind it as a file in the thread, if wanted.",
                needed=False,
                picks=FORMATS,
            ),
            _STARTED_BY,
        ),
        outputs=(
            _SUMMARY,
            _LINK,
            *_VALUE,
            StepOutput(name="file_link", title="Link to the file's message"),
        ),
    ),
    WorkflowStep(
        callback=EXPORT,
        title="Export a file to a channel",
        description="Posts data as a file, and goes on once the file is in the channel",
        inputs=(
            _IN_NAME_OF,
            *_QUESTION,
            StepInput(name="format", title="Format", picks=FORMATS),
            replace(_PLACE, description="Where the file goes.", needed=True),
            _STARTED_BY,
        ),
        outputs=(
            _SUMMARY,
            _LINK,
            StepOutput(name="has_file", title="Has a file", type=FLAG, sure=True),
            StepOutput(name="file_name", title="Name of the file"),
        ),
    ),
    WorkflowStep(
        callback=CHECK,
        title="Check a figure",
        description="Tells whether a figure is past a threshold, to branch on. Nothing is posted",
        inputs=(
            _IN_NAME_OF,
            *_QUESTION,
            replace(_MEASURE, description="Which figure of the report is compared.", needed=True),
            StepInput(name="comparison", title="Is", picks=COMPARISONS),
            StepInput(
                name="threshold",
                title="Threshold",
                description="In the figure's own unit: of a percentage 80, not 0.8.",
                type=NUMBER,
            ),
            _STARTED_BY,
        ),
        outputs=(
            StepOutput(name="crossed", title="Threshold crossed", type=FLAG, sure=True),
            *_VALUE,
            StepOutput(
                name="since",
                title="Since",
                description="Since when checks like this one find it so",
                type=WHEN,
                sure=True,
            ),
        ),
    ),
)
_LISTS: Final = (
    OptionList(callback=SERVICES, title="Services"),
    OptionList(callback=REPORTS, title="Reports", given=("service",)),
    OptionList(callback=THINGS, title="What a report is about", given=("service",)),
    OptionList(callback=PERIODS, title="Periods", given=("service",)),
    OptionList(callback=FORMATS, title="Formats", given=("service", "report")),
    OptionList(callback=FIGURES, title="Figures of a report", given=("service", "report")),
    OptionList(callback=COMPARISONS, title="Comparisons"),
)


def catalog_of(features: Iterable[Feature[Any]]) -> StepCatalog:
    """Return all steps: those of questions, then what rooms declare."""
    of_rooms = [each for one in features for each in one.steps]
    steps = (*_STEPS, *map(_of_room, of_rooms))
    lists = (*_LISTS, *(one for each in of_rooms for one in _lists_of(each)))
    return StepCatalog(
        {each.callback: each for each in steps}, {each.callback: each for each in lists}
    )


def _of_room(step: RoomStep) -> WorkflowStep:
    return WorkflowStep(
        callback=step.callback,
        title=step.title,
        description=step.description,
        inputs=(
            _IN_NAME_OF,
            *(_picked(step, each) for each in step.inputs),
            *((_PLACE,) if step.in_channel else ()),
            _STARTED_BY,
        ),
        outputs=(*((_SUMMARY, _LINK) if step.wanted else ()), *step.outputs),
        room=step,
    )


def _picked(step: RoomStep, one: StepInput) -> StepInput:
    return replace(one, picks=_list_name(step, one)) if one.picks else one


def _lists_of(step: RoomStep) -> Sequence[OptionList]:
    return [
        OptionList(callback=_list_name(step, each), title=each.title, action=each.picks)
        for each in step.inputs
        if each.picks
    ]


def _list_name(step: RoomStep, one: StepInput) -> str:
    return f"list_{step.callback}_{one.name}"
