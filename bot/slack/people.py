"""Who people are and who reads a conversation, read from Slack's objects. Pure.

Whatever such an object leaves open counts against the one it is about: rights are never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo


class Membership(StrEnum):
    """What somebody is to the workspace in which Flowbot is installed."""

    OURS = "ours"
    GUEST = "guest"
    EXTERNAL = "external"
    UNKNOWN = "unknown"


class Reach(StrEnum):
    """Who reads a conversation."""

    INTERNAL = "internal"
    SHARED = "shared"
    """Another organisation reads along, or is about to."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Home:
    """The workspace of the installation, with our bot; and its Grid organisation, if any."""

    team_id: str
    enterprise_id: str = ""
    bot_user_id: str = ""

    def excludes(self, team_id: str) -> bool:
        """Return whether a team is surely another's; inside a Grid only the person's own data says.

        https://docs.slack.dev/apis/slack-connect/
        """
        return bool(team_id) and not self.enterprise_id and team_id != self.team_id


@dataclass(frozen=True, slots=True)
class Person:
    """A person in Slack. `zone` is an IANA zone; `email` is empty when it may not be known.

    Of somebody UNKNOWN the name and the zone are guesses. `again_at` is when to ask again; without
    it `refusal` is Slack's word for why it does not say.
    """

    id: str
    name: str
    zone: str
    email: str = ""
    membership: Membership = Membership.UNKNOWN
    is_active: bool = True
    is_admin: bool = False
    is_bot: bool = False
    again_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation. `user` is who is on the other side of a direct message with the bot.

    `name` is that of a channel, as far as Slack tells it.

    `others` are the workspaces that share it, as far as Slack names them. Where the reach is
    UNKNOWN, `again_at` is when to ask again; without it `refusal` is Slack's word for why it does
    not say. In a conversation that `is_closed` nobody can write.
    """

    channel: str
    reach: Reach = Reach.UNKNOWN
    is_member: bool = False
    is_public: bool = False
    is_closed: bool = False
    user: str = ""
    name: str = ""
    others: tuple[str, ...] = ()
    again_at: datetime | None = None
    refusal: str = ""
    trouble: str = ""
    """Slack's word for why it did not say this time, if it said one."""

    @property
    def obstacle(self) -> str:
        """Slack's word for why it would take no message of ours there; empty where it would."""
        if self.refusal or self.again_at:
            return self.refusal
        if self.is_closed:
            return "is_archived"
        return "" if self.is_member else "not_in_channel"


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group. Who is in it `is_known`, unless Slack does not tell.

    Then `again_at` is when to ask again; without it `refusal` is Slack's word for why not.
    """

    id: str
    name: str = ""
    members: frozenset[str] = frozenset()
    is_known: bool = False
    again_at: datetime | None = None
    refusal: str = ""


NOBODY: Final = Person("", "", "UTC")
NOWHERE: Final = Place("")

_SLACKBOT: Final = "USLACKBOT"
"""It is a bot, whatever its `is_bot` says."""
_SHARED: Final = (
    "is_ext_shared",
    "is_pending_ext_shared",
    "pending_shared",
    "pending_connected_team_ids",
)
_OTHERS: Final = (
    "shared_team_ids",
    "connected_team_ids",
    "pending_shared",
    "pending_connected_team_ids",
)


def read_person(user: Mapping[str, Any], home: Home, *, default_zone: str) -> Person:
    """Return the person of a user object.

    https://docs.slack.dev/reference/objects/user-object
    """
    profile = user.get("profile") or {}
    return Person(
        id=user.get("id") or "",
        name=profile.get("display_name") or profile.get("real_name") or user.get("name") or "",
        zone=_known_zone(user.get("tz")) or default_zone,
        email=profile.get("email") or "",
        membership=_membership(user, home),
        is_active=not user.get("deleted"),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_bot=bool(user.get("is_bot")) or user.get("id") == _SLACKBOT,
    )


def read_place(channel: Mapping[str, Any], home: Home) -> Place:
    """Return the place of a conversation object; who is on the other side is not looked up.

    https://docs.slack.dev/reference/objects/conversation-object
    """
    is_direct = bool(channel.get("is_im"))
    named = {team for name in _OTHERS for team in channel.get(name) or ()}
    return Place(
        channel=channel.get("id") or "",
        reach=_reach(channel),
        is_member=is_direct or bool(channel.get("is_member", True)),
        is_public=not is_direct and channel.get("is_private") is False,
        is_closed=bool(channel.get("is_archived") or channel.get("is_frozen")),
        user=(channel.get("user") or "") if is_direct else "",
        name="" if is_direct else channel.get("name") or "",
        others=tuple(sorted(named - {home.team_id})),
    )


def _membership(user: Mapping[str, Any], home: Home) -> Membership:
    if not _belongs(user, home) or user.get("is_stranger"):
        return Membership.EXTERNAL
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Membership.GUEST
    says_all = user.get("deleted") or "is_restricted" in user
    return Membership.OURS if says_all else Membership.EXTERNAL


def _belongs(user: Mapping[str, Any], home: Home) -> bool:
    if home.team_id and user.get("team_id") == home.team_id:
        return True
    organisation = (user.get("enterprise_user") or {}).get("enterprise_id")
    return bool(home.enterprise_id) and organisation == home.enterprise_id


def _reach(channel: Mapping[str, Any]) -> Reach:
    """Return who reads a conversation; `is_shared` alone does not say with whom it is shared."""
    if any(channel.get(name) for name in _SHARED):
        return Reach.SHARED
    if channel.get("is_im"):
        return Reach.INTERNAL
    unclear = channel.get("is_shared") and not channel.get("is_org_shared")
    return Reach.UNKNOWN if unclear or "is_ext_shared" not in channel else Reach.INTERNAL


def _known_zone(name: str | None) -> str:
    """Slack may know zones that this machine's tables do not."""
    try:
        return ZoneInfo(name).key if name else ""
    except (ValueError, OSError, KeyError):
        return ""
