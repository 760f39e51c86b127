"""Who may do what, as a pure function of who asks, where, and the policy."""

from dataclasses import dataclass

from bot.errors import DeniedError


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


@dataclass(frozen=True, slots=True)
class Policy:
    """What the owner of this installation decided. No assigners named: every member may assign."""

    assigners: frozenset[str] = frozenset()


def may_ask(person: Person, place: Place) -> None:
    """Raise DeniedError when this person may not see reports at all."""
    if person.is_external:
        raise DeniedError(
            "Reports are only for members of this workspace. Ask somebody who works here."
        )
    del place


def may_subscribe(person: Person, place: Place) -> None:
    """Raise DeniedError when this person may not order a digest for this channel."""
    may_ask(person, place)
    if person.is_guest:
        raise DeniedError(
            "Guests cannot order digests. Ask a full member of the workspace to subscribe."
        )
    if place.is_shared:
        raise DeniedError(
            "This channel is shared with another organisation, so no digest is sent here. "
            "Subscribe in a channel of your own workspace."
        )


def may_assign(person: Person, policy: Policy) -> None:
    """Raise DeniedError when this person may not assign training."""
    if person.is_guest or person.is_external:
        raise DeniedError("Guests cannot assign training. Ask a full member of the workspace.")
    if policy.assigners and person.id not in policy.assigners:
        raise DeniedError(
            "Only the people named in ASSIGNERS may assign training. Ask whoever runs Flowbot."
        )


def may_run(person: Person, place: Place) -> None:
    """Raise DeniedError when this person may not start, answer or cancel Smart Flows here."""
    if person.is_guest or person.is_external:
        raise DeniedError("Guests cannot run Smart Flows. Ask a full member of the workspace.")
    if place.is_shared:
        raise DeniedError(
            "This channel is shared with another organisation, so no Smart Flow reports here. "
            "Run it in a channel of your own workspace, or in a direct message with Flowbot."
        )


def may_change_events(person: Person) -> None:
    """Raise DeniedError when this person may not register people, create events or sign on."""
    if person.is_guest or person.is_external:
        raise DeniedError(
            "Guests cannot register people or create events. Ask a full member of the workspace."
        )


def answer_privately(person: Person, place: Place, *, asked: bool) -> bool:
    """Return whether an answer is for the asker alone: on request, for guests, in shared rooms."""
    return asked or person.is_guest or place.is_shared
