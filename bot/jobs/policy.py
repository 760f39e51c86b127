"""What the admins of a workspace decided: rules of who may do what, where and to what. Pure.

A right without rules is for every member. Rules that allow take the place of that: whoever is named
by none of them may not. A rule that forbids wins over all that allow.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.slack.people import Membership, Person, UserGroup


class Effect(StrEnum):
    """What a rule does with whom it names."""

    ALLOW = "allow"
    DENY = "deny"
    SECOND = "second"
    """They may, once somebody else who may has agreed."""


class GranteeKind(StrEnum):
    """Whom a rule names."""

    EVERYONE = "everyone"
    """Every member of the workspace; guests are named by themselves."""
    GUESTS = "guests"
    USER = "user"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Grantee:
    """Who is named by a rule: `id` is Slack's of a person or a user group, `name` for people."""

    kind: GranteeKind
    id: str = ""
    name: str = ""

    @property
    def words(self) -> str:
        """Return who that is, for people."""
        known = {GranteeKind.EVERYONE: "every member", GranteeKind.GUESTS: "guests"}
        return known.get(self.kind) or self.name or self.id


EVERYONE: Final = Grantee(GranteeKind.EVERYONE)
GUESTS: Final = Grantee(GranteeKind.GUESTS)


@dataclass(frozen=True, slots=True)
class Thing:
    """What something is done to, such as a flow or an event: the vendor's id, and its name.

    Either may be empty where it is not known, and both where it is of no matter.
    """

    id: str = ""
    name: str = ""

    def is_same(self, other: "Thing") -> bool:
        """Return whether both are one: by their ids, or by their names, whatever the case."""
        by_id = bool(self.id) and self.id == other.id
        return by_id or (bool(self.name) and self.name.casefold() == other.name.casefold())

    def __bool__(self) -> bool:
        """Return whether it is known at all."""
        return bool(self.id or self.name)


NO_THING: Final = Thing()


@dataclass(frozen=True, slots=True)
class AccessRule:
    """One rule. `right` is the word of a right: one of an unknown right is about nothing.

    An empty `channel` stands for everywhere, no `thing` for all. `asks_in` is the channel in which
    a second person is asked, empty for that in which it was wanted.
    """

    right: str
    effect: Effect
    who: Grantee = EVERYONE
    channel: str = ""
    channel_name: str = ""
    thing: Thing = NO_THING
    asks_in: str = ""
    id: int = 0
    by_settings: bool = False
    """Whether it stands in for a setting; such a one opens nothing to guests."""

    def stands_beside(self, other: "AccessRule") -> bool:
        """Return whether both allow the same, to different people or places."""
        about = not (self.thing or other.thing) or self.thing.is_same(other.thing)
        same = self.right == other.right and self.effect is other.effect
        which = self.who, self.channel
        return same and about and which != (other.who, other.channel)

    @property
    def who_and_where(self) -> str:
        """Return whom it names, and in which channel, for people."""
        place = self.channel_name or self.channel
        return f"{self.who.words} in #{place}" if place else self.who.words


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What the rules say: who is refused is so by `rules`, or as nobody tells who is in `unknown`.

    `second` is the rule by which somebody else has to agree, `opened` whether a guest was named.
    """

    denied: bool = False
    rules: tuple[AccessRule, ...] = ()
    unknown: UserGroup | None = None
    second: AccessRule | None = None
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules, with what Slack told of the user groups in them."""

    rules: tuple[AccessRule, ...] = ()
    groups: Mapping[str, UserGroup] = field(default_factory=dict)

    def says(self, right: str, person: Person, where: str, thing: Thing) -> RuleVerdict:
        """Return what the rules say. An empty `where` or no `thing` is not known yet."""
        about = [each for each in self.rules if each.right == right]
        here = [each for each in about if _covers(each, where, thing)]
        denied = [each for each in here if each.effect is Effect.DENY]
        if found := self._first(denied, person, unsure=True):
            return self._refused(found, person)
        allowing = _whitelist([each for each in about if each.effect is Effect.ALLOW], thing)
        opened = False
        if allowing:
            fitting = [each for each in allowing if _is_where(each, where)]
            found = self._first(fitting, person, unsure=False)
            if not found:
                return RuleVerdict(denied=True, rules=allowing, unknown=self._unsure(fitting))
            opened = not found.by_settings
        second = [each for each in here if each.effect is Effect.SECOND]
        return RuleVerdict(second=self._first(second, person, unsure=True), opened=opened)

    def is_about_things(self, right: str) -> bool:
        """Return whether any rule about a right is about one thing alone."""
        return any(each.right == right and each.thing for each in self.rules)

    def needs_thing(self, right: str) -> bool:
        """Return whether it has to be known what is done: for such rules, or to tell others."""
        asks = any(each.right == right and each.effect is Effect.SECOND for each in self.rules)
        return asks or self.is_about_things(right)

    def nobody_may(self, right: str, where: str, thing: Thing) -> bool:
        """Return whether a rule forbids something to every member, there."""
        return any(
            each.right == right
            and each.effect is Effect.DENY
            and each.who.kind is GranteeKind.EVERYONE
            and bool(where or not each.channel)
            and bool(thing or not each.thing)
            and _covers(each, where, thing)
            for each in self.rules
        )

    def _first(
        self, rules: Iterable[AccessRule], person: Person, *, unsure: bool
    ) -> AccessRule | None:
        """Return the first rule that names a person; `unsure` counts who may be in a group."""
        return next((each for each in rules if self._names(each, person, unsure=unsure)), None)

    def _names(self, rule: AccessRule, person: Person, *, unsure: bool) -> bool:
        is_guest = person.membership is Membership.GUEST
        match rule.who.kind:
            case GranteeKind.EVERYONE:
                return not is_guest
            case GranteeKind.GUESTS:
                return is_guest
            case GranteeKind.USER:
                return rule.who.id == person.id
        group = self._group(rule)
        return person.id in group.members if group.is_known else unsure

    def _group(self, rule: AccessRule) -> UserGroup:
        return self.groups.get(rule.who.id) or UserGroup(rule.who.id, rule.who.name)

    def _unsure(self, rules: Iterable[AccessRule]) -> UserGroup | None:
        """Return a group of which nobody knows who is in it, if one might have allowed it."""
        groups = (self._group(each) for each in rules if each.who.kind is GranteeKind.GROUP)
        return next((each for each in groups if not each.is_known), None)

    def _refused(self, rule: AccessRule, person: Person) -> RuleVerdict:
        surely = self._names(rule, person, unsure=False)
        return RuleVerdict(
            denied=True, rules=(rule,), unknown=None if surely else self._unsure((rule,))
        )


def by_setting(right: str, users: Iterable[str], rules: Sequence[AccessRule]) -> Policy:
    """Return the policy of these rules; where none says who has a right, `users` are they.

    Without any users it is every member's.
    """
    said = any(
        each.right == right and each.effect is Effect.ALLOW and not each.thing for each in rules
    )
    named = () if said else sorted(users)
    stand_ins = (
        AccessRule(right, Effect.ALLOW, Grantee(GranteeKind.USER, user), by_settings=True)
        for user in named
    )
    return Policy((*rules, *stand_ins))


def _covers(rule: AccessRule, where: str, thing: Thing) -> bool:
    """Return whether a rule is about a place and a thing; what is not known yet is in none."""
    there = not rule.channel or rule.channel == where
    return there and (not rule.thing or rule.thing.is_same(thing))


def _is_where(rule: AccessRule, where: str) -> bool:
    """Return whether a rule allows something in a place, or might, where none is known yet."""
    return not rule.channel or where in ("", rule.channel)


def _whitelist(rules: Sequence[AccessRule], thing: Thing) -> tuple[AccessRule, ...]:
    """Return the rules that say who may: those about the thing itself come before all others.

    Where the thing is not known yet, whoever may do it to any is let in.
    """
    if thing:
        own = tuple(each for each in rules if each.thing and each.thing.is_same(thing))
        return own or tuple(each for each in rules if not each.thing)
    general = tuple(each for each in rules if not each.thing)
    return (*general, *(each for each in rules if each.thing)) if general else ()
