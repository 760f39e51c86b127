"""Who did what, to what, where and when, and what came of it: noted with the end of each deed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.jobs.access import DOES, Right
from bot.jobs.deeds import Deed
from bot.jobs.outcome import CameTo, Outcome
from bot.jobs.policy import NO_THING, Thing
from bot.jobs.request import Job
from bot.slack.people import Person


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row: who, what, to what, where, when, what came of it, and who agreed or refused.

    `reason` is a sentence of ours. No row has anything that a vendor said or that somebody entered
    but the thing's id and name.
    """

    at: datetime
    user: str
    user_name: str
    action: str
    right: str
    came_to: CameTo
    thing: Thing = NO_THING
    channel: str = ""
    by: str = ""
    by_name: str = ""
    reason: str = ""


def audited(
    job: Job[Any], outcome: Outcome, deed: Deed[Any] | None, at: datetime
) -> AuditRow | None:
    """Return the row for the end of a job; None for what is no deed, and for nothing done.

    Whoever is refused anything is noted, whether it changes something or not.
    """
    came_to = outcome.came_to or (CameTo.FAILED if outcome.error else CameTo.DONE)
    right, request = job.details.needs, job.request
    refused = came_to is CameTo.DENIED and right is not Right.HELP
    if not request.user or outcome.again_at or came_to is CameTo.NOTHING:
        return None
    if deed is None and not refused:
        return None
    return AuditRow(
        at=at,
        user=request.user,
        user_name=job.asker.name or request.user_name,
        action=deed.does if deed else action_of(right),
        right=right,
        came_to=came_to,
        thing=job.thing or (deed.thing(job.details) if deed else NO_THING),
        channel=request.where,
        by=request.agreed_by,
        by_name=request.agreed_name,
        reason=outcome.reason,
    )


def denied(right: Right, who: Person, where: str, at: datetime, why: str) -> AuditRow:
    """Return the row for somebody who was refused at a door before anything was wanted."""
    row = AuditRow(at, who.id, who.name, action_of(right), right, CameTo.DENIED)
    return replace(row, channel=where, reason=why)


def action_of(right: Right) -> str:
    """Return what a right lets somebody do, to begin a line."""
    does = DOES.get(right, "decide who may do what" if right is Right.GOVERN else right)
    return f"{does[:1].upper()}{does[1:]}"
