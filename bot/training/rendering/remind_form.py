"""The form of reminders, and reading it back; the twins stand side by side."""

from typing import Final

from bot.slack.blocks.blocks import context
from bot.slack.blocks.inputs import Values, field, option, searched_select, text_input, text_of
from bot.slack.blocks.modals import Errors, View, modal
from bot.training.core.reminding import LONGEST_NOTE, PreviewReminders
from bot.training.ids import TrainingAction, TrainingCallback

TITLE: Final = "Remind people"


def remind_modal(flow: str, *, metadata: str) -> View:
    """Return the form, about a flow or none yet."""
    chosen = option(flow, flow) if flow else None
    return modal(
        TrainingCallback.REMIND,
        TITLE,
        (
            field(
                "Flow",
                searched_select(
                    TrainingAction.FLOW_TO_REMIND, placeholder="Find a flow", chosen=chosen
                ),
            ),
            field(
                "Your words to them",
                text_input(
                    TrainingAction.REMIND_NOTE,
                    placeholder="Please finish it by Friday",
                    longest=LONGEST_NOTE,
                    lines=True,
                ),
                optional=True,
            ),
            context("You see first who is reminded, who is asked, and who is left alone."),
        ),
        submit="Next",
        metadata=metadata,
    )


def remind_form(values: Values) -> PreviewReminders | Errors:
    """Return what was entered, or messages for the inputs that need another look."""
    flow = text_of(values, TrainingAction.FLOW_TO_REMIND)
    if not flow:
        return {TrainingAction.FLOW_TO_REMIND: "Choose a flow."}
    return PreviewReminders(flow, text_of(values, TrainingAction.REMIND_NOTE).strip())
