"""The form of runs that ask nobody, and its next page: what will start, to be confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.errors import UserError
from bot.runs.core.batch_input import Values, batch_input
from bot.runs.ids import RunAction, RunCallback
from bot.runs.model import Flow
from bot.runs.rendering.forms import flow_option
from bot.runs.rendering.words import vendor_words
from bot.slack.blocks.blocks import bullets, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import (
    Values as Inputs,
)
from bot.slack.blocks.inputs import (
    conversation_select,
    field,
    file_input,
    file_of,
    searched_select,
    text_input,
    text_of,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.blocks.wording import counted

TITLE: Final = "Run without questions"
_SHOWN: Final = 5
_EXAMPLE: Final = "customer,month\nNorth,2026-11\nSouth,2026-11"


@dataclass(frozen=True, slots=True)
class BatchForm:
    """A submitted form: the flow's id, the input of all runs as typed, where their cards go.

    Or the input is in the `file` of Slack's id.
    """

    flow: str
    text: str
    channel: str
    file: str = ""


def batch_modal(*, chosen: Flow | None = None) -> View:
    """Return the form; `chosen` is the flow that is picked at first."""
    pick = searched_select(
        RunAction.FLOW_TO_RUN,
        placeholder="Type a part of its name",
        chosen=flow_option(chosen) if chosen else None,
    )
    typed = text_input(
        RunAction.BATCH_INPUT,
        placeholder=_EXAMPLE,
        longest=LIMITS.plain_text_input,
        lines=True,
    )
    return modal(
        RunCallback.RUN_BATCH,
        TITLE,
        (
            field("Flow", pick),
            field(
                "Input, one run a line",
                typed,
                optional=True,
                hint=f"CSV with the names first, or JSON. At most {LIMITS.plain_text_input:,} "
                "characters; upload what is longer.",
            ),
            field(
                "Or a file with it",
                file_input(RunAction.BATCH_FILE, "csv", "json", "txt"),
                optional=True,
                hint="Leave both empty to start one run.",
            ),
            field("Report to", conversation_select(Action.CONVERSATION)),
            context("Nobody is asked anything: Smart Flows takes its own defaults."),
        ),
        submit="Preview",
        metadata="",
    )


def batch_form(values: Inputs) -> BatchForm | Errors:
    """Return what is to be started, or messages for the inputs that need another look."""
    flow = text_of(values, RunAction.FLOW_TO_RUN)
    errors: Errors = {} if flow else {RunAction.FLOW_TO_RUN: "Choose a flow."}
    text, file = text_of(values, RunAction.BATCH_INPUT), file_of(values, RunAction.BATCH_FILE)
    if text and file:
        return {**errors, RunAction.BATCH_FILE: "Type the input or upload it, not both."}
    try:
        batch_input(text)
    except UserError as mistake:
        return {**errors, RunAction.BATCH_INPUT: str(mistake)}
    return errors or BatchForm(flow, text, text_of(values, Action.CONVERSATION), file)


def batch_preview(flow: str, runs: Sequence[Values], *, metadata: str) -> View:
    """Return the next page: how many runs of which flow start, and the first of their inputs."""
    name = vendor_words(flow) or "this flow"
    number = counted(len(runs), "run")
    shown = [(plain(_line(each)),) for each in runs[:_SHOWN] if each]
    more = len(runs) - _SHOWN
    return modal(
        RunCallback.CONFIRM_BATCH,
        TITLE,
        (
            paragraph(plain(f"{number} of {name} will start at once, without questions.")),
            *([bullets(*shown)] if shown else []),
            *([context(f"and {more:,} more")] if more > 0 else []),
        ),
        submit=f"Start {number}",
        metadata=metadata,
    )


def _line(values: Values) -> str:
    return vendor_words(", ".join(f"{name}: {value}" for name, value in values.items()))
