"""Assigning a flow to a person: the question before it, and how it went."""

from datetime import date

from bot.slack.blocks.blocks import Element, actions, button, context, message, paragraph, plain
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message
from bot.training.ids import TrainingAction, TrainingBlock
from bot.training.model import AssignmentReceipt, NewAssignment
from bot.training.rendering.assign_forms import assignment_blocks


def assign_question(
    new: NewAssignment, *, flow: str, zone: str, today: date, value: str
) -> Message:
    """Return the question whether to assign, for the asker alone; `value` comes back on a click."""
    return message(
        f"Assign {flow} to {new.email}?",
        *assignment_blocks(new, flow=flow, zone=zone, today=today),
        actions(
            TrainingBlock.ASSIGN_BUTTONS,
            button("Assign", TrainingAction.CONFIRM_ASSIGN, value=value, style="primary"),
            button("Cancel", TrainingAction.CANCEL_ASSIGN, value=value),
        ),
    )


def assign_cancelled(*, flow: str, email: str) -> Message:
    """Return that nothing was assigned."""
    text = f"Cancelled. {flow} was not assigned to {email}."
    return message(text, paragraph(plain(text)))


def assigned(
    made: AssignmentReceipt, *, flow: str, asked_by: str, buttons: tuple[Element, ...] = ()
) -> Message:
    """Return the vendor's confirmation, naming who asked without notifying them."""
    modules = "" if made.module_count is None else counted(made.module_count, "module")
    facts = ", ".join(fact for fact in (modules, made.estimated_duration) if fact)
    text = f"{made.flow_name or flow} is now assigned to {made.email}{facts and f' ({facts})'}."
    row = (actions(TrainingBlock.ASSIGN_BUTTONS, *buttons),) if buttons else ()
    asked = (context(f"Asked by {asked_by}"),) if asked_by else ()
    return message(text, paragraph(plain(text)), *row, *asked)


def assign_uncertain(*, flow: str, email: str, buttons: tuple[Element, ...] = ()) -> Message:
    """Return that MomoFlow did not answer, so that nobody repeats the assignment blindly."""
    text = (
        f"MomoFlow did not confirm in time: {flow} may or may not have been assigned to {email}. "
        "Look at the report before you assign it again: a second one may be added to the first."
    )
    row = (actions(TrainingBlock.ASSIGN_BUTTONS, *buttons),) if buttons else ()
    return message(text, paragraph(plain(text)), *row)
