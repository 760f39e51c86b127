"""What the rules say: who is let in, who is kept out, where a second person has to agree."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import NotKnownYetError
from bot.jobs.access import Right, decide
from bot.jobs.policy import (
    EVERYONE,
    GUESTS,
    NO_THING,
    AccessRule,
    Effect,
    Grantee,
    GranteeKind,
    Policy,
    Thing,
    by_setting,
)
from bot.slack.people import Membership, Person, Place, Reach, UserGroup

ADA = Person("UADA", "Ada", "UTC", membership=Membership.OURS)
GRACE = replace(ADA, id="UGRACE")
GUEST = replace(ADA, id="UGUEST", membership=Membership.GUEST)
PARTNER = replace(ADA, id="UPARTNER", membership=Membership.EXTERNAL)
LEADS = Grantee(GranteeKind.GROUP, "SLEADS", "@leads")
TO_GRACE = Grantee(GranteeKind.USER, "UGRACE", "Grace")
KNOWN = {"SLEADS": UserGroup("SLEADS", "@leads", frozenset({"UGRACE", "UGUEST"}), is_known=True)}
PAYROLL = Thing("f1", "Payroll")
LETTER = Thing("f2", "Welcome letter")


def rule(effect: Effect, who: Grantee = EVERYONE, **more: object) -> AccessRule:
    made = AccessRule(Right.RUN, effect, who)
    return replace(made, **more)  # type: ignore[arg-type]


def may(
    person: Person, *rules: AccessRule, where: str = "C1", thing: Thing = NO_THING, **more: object
) -> bool:
    policy = replace(Policy(rules, KNOWN), **more)  # type: ignore[arg-type]
    return not decide(Right.RUN, person, policy=policy, where=where, thing=thing).words


def test_rules_that_allow_take_the_place_of_every_member() -> None:
    assert may(ADA)
    assert not may(ADA, rule(Effect.ALLOW, LEADS))
    assert may(GRACE, rule(Effect.ALLOW, LEADS))
    assert may(ADA, rule(Effect.ALLOW, LEADS), rule(Effect.ALLOW, EVERYONE))


def test_who_is_named_and_where_is_told() -> None:
    only = rule(Effect.ALLOW, LEADS, channel="C2", channel_name="ops")
    words = decide(Right.RUN, GRACE, policy=Policy((only,), KNOWN), where="C1").words

    assert words == "Only @leads in #ops may run Smart Flows. An admin decided that."


def test_a_rule_that_forbids_wins() -> None:
    allowed = rule(Effect.ALLOW, TO_GRACE), rule(Effect.ALLOW, LEADS)

    assert may(GRACE, *allowed)
    assert not may(GRACE, *allowed, rule(Effect.DENY, LEADS))
    assert not may(GRACE, rule(Effect.DENY, EVERYONE), *allowed)


def test_a_channel_bounds_a_rule() -> None:
    assert not may(ADA, rule(Effect.DENY, channel="C1"))
    assert may(ADA, rule(Effect.DENY, channel="C2"))
    assert may(ADA, rule(Effect.ALLOW, channel="C1"))
    assert not may(ADA, rule(Effect.ALLOW, channel="C2"))


def test_where_the_place_is_not_known_yet_only_the_person_counts() -> None:
    assert may(ADA, rule(Effect.ALLOW, channel="C2"), where="")
    assert not may(ADA, rule(Effect.ALLOW, LEADS, channel="C2"), where="")
    assert may(ADA, rule(Effect.DENY, channel="C2"), where="")


def test_a_thing_has_its_own_rules_before_those_of_all_things() -> None:
    rules = rule(Effect.ALLOW, LEADS), rule(Effect.ALLOW, EVERYONE, thing=PAYROLL)

    assert may(ADA, *rules, thing=PAYROLL)
    assert not may(ADA, *rules, thing=LETTER)
    assert may(ADA, *rules)  # it may be meant
    assert may(ADA, rule(Effect.ALLOW, LEADS, thing=PAYROLL), thing=LETTER)
    assert not may(ADA, rule(Effect.DENY, thing=PAYROLL), thing=PAYROLL)


@pytest.mark.parametrize(
    "thing", [Thing("f1", "Renamed"), Thing("", "PAYROLL"), Thing("f9", "payroll")]
)
def test_a_thing_is_known_by_its_id_or_its_name(thing: Thing) -> None:
    assert not may(ADA, rule(Effect.DENY, thing=PAYROLL), thing=thing)


def test_nothing_is_no_thing() -> None:
    assert not Thing().is_same(Thing())


def test_guests_only_do_what_a_rule_names_them_for() -> None:
    assert not may(GUEST)
    assert not may(GUEST, rule(Effect.ALLOW, EVERYONE))
    assert may(GUEST, rule(Effect.ALLOW, GUESTS))
    assert may(GUEST, rule(Effect.ALLOW, LEADS))
    assert not may(ADA, rule(Effect.ALLOW, GUESTS))
    assert may(GUEST, rule(Effect.ALLOW, GUESTS), rule(Effect.DENY, EVERYONE))
    assert not may(GUEST, rule(Effect.ALLOW, GUESTS), rule(Effect.DENY, GUESTS))


def test_no_rule_opens_anything_to_another_organisation_or_in_a_shared_channel() -> None:
    named = rule(Effect.ALLOW, Grantee(GranteeKind.USER, "UPARTNER"), channel="C1")
    shared = Place("C1", Reach.SHARED, is_member=True, others=("T2",))

    assert not may(PARTNER, named)
    opened = rule(Effect.ALLOW, EVERYONE, channel="C1")
    assert decide(Right.RUN, ADA, shared, policy=Policy((opened,)), where="C1").words


def test_a_group_that_slack_does_not_tell_of_lets_nobody_in() -> None:
    busy = {"SLEADS": UserGroup("SLEADS", "@leads", again_at=datetime(2026, 1, 1, tzinfo=UTC))}

    assert not may(GRACE, rule(Effect.ALLOW, LEADS), groups={})
    assert not may(GRACE, rule(Effect.DENY, LEADS), groups={})
    assert may(GRACE, rule(Effect.ALLOW, LEADS), rule(Effect.ALLOW, TO_GRACE), groups={})
    with pytest.raises(NotKnownYetError, match="who is in @leads"):
        decide(Right.RUN, ADA, policy=Policy((rule(Effect.ALLOW, LEADS),), busy)).enforce()


def test_a_second_person_is_asked_where_a_rule_says_so() -> None:
    asks = rule(Effect.SECOND, LEADS)

    def second(person: Person, **groups: UserGroup) -> AccessRule | None:
        return decide(Right.RUN, person, policy=Policy((asks,), groups)).second

    assert second(GRACE, **KNOWN) == asks
    assert second(ADA, **KNOWN) is None
    assert second(ADA) == asks  # while Slack does not tell who is in it


def test_rules_are_about_one_right() -> None:
    policy = Policy((rule(Effect.DENY),))

    assert not decide(Right.CANCEL, ADA, policy=policy).words


def test_no_rule_is_about_help_or_the_rules_themselves() -> None:
    rules = tuple(AccessRule(right, Effect.DENY, EVERYONE) for right in (Right.HELP, Right.GOVERN))
    admin = replace(ADA, is_admin=True)

    assert not decide(Right.HELP, ADA, policy=Policy(rules)).words
    assert not decide(Right.GOVERN, admin, policy=Policy(rules)).words


def test_the_setting_holds_until_a_rule_says_who_may() -> None:
    setting = by_setting(Right.ASSIGN, {"UGRACE"}, ())
    only_ada = AccessRule(Right.ASSIGN, Effect.ALLOW, Grantee(GranteeKind.USER, "UADA"))
    for_one = replace(only_ada, thing=PAYROLL)

    def assigns(person: Person, policy: Policy) -> bool:
        return not decide(Right.ASSIGN, person, policy=policy, thing=LETTER).words

    assert (assigns(ADA, setting), assigns(GRACE, setting)) == (False, True)
    said = by_setting(Right.ASSIGN, {"UGRACE"}, (only_ada,))
    assert (assigns(ADA, said), assigns(GRACE, said)) == (True, False)
    assert assigns(GRACE, by_setting(Right.ASSIGN, {"UGRACE"}, (for_one,)))
    assert not assigns(GUEST, by_setting(Right.ASSIGN, {"UGUEST"}, ()))
