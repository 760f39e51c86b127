"""The people of the sample workspace, and one of another organisation."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

PARTNER = "TPARTNER"
"""The workspace of another organisation, with which a channel is shared."""


@dataclass(frozen=True, slots=True)
class User:
    """One person, or the app's bot user. `tz` is an IANA zone, `locale` an IETF tag.

    `team_id` is that of another workspace, and `enterprise_id` that of its Grid organisation; both
    are empty for people of this one.
    """

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Europe/Berlin"
    locale: str = "en-GB"
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    team_id: str = ""
    enterprise_id: str = ""

    @property
    def is_external(self) -> bool:
        """Whether this is somebody of another workspace."""
        return bool(self.team_id)

    def utc_offset(self, now: datetime) -> int:
        """Return how many seconds this person's clock is ahead of UTC at that moment."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


def sample_people(bot_user_id: str, bot_name: str) -> list[User]:
    """Return an admin, some members, a guest, a partner, somebody who left, and the bot."""
    return [
        User("UADA", "ada", "Ada", "ada@example.com", is_admin=True),
        User("UGRACE", "grace", "Grace", "grace@example.com", "America/New_York", "en-US"),
        User("ULIN", "lin", "Lin", "lin@example.com", "Asia/Tokyo", "ja-JP"),
        User("UANNA", "anna", "Anna Haas", "anna.haas@example.com"),
        User("UFINN", "finn", "Finn Weber", "finn.weber@example.com", "America/New_York", "en-US"),
        User(
            "UGUEST",
            "guido",
            "Guido",
            "guido@guests.example.com",
            locale="de-DE",
            is_restricted=True,
            is_ultra_restricted=True,
        ),
        User("UPARTNER", "pat", "Pat", "pat@partner.example.com", team_id=PARTNER),
        User("UGONE", "gone", "Robin Gone", "robin@example.com", deleted=True),
        User(bot_user_id, bot_name.lower(), bot_name, is_bot=True, tz="America/Los_Angeles"),
    ]


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group: what is typed after the @ sign, what it is called, and who is in it."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]


def sample_groups() -> list[UserGroup]:
    """Return the user groups of the sample workspace."""
    return [UserGroup("SLEADS", "training-leads", "Training leads", ("UGRACE", "ULIN"))]
