"""Who asks and where, as Slack tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A person in Slack. `zone` is an IANA zone; `email` is empty when it may not be known."""

    id: str
    name: str
    zone: str
    email: str = ""
    is_guest: bool = False
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation. `is_shared` means that another organisation reads along."""

    channel: str
    is_shared: bool = False
    is_member: bool = True
