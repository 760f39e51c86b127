"""What changes something about training, for the rules, a second person and the audit."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.policy import Thing
from bot.slack.blocks.wording import counted
from bot.training.core.command import Assign, ForgetName, NameFlow
from bot.training.core.reminding import RemindOverdue, StopReminders
from bot.training.names import TrainingNames

ASSIGN: Final[Deed[Assign]] = Deed(
    "Assign training",
    thing=lambda wanted: Thing(wanted.flow_id, wanted.flow),
    words=lambda wanted, thing: f"assign {thing.name} to {wanted.email}",
)
REMIND: Final[Deed[RemindOverdue]] = Deed(
    "Remind people of training",
    thing=lambda wanted: Thing(wanted.flow_id, wanted.flow),
    words=lambda wanted, thing: f"{_whom(wanted.people)} overdue in {thing.name}",
)
STOP: Final[Deed[StopReminders]] = Deed("Stop reminders")
NAME: Final[Deed[NameFlow]] = Deed(
    "Name a flow",
    thing=lambda wanted: Thing(wanted.flow_id, wanted.name),
    words=lambda wanted, _: f"call the flow {wanted.flow_id} {wanted.name}",
)
FORGET: Final[Deed[ForgetName]] = Deed(
    "Forget a name",
    thing=lambda wanted: Thing("", wanted.name),
    words=lambda wanted, _: f"take the name {wanted.name} away",
)


def _whom(people: int) -> str:
    """Return whom somebody wants reminded, or else asked first."""
    if not people:
        return "ask whether I may remind those who are"
    return f"remind {counted(people, 'person', 'people')} who {'is' if people == 1 else 'are'}"


def things(names: TrainingNames) -> dict[Right, Callable[[str], Awaitable[Thing]]]:
    """Return what finds the flow that a rule is about."""

    async def flow(typed: str) -> Thing:
        found = await names.resolve(typed)
        return Thing(found.flow_id, found.name)

    return {Right.ASSIGN: flow, Right.REMIND: flow, Right.NAME: flow}
