"""People behind the e-mail addresses of services: those alone who agreed to be found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.consent.model import ConsentState
from bot.consent.store import ConsentStore
from bot.slack.by_email import PeopleByEmail, is_reachable
from bot.slack.people import Membership, Person

NOBODY_ASKED: Final[Mapping[str, ConsentState]] = {}


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Who of some addresses is a full and active member here, by address, agreed or not.

    `open` are addresses of which Slack does not tell now; it may from `again_at` on, or never.
    """

    people: Mapping[str, Person]
    open: tuple[str, ...] = ()
    again_at: datetime | None = None


class PeopleOfServices:
    """Nobody is named who did not agree; guests and people of others are nobody here."""

    def __init__(self, by_email: PeopleByEmail, consents: ConsentStore) -> None:
        """Look addresses up with `by_email`; what people said is in `consents`."""
        self._by_email = by_email
        self.consents = consents

    async def find(self, emails: Collection[str]) -> FoundPeople:
        """Return who has these addresses, to ask them or to leave them alone."""
        people: dict[str, Person] = {}
        for at, email in enumerate(ordered := tuple(dict.fromkeys(emails))):
            person = await self._by_email.person(email)
            if person.membership is Membership.UNKNOWN and not person.id and _is_open(person):
                return FoundPeople(people, ordered[at:], person.again_at)
            if is_reachable(person):
                people[email] = person
        return FoundPeople(people)

    async def known(self, emails: Collection[str]) -> Mapping[str, Person]:
        """Return who has these addresses and agreed to be found, as far as Slack tells now."""
        found = (await self.find(emails)).people
        said = await self.consents.states([each.id for each in found.values()])
        agreed = {user for user, state in said.items() if state is ConsentState.AGREED}
        return {email: person for email, person in found.items() if person.id in agreed}


def _is_open(person: Person) -> bool:
    return bool(person.again_at or person.refusal)
