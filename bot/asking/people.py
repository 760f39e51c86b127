"""Who somebody is and what a conversation is, as Slack says, remembered for some minutes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.core.access import Person, Place
from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.memory import Memory
from bot.slack.client import Slack

REMEMBER = timedelta(minutes=10)
MOST = 5_000
HIDDEN = frozenset({"channel_not_found", "not_in_channel"})


class People:
    """Looks people and conversations up; never fails, as a guess is better than no answer."""

    def __init__(self, slack: Slack, clock: Clock, *, default_zone: str) -> None:
        """Use `default_zone` (IANA) for those whose zone Slack does not tell."""
        self._slack = slack
        self.default_zone = default_zone
        self._people = Memory[str, Person](MOST, age=REMEMBER, now=clock.now)
        self._places = Memory[str, Place](MOST, age=REMEMBER, now=clock.now)

    async def person(self, user: str, *, name: str = "") -> Person:
        """Return a person; `name` is used when Slack tells none."""
        known = self._people.get(user)
        if known:
            return known
        try:
            answer = await self._slack.call("users.info", user=user)
        except (SlackError, SlackUnreachableError):
            return Person(id=user, name=name or user, zone=self.default_zone)
        return self._people.put(user, self._parse_person(answer["user"]))

    async def place(self, channel: str) -> Place:
        """Return a conversation; one that cannot be seen is one the bot is no member of."""
        known = self._places.get(channel)
        if known:
            return known
        try:
            answer = await self._slack.call("conversations.info", channel=channel)
        except SlackError as error:
            return Place(channel, is_member=error.code not in HIDDEN)
        except SlackUnreachableError:
            return Place(channel)
        found = answer["channel"]
        place = Place(
            channel,
            is_shared=bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
            is_member=bool(found.get("is_member", True) or found.get("is_im")),
        )
        # A membership may change within the minute in which somebody follows our advice.
        return self._places.put(channel, place) if place.is_member else place

    async def check_reachable(self, channel: str) -> None:
        """Ask Slack now whether a channel takes our messages.

        Raises SlackError, with what Slack would say of a message there, and SlackUnreachableError.
        """
        if channel.startswith("D"):  # the bot is always in its direct messages
            return
        method = "conversations.info"
        found = (await self._slack.call(method, channel=channel))["channel"]
        if found.get("is_archived"):
            raise SlackError(method, "is_archived")
        if not found.get("is_member", True):
            raise SlackError(method, "not_in_channel")

    def _parse_person(self, user: Mapping[str, Any]) -> Person:
        profile = user.get("profile") or {}
        return Person(
            id=user["id"],
            name=profile.get("display_name") or profile.get("real_name") or user.get("name") or "",
            zone=_known_zone(user.get("tz")) or self.default_zone,
            email=profile.get("email") or "",
            is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            is_external=bool(user.get("is_stranger")),
        )


def _known_zone(name: str | None) -> str:
    """Slack may know zones that this machine's tables do not."""
    try:
        return ZoneInfo(name).key if name else ""
    except (ValueError, OSError, KeyError):
        return ""
