"""What a change does to the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.jobs.access import Right
from bot.jobs.policy import EVERYONE, AccessRule, Effect, Grantee, Thing


@dataclass(frozen=True, slots=True)
class NamedChannel:
    """A channel by its id, with the name it had when a rule was made."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class WantedRules:
    """Rules that are wanted: for each of `who` in each of `channels`, an empty one for all."""

    right: Right
    effect: Effect
    who: Sequence[Grantee]
    channels: Sequence[NamedChannel]
    thing: Thing
    asks_in: str = ""
    only: bool = False


@dataclass(frozen=True, slots=True)
class RuleChange:
    """The rules that go, and those that come."""

    gone: tuple[AccessRule, ...]
    new: tuple[AccessRule, ...]


def changed(rules: Sequence[AccessRule], wanted: WantedRules) -> RuleChange:
    """Return what becomes of the rules.

    Where nobody was named so far, every member may; who is allowed as well does not end that.
    """
    allowing = [each for each in rules if each.effect is Effect.ALLOW and _same(each, wanted)]
    new = list(_made(wanted))
    if wanted.effect is Effect.ALLOW and not wanted.only and not allowing:
        new.insert(0, AccessRule(wanted.right, Effect.ALLOW, EVERYONE, thing=wanted.thing))
    gone = tuple(allowing) if wanted.only else ()
    kept = {replace(each, id=0) for each in rules if each not in gone}
    return RuleChange(gone, tuple(each for each in dict.fromkeys(new) if each not in kept))


def _same(rule: AccessRule, wanted: WantedRules) -> bool:
    """Return whether a rule is about the same right and thing."""
    one = rule.thing.is_same(wanted.thing) or not (rule.thing or wanted.thing)
    return rule.right == wanted.right and one


def _made(wanted: WantedRules) -> Iterator[AccessRule]:
    for who in wanted.who:
        for place in wanted.channels or (NamedChannel(),):
            yield AccessRule(
                wanted.right,
                wanted.effect,
                who,
                channel=place.id,
                channel_name=place.name,
                thing=wanted.thing,
                asks_in=wanted.asks_in,
            )
