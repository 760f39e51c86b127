"""Assigning a flow to a person: the question before it, and how it went."""

from bot.asking.rendering.dates import day, local_day
from bot.slack.blocks.blocks import actions, bold, bullets, button, code, message, paragraph, plain
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message
from bot.training.ids import TrainingAction, TrainingBlock
from bot.training.model import AssignmentReceipt, NewAssignment


def assign_question(new: NewAssignment, *, flow: str, zone: str, value: str) -> Message:
    """Return the question whether to assign, for the asker alone; `value` comes back on a click."""
    facts = (
        ("Flow: ", flow),
        ("Person: ", new.email),
        ("Due: ", day(local_day(new.due_at, zone)) if new.due_at else "no date"),
        ("Priority: ", new.priority or "as MomoFlow sets it"),
        ("Notes: ", new.notes),
    )
    return message(
        f"Assign {flow} to {new.email}?",
        paragraph(bold(f"Assign this flow to {new.email}?")),
        bullets(*[(plain(label), bold(fact)) for label, fact in facts if fact]),
        actions(
            TrainingBlock.ASSIGN_BUTTONS,
            button("Assign", TrainingAction.CONFIRM_ASSIGN, value=value, style="primary"),
            button("Cancel", TrainingAction.CANCEL_ASSIGN, value=value),
        ),
    )


def assign_cancelled(*, flow: str, email: str) -> Message:
    """Return that nothing was assigned."""
    text = f"Cancelled: {flow} was not assigned to {email}."
    return message(text, paragraph(plain(text)))


def assigned(made: AssignmentReceipt, *, asked_by: str) -> Message:
    """Return the vendor's confirmation, naming who asked without notifying them."""
    modules = "" if made.module_count is None else counted(made.module_count, "module")
    facts = ", ".join(fact for fact in (modules, made.estimated_duration) if fact)
    text = f"{made.flow_name} is now assigned to {made.email}{facts and f' ({facts})'}."
    return message(
        text,
        paragraph(plain(text)),
        paragraph(plain(f"Asked by {asked_by}. Assignment "), code(made.assignment_id)),
    )


def assign_uncertain(*, flow: str, email: str) -> Message:
    """Return that MomoFlow did not answer, so that nobody repeats the assignment blindly."""
    text = (
        f"MomoFlow did not confirm in time, so the assignment of {flow} to {email} may or may not "
        "have been made. Look in MomoFlow, or ask for the report of the flow, before you assign it "
        "again: a second one may be added to the first."
    )
    return message(text, paragraph(plain(text)))
