"""Who may do what and where: decisions as pure functions of a right, a person and a place.

What is not known counts as forbidden. Where Slack may tell in a moment, the decision is to ask
again; nobody's rights are ever guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.errors import DeniedError, NotKnownYetError, UninvitedError
from bot.jobs.policy import NO_THING, AccessRule, Effect, Policy, RuleVerdict, Thing
from bot.slack.people import Membership, Person, Place, Reach


class Right(StrEnum):
    """What somebody has to be allowed to do. Each thing that can be wanted says which it takes."""

    NOBODYS = "nobody's"
    """Nobody's: the clock's alone, and what no other right was declared for."""
    HELP = "help"
    ASK = "ask"
    ORDER = "order"
    """To have this channel told something from now on."""
    MANAGE = "manage"
    """To change or end what a channel is told."""
    FOLLOW = "follow"
    """To be told oneself what becomes of figures."""
    NAME = "name"
    ASSIGN = "assign"
    REMIND = "remind"
    """To have those reminded who are overdue."""
    RUN = "run"
    CANCEL = "cancel"
    REGISTER = "register"
    CREATE = "create"
    GOVERN = "govern"
    """To say who may do what. It is the admins' of the workspace, whatever the policy says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed, unless there are words for why not; with `again_at` they hold only for now.

    `second` is the rule by which it is allowed only if somebody else agrees.
    """

    words: str = ""
    again_at: datetime | None = None
    second: AccessRule | None = None

    def enforce(self) -> None:
        """Raise DeniedError, or NotKnownYetError with when to ask again."""
        if self.again_at:
            raise NotKnownYetError(self.words, again_at=self.again_at)
        if self.words in {INVITE, UNSEEN}:
            raise UninvitedError(self.words)
        if self.words:
            raise DeniedError(self.words)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Why a right is not a guest's, and not one in a shared place, or where the bot is not in.

    Without words it is.
    """

    guests: str = ""
    shared: str = ""
    outside: str = ""


ALLOWED: Final = Decision()
OTHERS: Final = "Flowbot is only for members of this workspace. Ask somebody who works here."
INVITE: Final = "I'm not in this channel yet. Type `/invite @Flowbot`, then try again."
UNKNOWN_PERSON: Final = (
    "Slack does not tell me at the moment who you are, so nothing was done. Try again in a few "
    "minutes."
)
UNKNOWN_PLACE: Final = (
    "Slack does not tell me at the moment who reads this channel, so nothing was done. Try again "
    "in a few minutes."
)
UNSEEN: Final = (
    "I'm not in this channel yet, so I can't see who reads it. Type `/invite @Flowbot`, then try "
    "again."
)
UNKNOWN_GROUP: Final = (
    "Slack does not tell me at the moment who is in {group}, so nothing was done. Try again in a "
    "few minutes."
)
MISSING_SCOPE: Final = (
    "Flowbot may not look who you are or who reads this, so nothing was done. An admin can install "
    "it again from manifest.yml."
)
NOT_ASSIGNER: Final = (
    "Only the people named in ASSIGNERS may {done}. Your Flowbot admin can add you there."
)
NOT_ADMIN: Final = "Only admins of this workspace decide who may do what."
NO_GUESTS_ADMIN: Final = f"Guests cannot decide who may do what. {NOT_ADMIN}"
DOES: Final[Mapping[Right, str]] = {
    Right.ASK: "see figures and lists",
    Right.ORDER: "order digests",
    Right.MANAGE: "change digests",
    Right.FOLLOW: "follow figures",
    Right.NAME: "rename flows",
    Right.ASSIGN: "assign training",
    Right.REMIND: "remind people of training",
    Right.RUN: "run Smart Flows",
    Right.CANCEL: "cancel runs",
    Right.REGISTER: "register people",
    Right.CREATE: "create events",
}
"""What each right that rules can be about lets somebody do. All others are beyond any rule."""
_MISSING: Final = "missing_scope"
_ORDERS: Final = "Guests cannot order digests. Ask a full member of the workspace to subscribe."
_RULES: Final[Mapping[Right, _Rule]] = {
    Right.HELP: _Rule(),
    Right.ASK: _Rule(),
    Right.ORDER: _Rule(
        guests=_ORDERS,
        shared="This channel is shared with another organisation, so no digest is sent here. "
        "Subscribe in a channel of your own workspace.",
        outside=INVITE,
    ),
    Right.MANAGE: _Rule(guests=_ORDERS),
    Right.FOLLOW: _Rule(guests="Guests cannot follow figures. Ask a full member of the workspace."),
    Right.NAME: _Rule(guests="Guests cannot name flows. Ask a full member of the workspace."),
    Right.ASSIGN: _Rule(
        guests="Guests cannot assign training. Ask a full member of the workspace."
    ),
    Right.REMIND: _Rule(guests="Guests cannot remind people. Ask a full member of the workspace."),
    Right.RUN: _Rule(
        guests="Guests cannot run Smart Flows. Ask a full member of the workspace.",
        shared="This channel is shared with another organisation, so no Smart Flow reports here. "
        "Run it in a channel of your own workspace, or in a direct message with Flowbot.",
    ),
    Right.CANCEL: _Rule(
        guests="Guests cannot cancel runs or set deadlines. Ask a full member of the workspace."
    ),
    Right.REGISTER: _Rule(
        guests="Guests cannot register people. Ask a full member of the workspace."
    ),
    Right.CREATE: _Rule(guests="Guests cannot create events. Ask a full member of the workspace."),
    Right.GOVERN: _Rule(guests=NO_GUESTS_ADMIN),
}


EVERYBODYS: Final = Policy()
"""The policy where no rule was made."""


def decide(
    right: Right,
    person: Person,
    place: Place | None = None,
    *,
    policy: Policy = EVERYBODYS,
    where: str = "",
    thing: Thing = NO_THING,
) -> Decision:
    """Return whether a person may do something, and whether there, where a place is given.

    `where` is the id of the conversation in which it is wanted, as far as known, and `thing` what
    it is done to.
    """
    rule = _RULES.get(right)
    if rule is None:
        return Decision("Only Flowbot itself does that.")
    as_such = _as_such(right, person)
    if as_such.words:
        return as_such
    said = policy.says(right, person, where, thing) if right in DOES else RuleVerdict()
    if person.membership is Membership.GUEST and rule.guests and not said.opened:
        return Decision(rule.guests)
    if said.denied:
        return _ruled_out(right, said)
    there = ALLOWED if place is None else _there(rule, place)
    return there if there.words else Decision(second=said.second)


def _as_such(right: Right, person: Person) -> Decision:
    """Return whether a person may do anything, or what is the admins'."""
    if person.membership is Membership.UNKNOWN:
        blind = person.refusal == _MISSING
        return Decision(MISSING_SCOPE if blind else UNKNOWN_PERSON, person.again_at)
    if person.membership is Membership.EXTERNAL or not person.is_active:
        return Decision(OTHERS)
    if right is not Right.GOVERN or person.is_admin:
        return ALLOWED
    return Decision(NO_GUESTS_ADMIN if person.membership is Membership.GUEST else NOT_ADMIN)


def _ruled_out(right: Right, said: RuleVerdict) -> Decision:
    """Return why the rules let somebody not do something, with whom they do."""
    if group := said.unknown:
        name = group.name or group.id
        return Decision(UNKNOWN_GROUP.format(group=name), group.again_at)
    first = said.rules[0]
    if first.by_settings:
        return Decision(NOT_ASSIGNER.format(done=DOES[right]))
    done = DOES[right] + (f" ({first.thing.name or first.thing.id})" if first.thing else "")
    if first.effect is Effect.DENY:
        place = f" in #{first.channel_name or first.channel}" if first.channel else ""
        return Decision(f"An admin decided that you can't {done}{place}.")
    named = " or ".join(dict.fromkeys(each.who_and_where for each in said.rules))
    return Decision(f"Only {named} may {done}. An admin decided that.")


def _there(rule: _Rule, place: Place) -> Decision:
    if not rule.shared:
        return ALLOWED
    if place.reach is Reach.SHARED:
        return Decision(rule.shared)
    if rule.outside and not place.is_member and not place.again_at:
        return Decision(rule.outside)
    return ALLOWED if place.reach is Reach.INTERNAL else _unknown(place)


def _unknown(place: Place) -> Decision:
    """Return why nothing is done where nobody knows who reads along."""
    if place.again_at:
        return Decision(UNKNOWN_PLACE, place.again_at)
    return Decision(MISSING_SCOPE if place.refusal == _MISSING else UNSEEN)


def consent_of(place: Place) -> str:
    """Return what a member who lets a place be told has agreed to: these others read along."""
    return "" if place.reach is Reach.INTERNAL else f"shared {' '.join(place.others)}".strip()


def may_tell(place: Place, *, consent: str = "") -> Decision:
    """Return whether a place may be told what it ordered once.

    A consent holds for the organisations that shared the place then, and for no further one.
    """
    if place.reach is Reach.INTERNAL:
        return ALLOWED
    if place.reach is Reach.UNKNOWN:
        return _unknown(place)
    agreed = bool(consent) and set(place.others) <= set(consent.split())
    return ALLOWED if agreed else Decision(SHARED_NOW)


SHARED_NOW: Final = "This channel is now shared with another organisation."


def for_the_asker_alone(person: Person, place: Place) -> bool:
    """Return whether nobody else may read what somebody asked for there."""
    return person.membership is not Membership.OURS or place.reach is not Reach.INTERNAL
