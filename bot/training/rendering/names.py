"""Names that people gave to flow ids."""

from collections.abc import Mapping
from typing import Final

from bot.asking.rendering.offers import offer, opening
from bot.asking.rendering.presses import brief, menu_of
from bot.slack.blocks.blocks import (
    Element,
    actions,
    context,
    header,
    message,
    paragraph,
    plain,
    says,
    section,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message
from bot.training.core.command import ForgetName, NameFlow
from bot.training.core.names import ALL
from bot.training.ids import TrainingCallback
from bot.training.question import ReportQuestion

_UNCHECKED: Final = (
    " MomoFlow cannot say at the moment whether it has this flow; the first report will show it."
)
_NAME_ONE: Final = "Give a flow its name with its id in MomoFlow: "
_EXAMPLE: Final = "`/flow-report name onboarding flow_123abc`"
_EACH: Final = 5
"""So many have a button each."""


def names_list(names: Mapping[str, str]) -> Message:
    """Return all names in the order given, and a report of each; ids are in the files alone."""
    if not names:
        return says(f"No flow has a name yet. {_NAME_ONE}{_EXAMPLE}")
    title = counted(len(names), "named flow")
    return message(
        f"{title}: {', '.join(names)}",
        header(title),
        *_listed(names),
        actions(BlockId.REPORT_BUTTONS, *_buttons(names)),
        context(f"{_NAME_ONE}{_EXAMPLE.strip('`')}"),
    )


def named(name: str, flow_id: str, *, before: str = "", is_known: bool = True) -> Message:
    """Return that a flow has its name; `before` is the id that had it so far.

    `is_known` says whether MomoFlow has such a flow for sure.
    """
    moved = f" It stood for {before} before." if before and before != flow_id else ""
    text = f"Done. {name} is now the name of {flow_id}.{moved}{'' if is_known else _UNCHECKED}"
    undone = NameFlow(name, before) if before else ForgetName(name)
    undo = () if before == flow_id else offer("Undo", undone, spoken="Take that back")
    return _with(text, (*offer("Show report", ReportQuestion(name, flow_id=flow_id)), *undo))


def unnamed(name: str, flow_id: str) -> Message:
    """Return that a name is gone, and how to give it again."""
    text = f"Done. {flow_id} is no longer called {name}."
    return _with(text, offer("Undo", NameFlow(name, flow_id)))


def _listed(names: Mapping[str, str]) -> tuple[Block, ...]:
    """Return each flow with its button, or many in a table."""
    if len(names) > _EACH:
        return data_table(
            "Named flows",
            columns=("Name",),
            rows=((words(name),) for name in names),
            total=len(names),
        )
    return tuple(
        {**section(name), "accessory": button}
        for name, flow_id in names.items()
        for button in offer(
            "Report", ReportQuestion(name, flow_id=flow_id), spoken=f"Show the report on {name}"
        )
    )


def _buttons(names: Mapping[str, str]) -> tuple[Element, ...]:
    return (
        *(_choice(names) if len(names) > _EACH else ()),
        *offer("All flows", ReportQuestion(ALL)),
        *opening("Assign", TrainingCallback.ASSIGN),
    )


def _choice(names: Mapping[str, str]) -> tuple[Element, ...]:
    """Return the menu of reports, or the form for more flows than a menu holds."""
    reports = [
        (name, brief(ReportQuestion(name, flow_id=flow_id))) for name, flow_id in names.items()
    ]
    choose = "Choose a flow"
    return menu_of(choose, reports) or opening(choose, TrainingCallback.GET_REPORT)


def _with(text: str, buttons: tuple[Element, ...]) -> Message:
    row = (actions(BlockId.REPORT_BUTTONS, *buttons),) if buttons else ()
    return message(text, paragraph(plain(text)), *row)
