"""Finding people by their e-mail addresses: paced, remembered, and never guessed."""

from datetime import timedelta

import pytest

from bot.slack.by_email import AGE, PeopleByEmail, is_reachable
from bot.slack.pace import A_MINUTE
from bot.slack.people import NOBODY, Membership
from tests.stage import Stage

METHOD = "users.lookupByEmail"


@pytest.fixture
def by_email(stage: Stage) -> PeopleByEmail:
    parts = stage.bot.parts
    return PeopleByEmail(parts.slack, parts.directory, parts.clock)


def calls(stage: Stage) -> int:
    return len([each for each in stage.slack.calls if each.method == METHOD])


async def test_an_address_leads_to_its_member_whatever_its_case(
    stage: Stage, by_email: PeopleByEmail
) -> None:
    found = [await by_email.person(each) for each in ("grace@example.com", " GRACE@example.com")]

    assert {each.id for each in found} == {"UGRACE"}
    assert found[0].zone == "America/New_York"
    assert all(map(is_reachable, found))
    assert calls(stage) == 1
    assert [each.method for each in stage.slack.calls if each.method == "users.info"] == []


@pytest.mark.parametrize(
    ("email", "membership"),
    [
        ("nobody@example.com", Membership.UNKNOWN),
        ("robin@example.com", Membership.UNKNOWN),  # deactivated: Slack finds nobody
        ("guido@guests.example.com", Membership.GUEST),
        ("pat@partner.example.com", Membership.EXTERNAL),
    ],
)
async def test_whoever_is_no_full_member_is_not_reachable(
    by_email: PeopleByEmail, email: str, membership: Membership
) -> None:
    found = await by_email.person(email)

    assert found.membership is membership
    assert not is_reachable(found)


async def test_that_nobody_has_an_address_is_remembered_too(
    stage: Stage, by_email: PeopleByEmail
) -> None:
    assert [await by_email.person("nobody@example.com") for _ in range(2)] == [NOBODY, NOBODY]
    assert calls(stage) == 1

    stage.clock.advance(seconds=AGE.total_seconds())
    await by_email.person("nobody@example.com")
    assert calls(stage) == 2


async def test_who_left_since_is_not_reachable_any_more(
    stage: Stage, by_email: PeopleByEmail
) -> None:
    await by_email.person("grace@example.com")

    await stage.slack.admin.change_person("UGRACE", deleted=True)
    await stage.settle()
    assert not is_reachable(await by_email.person("grace@example.com"))


async def test_it_is_asked_no_more_often_than_slack_allows(
    stage: Stage, by_email: PeopleByEmail
) -> None:
    most = A_MINUTE[METHOD]
    found = [await by_email.person(f"n{each}@example.com") for each in range(most + 1)]

    assert calls(stage) == most
    assert found[-1].again_at == stage.clock.now() + timedelta(minutes=1)


@pytest.mark.parametrize(("code", "comes"), [("fatal_error", True), ("missing_scope", False)])
async def test_where_slack_does_not_tell_nobody_is_guessed(
    stage: Stage, by_email: PeopleByEmail, code: str, *, comes: bool
) -> None:
    stage.slack.refuse(METHOD, error=code, times=1)

    found = await by_email.person("grace@example.com")
    assert found.membership is Membership.UNKNOWN
    assert bool(found.again_at) is comes
    assert found.refusal == ("" if comes else code)
    stage.clock.advance(seconds=10)
    assert (await by_email.person("grace@example.com")).id == "UGRACE"
