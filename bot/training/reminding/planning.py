"""Who of those who are overdue is reminded, when, and who is asked first or left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.consent.model import ConsentState
from bot.consent.people import PeopleOfServices
from bot.slack.people import Person
from bot.training.core.reminding import MOST_AT_ONCE, MemberFacts, ReminderPlans, plan
from bot.training.reminding.model import ReminderDay, ReminderState
from bot.training.reminding.overdue import OverdueList
from bot.training.reminding.store import ReminderStore

_LOOK_BACK = timedelta(days=2)
"""Days of people are up to a day ahead of or behind UTC."""


@dataclass(frozen=True, slots=True)
class PlannedPeople:
    """The plans of all who are overdue, and who they are by their ids.

    Where Slack did not tell of all of them, it may from `again_at` on.
    """

    plans: ReminderPlans
    people: Mapping[str, Person]
    again_at: datetime | None = None


class Planner:
    """Asks Slack who has which address, at its pace."""

    def __init__(
        self, people: PeopleOfServices, store: ReminderStore, clock: Clock, *, holidays: str
    ) -> None:
        """Find `people`; on public holidays of the place `holidays` nobody is reminded."""
        self._people = people
        self._store = store
        self._clock = clock
        self._holidays = holidays

    async def planned(self, late: OverdueList, flow_id: str, *, token: str = "") -> PlannedPeople:
        """Return what becomes of those who wait longest.

        `token` is that of the order, which may have been planned for some of them already.
        """
        emails = [*late.people][:MOST_AT_ONCE]
        found = await self._people.find(emails)
        people = {each.id: each for each in found.people.values()}
        said = await self._people.consents.states(list(people))
        now = self._clock.now()
        since = f"{now - _LOOK_BACK:%Y-%m-%d}"
        days = await self._store.days(list(people), since=since)
        plans = {
            user: plan(
                _facts(person, said.get(user), days.get(user, []), flow_id, token),
                now,
                holidays=self._holidays,
            )
            for user, person in people.items()
        }
        absent = len(emails) - len(found.open) - len(found.people)
        all_plans = ReminderPlans(plans, absent, len(found.open))
        return PlannedPeople(all_plans, people, found.again_at)


def _facts(
    person: Person,
    said: ConsentState | None,
    days: Sequence[ReminderDay],
    flow_id: str,
    token: str,
) -> MemberFacts:
    of_flow = [each for each in days if each.flow_id == flow_id]
    ours = [each for each in of_flow if each.token == token]
    done = {ReminderState.GOING, ReminderState.SENT}
    return MemberFacts(
        person.zone,
        said,
        reminded=frozenset(each.day for each in of_flow if each.day),
        written=frozenset(each.day for each in days if each.state in done),
        planned=max((each.day for each in ours), default=""),
        asked=any(each.state is ReminderState.HELD for each in ours),
    )
