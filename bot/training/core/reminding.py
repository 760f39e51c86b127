"""Reminders of overdue training: what can be wanted, and when each person may get one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from bot.asking.core.arguments import OpenForm, Token, joined
from bot.asking.core.fillers import word_set
from bot.asking.core.quiet import decent_time
from bot.consent.model import ConsentState
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.training.ids import TrainingCallback

LONGEST_NOTE: Final = 300
"""It travels in the value of a button."""
MOST_AT_ONCE: Final = 500
"""So many are reminded by one order: Slack finds forty addresses a minute."""
_NOTES: Final = frozenset({"note", "notes", "saying"})
_FILLERS: Final = word_set(
    """those who whom everyone everybody people persons all that is are overdue late behind in of
    for on about with the a them their its flow please still"""
)
_EXAMPLE: Final = '`/flow-report remind onboarding note "Please by Friday"`'


@dataclass(frozen=True, slots=True)
class PreviewReminders(Intent):
    """A flow whose overdue people are to be reminded, shown to whoever wants it first."""

    job: ClassVar[str] = "preview_reminders"
    needs: ClassVar[Right] = Right.REMIND
    flow: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RemindOverdue(Intent):
    """Reminders as they were shown: `flow` is the name then, `people` how many are concerned."""

    job: ClassVar[str] = "remind_overdue"
    needs: ClassVar[Right] = Right.REMIND
    once: ClassVar[bool] = True
    flow_id: str
    flow: str
    people: int
    note: str = ""
    turned: bool = True


@dataclass(frozen=True, slots=True)
class CancelReminders(Intent):
    """Shown reminders that are not wanted after all."""

    job: ClassVar[str] = "cancel_reminders"
    needs: ClassVar[Right] = Right.ASK
    flow: str
    turned: bool = True


@dataclass(frozen=True, slots=True)
class StopReminders(Intent):
    """What is left of somebody's own reminders is not to be sent."""

    job: ClassVar[str] = "stop_reminders"
    needs: ClassVar[Right] = Right.HELP
    token: str


@dataclass(frozen=True, slots=True)
class CheckTraining(Intent):
    """Whoever was reminded of flows says that they are done."""

    job: ClassVar[str] = "check_training"
    needs: ClassVar[Right] = Right.HELP
    flow_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendReminder(Intent):
    """One person is to be reminded on a day of theirs, as 2026-11-30."""

    job: ClassVar[str] = "send_reminder"
    person: str
    day: str
    since: datetime
    """Since when it is due."""

    @property
    def can_wait(self) -> bool:
        """Whether it lets all else go first."""
        return True


@dataclass(frozen=True, slots=True)
class TellReminded(Intent):
    """Whoever had people reminded is to be told what came of it."""

    job: ClassVar[str] = "tell_reminded"
    token: str


class Fate(StrEnum):
    """What becomes of a person who is overdue, when somebody wants them reminded."""

    NOW = "now"
    LATER = "later"
    """On the next morning on which they may be written to."""
    ASKED = "asked"
    """They are asked whether they may be reminded."""
    SILENT = "silent"
    """They did not agree; nobody is told whether they said no or nothing."""
    ALREADY = "already"
    ABSENT = "absent"
    """Nobody in Slack has their address, or only a guest, or somebody who has left."""


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What is known of somebody who is a member here: their zone, and what they said.

    `reminded` are the days of theirs on which they were reminded of the flow or are to be, and
    `written` those on which they were of any. `planned` is the day that the same order has planned
    already, and `asked` whether it had them asked.
    """

    zone: str
    consent: ConsentState | None = None
    reminded: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    planned: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """What becomes of somebody, and where they are reminded, when: in UTC, with their day.

    It is `held` for some days until they say whether they agree.
    """

    fate: Fate
    at: datetime | None = None
    day: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class ReminderPlans:
    """The plans of all who are overdue, by their ids in Slack; `absent` are not there.

    `open` are those of whom Slack does not tell now.
    """

    plans: Mapping[str, ReminderPlan] = field(default_factory=dict)
    absent: int = 0
    open: int = 0

    def of(self, *fates: Fate) -> tuple[str, ...]:
        """Return who has one of these fates."""
        return tuple(user for user, each in self.plans.items() if each.fate in fates)


def plan(one: MemberFacts, now: datetime, *, holidays: str) -> ReminderPlan:
    """Return what becomes of a member who is overdue; what is planned already has no moment."""
    if one.planned:
        return ReminderPlan(Fate.LATER if one.planned > day_of(now, one.zone) else Fate.NOW)
    if one.consent is None or (one.asked and one.consent is ConsentState.ASKED):
        return ReminderPlan(Fate.ASKED, held=True)
    if one.consent is not ConsentState.AGREED:
        return ReminderPlan(Fate.SILENT, held=one.consent is ConsentState.ASKED)
    today = day_of(now, one.zone)
    if any(each >= today for each in one.reminded):
        return ReminderPlan(Fate.ALREADY)
    at = decent_time(now, one.zone, holidays=holidays)
    while day_of(at, one.zone) in one.written:
        at = next_day(at, one.zone, holidays=holidays)
    return ReminderPlan(Fate.NOW if at == now else Fate.LATER, at, day_of(at, one.zone))


def next_day(moment: datetime, zone: str, *, holidays: str) -> datetime:
    """Return from when on somebody may be written to on a later day than that of a moment."""
    return decent_time(_midnight_after(moment, zone), zone, holidays=holidays)


def day_of(moment: datetime, zone: str) -> str:
    """Return the day of a moment in an IANA zone, as 2026-11-30."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def parse_remind(rest: Sequence[Token]) -> PreviewReminders | OpenForm:
    """Return what the words after "remind" want; without any, the form. Raises UserError.

    "those who are overdue in ladder safety" is the same as "ladder safety".
    """
    at = next((at for at, each in enumerate(rest) if each.word in _NOTES), len(rest))
    flow, note = _without_fillers(rest[:at]), checked_note(joined(rest[at + 1 :]))
    if at < len(rest) and not note:
        raise UserError(f"After note come words for those who are reminded: {_EXAMPLE}")
    if not flow and note:
        raise UserError(f"Which flow? It comes before the note: {_EXAMPLE}")
    return PreviewReminders(flow, note) if flow else OpenForm("", TrainingCallback.REMIND)


def checked_note(typed: str) -> str:
    """Return words for those who are reminded. Raises UserError for too many."""
    note = typed.strip()
    if len(note) > LONGEST_NOTE:
        raise UserError(f"A note has at most {LONGEST_NOTE} letters; this one has {len(note):,}.")
    return note


def _without_fillers(words: Sequence[Token]) -> str:
    """Return the name of a flow without what may stand before it; all of it if that is all."""
    start = next((at for at, each in enumerate(words) if each.word not in _FILLERS), len(words))
    return joined(words[start:])


def _midnight_after(moment: datetime, zone: str) -> datetime:
    local = moment.astimezone(ZoneInfo(zone))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), ZoneInfo(zone))
    return tomorrow.astimezone(moment.tzinfo)
