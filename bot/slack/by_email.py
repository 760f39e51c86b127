"""Who in Slack has an e-mail address: asked at Slack's pace, and remembered for an hour at most.

Addresses are kept in memory alone, and never written down.
"""

from datetime import timedelta

from bot.clock import Clock
from bot.errors import SlackError
from bot.memory import Memory
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.pace import NO_SUCH_PERSON, BusyError, PacedMethod
from bot.slack.people import NOBODY, Membership, Person

AGE = timedelta(hours=1)
"""Longer than anybody remembers people, as thousands of addresses take as many minutes."""
MOST = 5_000
_NO_ONE = ""


class PeopleByEmail:
    """Nothing here raises: where Slack does not tell now, `again_at` says when it may."""

    def __init__(self, slack: Slack, directory: Directory, clock: Clock) -> None:
        """Ask Slack for ids; who somebody is, `directory` knows."""
        self._directory = directory
        self._method = PacedMethod("users.lookupByEmail", slack, clock)
        self._ids = Memory[str, str](MOST, age=AGE, now=clock.now)

    async def person(self, email: str) -> Person:
        """Return who has an address: NOBODY where nobody here has it.

        Of somebody UNKNOWN, `again_at` says when to ask again; without it Slack never tells.
        """
        key = email.strip().casefold()
        known = self._ids.get(key)
        if known is None:
            return await self._asked(key)
        return NOBODY if known == _NO_ONE else await self._directory.person(known)

    async def _asked(self, key: str) -> Person:
        try:
            answer = await self._method.call(email=key)
        except BusyError as busy:
            return Person("", "", self._directory.default_zone, again_at=busy.again_at)
        except SlackError as error:
            if error.code in NO_SUCH_PERSON:
                self._ids.put(key, _NO_ONE)
                return NOBODY
            return Person("", "", self._directory.default_zone, refusal=error.code)
        found = self._directory.person_told(answer.get("user") or {})
        self._ids.put(key, found.id)
        return found


def is_reachable(person: Person) -> bool:
    """Return whether somebody is a full and active member of this workspace."""
    return person.membership is Membership.OURS and person.is_active and not person.is_bot
