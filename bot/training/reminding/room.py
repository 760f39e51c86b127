"""Reminders, put together."""

from dataclasses import dataclass
from typing import Any

from bot.feature import Parts
from bot.http.connection import Connection
from bot.jobs.tasks import Task
from bot.training import deeds
from bot.training.client import MomoFlow
from bot.training.core.reminding import (
    CancelReminders,
    CheckTraining,
    PreviewReminders,
    RemindOverdue,
    SendReminder,
    StopReminders,
    TellReminded,
)
from bot.training.names import TrainingNames
from bot.training.reminding.forms import RemindForms
from bot.training.reminding.held import HeldReminders
from bot.training.reminding.overdue import OverdueLists
from bot.training.reminding.planning import Planner
from bot.training.reminding.reminders import Reminders
from bot.training.reminding.sending import Sender
from bot.training.reminding.store import ReminderStore


@dataclass(frozen=True, slots=True)
class ReminderRoom:
    """All that is done about reminders in a workspace."""

    wanted: Reminders
    sender: Sender
    store: ReminderStore
    forms: RemindForms

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return (
            Task(PreviewReminders, self.wanted.preview),
            Task(RemindOverdue, self.wanted.remind, deed=deeds.REMIND),
            Task(CancelReminders, self.wanted.cancel),
            Task(StopReminders, self.wanted.stop, deed=deeds.STOP),
            Task(CheckTraining, self.sender.check),
            Task(SendReminder, self.sender.send, failed=self.sender.failed),
            Task(TellReminded, self.sender.tell_sender),
        )


def reminding_of(
    parts: Parts, names: TrainingNames, momoflow: Connection[MomoFlow]
) -> ReminderRoom:
    """Return it, listening from now on to what people agree to."""
    clock, queue, holidays = parts.clock, parts.jobs.queue, parts.general.holidays
    store, overdue = ReminderStore(parts.database), OverdueLists(momoflow, clock)
    planner = Planner(parts.people, store, clock, holidays=holidays)
    sender = Sender(overdue, parts.directory, parts.database, clock, holidays=holidays, queue=queue)
    wanted = Reminders(names, overdue, planner, parts.consents, parts.database, clock, queue=queue)
    parts.consents.serve(HeldReminders(overdue, clock, queue=queue))
    return ReminderRoom(wanted, sender, store, RemindForms(names))
