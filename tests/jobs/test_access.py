"""Who may do what where, as a table; what is not known is forbidden."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import DeniedError, NotKnownYetError
from bot.jobs import access
from bot.jobs.access import Right, consent_of, decide, for_the_asker_alone, may_tell
from bot.jobs.policy import by_setting
from bot.slack.people import NOBODY, NOWHERE, Membership, Person, Place, Reach

LATER = datetime(2026, 11, 23, 8, tzinfo=UTC)
ADA = Person("UADA", "Ada", "UTC", membership=Membership.OURS)
GUEST = replace(ADA, membership=Membership.GUEST)
PARTNER = replace(ADA, membership=Membership.EXTERNAL)
UNKNOWN = replace(ADA, membership=Membership.UNKNOWN, again_at=LATER)
OURS = Place("C1", Reach.INTERNAL, is_member=True)
SHARED = replace(OURS, reach=Reach.SHARED, others=("T2",))
UNSURE = Place("C1", again_at=LATER)
UNSEEN = Place("C1", refusal="channel_not_found")
MEMBERS = {
    Right.ORDER,
    Right.MANAGE,
    Right.FOLLOW,
    Right.NAME,
    Right.ASSIGN,
    Right.REMIND,
    Right.RUN,
    Right.CANCEL,
    Right.REGISTER,
    Right.CREATE,
}
ADMINS = {Right.GOVERN}
INTERNAL = {Right.ORDER, Right.RUN}


def allowed(person: Person, place: Place | None = OURS) -> set[Right]:
    return {right for right in Right if decide(right, person, place) == access.ALLOWED}


def test_a_member_may_do_all_but_what_is_nobodys() -> None:
    assert allowed(ADA) == set(Right) - {Right.NOBODYS} - ADMINS
    assert allowed(replace(ADA, is_admin=True)) == set(Right) - {Right.NOBODYS}


def test_a_guest_may_only_ask() -> None:
    assert allowed(GUEST) == {Right.ASK, Right.HELP}
    assert set(Right) - allowed(GUEST) - {Right.NOBODYS} == MEMBERS | ADMINS
    assert not allowed(replace(GUEST, is_admin=True)) & ADMINS


@pytest.mark.parametrize(
    "person",
    [PARTNER, UNKNOWN, NOBODY, replace(ADA, is_active=False)],
    ids=lambda each: each.membership,
)
def test_others_may_do_nothing(person: Person) -> None:
    assert allowed(person) == set()


@pytest.mark.parametrize("place", [SHARED, UNSURE, UNSEEN, NOWHERE], ids=lambda each: each.reach)
def test_what_is_told_to_all_needs_a_place_of_our_own(place: Place) -> None:
    assert allowed(ADA) - allowed(ADA, place) == INTERNAL


def test_without_a_place_only_the_person_counts() -> None:
    assert allowed(ADA, None) == allowed(ADA)


def test_what_slack_may_tell_in_a_moment_is_asked_again() -> None:
    assert decide(Right.ASK, UNKNOWN).again_at == LATER
    assert decide(Right.RUN, ADA, UNSURE).again_at == LATER
    with pytest.raises(NotKnownYetError):
        decide(Right.RUN, ADA, UNSURE).enforce()
    with pytest.raises(DeniedError):
        decide(Right.RUN, ADA, UNSEEN).enforce()


def test_a_missing_permission_is_named() -> None:
    blind = replace(UNSEEN, refusal="missing_scope")
    assert "manifest.yml" in decide(Right.RUN, ADA, blind).words


def test_only_those_who_are_named_may_assign_where_some_are() -> None:
    policy = by_setting(Right.ASSIGN, {"UGRACE"}, ())
    assert "ASSIGNERS" in decide(Right.ASSIGN, ADA, policy=policy).words
    assert not decide(Right.ASSIGN, replace(ADA, id="UGRACE"), policy=policy).words
    assert not decide(Right.RUN, ADA, policy=policy).words


@pytest.mark.parametrize(
    ("person", "place", "expected"),
    [
        (ADA, OURS, False),
        (ADA, SHARED, True),
        (ADA, UNSEEN, True),
        (GUEST, OURS, True),
        (NOBODY, OURS, True),
    ],
)
def test_an_answer_is_for_the_asker_alone_unless_all_who_read_it_may(
    person: Person, place: Place, *, expected: bool
) -> None:
    assert for_the_asker_alone(person, place) is expected


@pytest.mark.parametrize(
    ("place", "consent", "expected"),
    [
        (OURS, "", True),
        (SHARED, "", False),
        (SHARED, consent_of(SHARED), True),
        (replace(SHARED, others=()), "shared", True),
        (replace(SHARED, others=("T2", "T3")), consent_of(SHARED), False),
        (SHARED, "shared", False),
        (UNSURE, consent_of(SHARED), False),
        (UNSEEN, consent_of(SHARED), False),
    ],
)
def test_a_consent_holds_for_those_who_read_along_then(
    place: Place, consent: str, *, expected: bool
) -> None:
    assert (may_tell(place, consent=consent) == access.ALLOWED) is expected


def test_no_consent_is_needed_among_ourselves() -> None:
    assert consent_of(OURS) == ""
