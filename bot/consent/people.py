"""People behind the e-mail addresses of services, for those who ask what these said about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.consent.store import ConsentStore
from bot.errors import DeniedError
from bot.slack.by_email import PeopleByEmail, is_reachable
from bot.slack.people import Person

MISSING_SCOPE: Final = "missing_scope"
NO_LOOKUPS: Final = (
    "Flowbot may not find people by their e-mail address here, so nobody can be reminded. An admin "
    "can install it again from manifest.yml."
)


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Who of some addresses is a full and active member here, by address, agreed or not.

    `open` are addresses of which Slack does not tell now; it may from `again_at` on.
    """

    people: Mapping[str, Person]
    open: tuple[str, ...] = ()
    again_at: datetime | None = None


class PeopleOfServices:
    """Guests, people who left and those of other organisations are nobody here.

    Whom `consents` does not say to have agreed may be asked by them, and is neither named nor
    written to.
    """

    def __init__(self, by_email: PeopleByEmail, consents: ConsentStore) -> None:
        """Look addresses up with `by_email`; what people said is in `consents`."""
        self._by_email = by_email
        self.consents = consents

    async def find(self, emails: Collection[str]) -> FoundPeople:
        """Return who has these addresses, to ask them or to leave them alone.

        Raises DeniedError where Flowbot may not ask Slack for that at all.
        """
        people: dict[str, Person] = {}
        for at, email in enumerate(ordered := tuple(dict.fromkeys(emails))):
            person = await self._by_email.person(email)
            if person.again_at:
                return FoundPeople(people, ordered[at:], person.again_at)
            if person.refusal == MISSING_SCOPE:
                raise DeniedError(NO_LOOKUPS)
            if is_reachable(person):
                people[email] = person
        return FoundPeople(people)
