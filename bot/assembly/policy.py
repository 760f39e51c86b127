"""Who may do what and who did, put together of what all features share."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.feature import Parts, Wiring
from bot.jobs.trail.store import AuditTrail
from bot.policy.agreements import Agreements
from bot.policy.desk import PolicyDesk
from bot.policy.forms import PolicyForms
from bot.policy.store import AgreementStore
from bot.policy.trail import AuditDesk


@dataclass(frozen=True, slots=True)
class PolicyRoom:
    """The desks of admins, and who asks for a second person; `waiting` keeps what waits for one."""

    rules: PolicyDesk
    audit: AuditDesk
    agreements: Agreements
    waiting: AgreementStore
    forms: PolicyForms

    @property
    def workplaces(self) -> tuple[PolicyDesk, AuditDesk, Agreements]:
        """Where the work is done."""
        return self.rules, self.audit, self.agreements


def policy_of(parts: Parts, trail: AuditTrail, wirings: Iterable[Wiring]) -> PolicyRoom:
    """Return all that is done about rules, the audit and second persons."""
    waiting = AgreementStore(parts.database)
    things = {right.value: find for each in wirings for right, find in each.things.items()}
    known = parts.policies, parts.groups, parts.directory, parts.slack
    told = parts.directory, parts.slack, parts.clock
    return PolicyRoom(
        PolicyDesk(*known, things),
        AuditDesk(trail, parts.tables, parts.clock),
        Agreements(waiting, *told, queue=parts.jobs.queue),
        waiting,
        PolicyForms(parts.groups),
    )
