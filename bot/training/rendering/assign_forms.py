"""The form that assigns a flow, and its preview, which takes the place of the form."""

from datetime import date
from typing import Any, Final

from bot.asking.rendering.dates import local_day, weekday_and_day
from bot.slack.blocks.blocks import bold, bullets, context, paragraph, plain
from bot.slack.blocks.inputs import (
    Values,
    date_input,
    field,
    option,
    person_select,
    searched_select,
    select,
    text_input,
    text_of,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Block
from bot.training.core.command import LONGEST_NOTES, AssignFlow
from bot.training.ids import TrainingAction, TrainingCallback
from bot.training.model import PRIORITIES, NewAssignment

TITLE: Final = "Assign training"
DEFAULT: Final = "default"
_LONGEST_EMAIL: Final = 254


def assign_modal(entered: AssignFlow, *, metadata: str, problem: str = "") -> View:
    """Return the form with what was entered, and above it what was wrong with that."""
    wrong = (paragraph(bold(problem)),) if problem else ()
    return modal(
        TrainingCallback.ASSIGN,
        TITLE,
        (*wrong, *_inputs(entered)),
        submit="Next",
        metadata=metadata,
    )


def assign_form(values: Values) -> AssignFlow | Errors:
    """Return what was entered, or messages for the inputs that need another look."""
    user = text_of(values, TrainingAction.PERSON)
    email = text_of(values, TrainingAction.EMAIL)
    flow = text_of(values, TrainingAction.FLOW_TO_ASSIGN)
    priority = text_of(values, TrainingAction.PRIORITY)
    if not flow:
        return {TrainingAction.FLOW_TO_ASSIGN: "Choose a flow."}
    if bool(user) == bool(email):
        wrong = "Choose a person or give an address, not both."
        return {TrainingAction.EMAIL: wrong if user else "Who should get it?"}
    if email and ("@" not in email or " " in email):
        return {TrainingAction.EMAIL: "That is no e-mail address."}
    return AssignFlow(
        flow=flow,
        user=user,
        email=email,
        due=text_of(values, TrainingAction.DUE),
        priority=priority if priority in PRIORITIES else "",
        notes=text_of(values, TrainingAction.NOTES),
    )


def confirm_modal(new: NewAssignment, *, flow: str, zone: str, today: date, metadata: str) -> View:
    """Return the preview of an assignment; submitting it makes the assignment."""
    return modal(
        TrainingCallback.CONFIRM_ASSIGN,
        TITLE,
        (*assignment_blocks(new, flow=flow, zone=zone, today=today), _ONCE),
        submit="Assign",
        metadata=metadata,
    )


def assignment_blocks(
    new: NewAssignment, *, flow: str, zone: str, today: date
) -> tuple[Block, ...]:
    """Return what would be assigned, for a message and for a window."""
    due = local_day(new.due_at, zone) if new.due_at else None
    facts = (
        ("Due: ", weekday_and_day(due, this_year=today.year) if due else "no date"),
        ("Priority: ", new.priority or DEFAULT),
        ("Notes: ", new.notes),
    )
    return (
        paragraph(bold(f"Assign {flow} to {new.email}?")),
        bullets(*[(plain(label), plain(fact)) for label, fact in facts if fact]),
    )


_ONCE: Final = context("You can change or end it only in MomoFlow.")


def _inputs(entered: AssignFlow) -> tuple[Block, ...]:
    chosen = option(entered.flow, entered.flow) if entered.flow else None
    priorities = ((DEFAULT, "Default"), *((each, each.capitalize()) for each in PRIORITIES))
    typed: dict[str, Any] = {"typed": entered.email} if entered.email else {}
    return (
        field(
            "Flow",
            searched_select(
                TrainingAction.FLOW_TO_ASSIGN, placeholder="Choose a flow", chosen=chosen
            ),
        ),
        field(
            "Person",
            person_select(
                TrainingAction.PERSON, placeholder="Choose a person", chosen=entered.user
            ),
            optional=True,
        ),
        field(
            "Or an e-mail address",
            text_input(
                TrainingAction.EMAIL,
                placeholder="ada@example.com",
                longest=_LONGEST_EMAIL,
                **typed,
            ),
            optional=True,
        ),
        field("Due", date_input(TrainingAction.DUE, chosen=entered.due), optional=True),
        field(
            "Priority",
            select(TrainingAction.PRIORITY, priorities, chosen=entered.priority or DEFAULT),
        ),
        field(
            "Notes for the person",
            text_input(
                TrainingAction.NOTES,
                placeholder="By Friday, please",
                longest=LONGEST_NOTES,
                typed=entered.notes,
                lines=True,
            ),
            optional=True,
        ),
    )
