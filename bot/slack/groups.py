"""The user groups of the workspace: which there are, and who is in one.

What Slack said is remembered for some minutes. Nothing here raises: who is in a group of which
Slack does not tell is not known, and a list that cannot be asked for is empty.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from bot.clock import Clock
from bot.errors import SlackError
from bot.memory import Memory
from bot.slack.client import Slack
from bot.slack.pace import BusyError, PacedMethod, is_ahead
from bot.slack.people import UserGroup

AGE: Final = timedelta(minutes=3)
"""Short, as who leaves a group may do no more what it was for."""
UNKNOWN_AGE: Final = timedelta(seconds=10)
MOST: Final = 100
"""Of so many groups it is remembered who is in them."""


class UserGroups:
    """Asks Slack for user groups, at its pace."""

    def __init__(self, slack: Slack, clock: Clock) -> None:
        """Remember nothing yet."""
        self._clock = clock
        self._list = PacedMethod("usergroups.list", slack, clock)
        self._members = PacedMethod("usergroups.users.list", slack, clock)
        self._known = Memory[str, UserGroup](MOST, age=AGE, now=clock.now)
        self._unknown = Memory[str, UserGroup](MOST, age=UNKNOWN_AGE, now=clock.now)
        self._listed = Memory[str, tuple[UserGroup, ...]](1, age=AGE, now=clock.now)
        self._asking = asyncio.Lock()

    async def of(self, group: str, name: str = "") -> UserGroup:
        """Return a group by its id, with who is in it; `name` is what it was called so far."""
        found = self._remembered(group)
        if found is None:
            async with self._asking:
                found = self._remembered(group) or await self._ask(group, name)
        return found

    async def all(self) -> tuple[UserGroup, ...]:
        """Return the groups that there are, without who is in them, by name."""
        listed = self._listed.get("")
        if listed is not None:
            return listed
        try:
            answer = await self._list.call()
        except (BusyError, SlackError):
            return ()
        found = (_group(each) for each in answer.get("usergroups") or ())
        return self._listed.put("", tuple(sorted(found, key=lambda each: each.name)))

    def _remembered(self, group: str) -> UserGroup | None:
        found = self._known.get(group) or self._unknown.get(group)
        if found is None or found.again_at is None:
            return found
        return found if is_ahead(found.again_at, self._clock.now()) else None

    async def _ask(self, group: str, name: str) -> UserGroup:
        try:
            answer = await self._members.call(usergroup=group)
        except BusyError as busy:
            return self._unknown.put(group, UserGroup(group, name, again_at=busy.again_at))
        except SlackError as error:
            return self._unknown.put(group, UserGroup(group, name, refusal=error.code))
        members = frozenset(map(str, answer.get("users") or ()))
        return self._known.put(group, UserGroup(group, name, members, is_known=True))


def _group(found: Mapping[str, Any]) -> UserGroup:
    """Return a group of Slack's list; its name is what people type after the @ sign.

    https://docs.slack.dev/reference/methods/usergroups.list
    """
    return UserGroup(str(found.get("id") or ""), f"@{found.get('handle') or found.get('name')}")
