"""Asking Slack who and where: shared by all who ask, paced, remembered, and never guessed."""

import asyncio
from datetime import timedelta

import pytest

from bot.slack.directory import MANY, PEOPLE_AGE, PLACES_AGE, Directory
from bot.slack.pace import A_MINUTE
from bot.slack.people import Membership, Reach
from sandbox.slack.channels import Channel
from sandbox.slack.people import User
from tests.stage import Stage


@pytest.fixture
def directory(stage: Stage) -> Directory:
    return stage.bot.parts.directory


def calls(stage: Stage, method: str) -> int:
    return len([each for each in stage.slack.calls if each.method == method])


def add_people(stage: Stage, number: int) -> list[str]:
    ids = [f"UNEW{each}" for each in range(number)]
    stage.slack.admin.add(*(User(each, each.lower(), each) for each in ids))
    return ids


def add_channels(stage: Stage, number: int) -> list[str]:
    bot = stage.slack.bot_user_id
    ids = [f"CNEW{each}" for each in range(number)]
    stage.slack.admin.add(*(Channel(each, each.lower(), ("UADA", bot)) for each in ids))
    return ids


async def test_many_who_ask_the_same_at_once_share_one_call(
    stage: Stage, directory: Directory
) -> None:
    found = await asyncio.gather(*(directory.person("UADA") for _ in range(20)))
    places = await asyncio.gather(*(directory.place("CTRAIN") for _ in range(20)))

    assert {each.membership for each in found} == {Membership.OURS}
    assert {each.reach for each in places} == {Reach.INTERNAL}
    assert (calls(stage, "users.info"), calls(stage, "conversations.info")) == (1, 1)


async def test_what_was_told_is_remembered_for_some_minutes(
    stage: Stage, directory: Directory
) -> None:
    for age, method, ask in (
        (PEOPLE_AGE, "users.info", directory.person),
        (PLACES_AGE, "conversations.info", directory.place),
    ):
        name = "UADA" if method == "users.info" else "CTRAIN"
        for seconds in (0, age.total_seconds() - 1, 1):
            stage.clock.advance(seconds=seconds)
            await ask(name)
        assert calls(stage, method) == 2


async def test_a_rest_that_slack_asks_for_is_kept_by_everybody(
    stage: Stage, directory: Directory
) -> None:
    stage.slack.disturb("users.info", kind="rate_limited", seconds=30)
    ada, grace = await directory.person("UADA", name="ada"), await directory.person("UGRACE")

    assert (ada.membership, grace.membership) == (Membership.UNKNOWN, Membership.UNKNOWN)
    assert ada.name == "ada"
    assert ada.again_at == grace.again_at == stage.clock.now() + timedelta(seconds=30)
    assert calls(stage, "users.info") == 1

    stage.clock.advance(seconds=30)
    assert (await directory.person("UADA")).membership is Membership.OURS


@pytest.mark.parametrize("trouble", ["http_500", "drop_before", "fatal_error", "internal_error"])
async def test_a_failure_is_remembered_for_a_moment_and_is_no_guess(
    stage: Stage, directory: Directory, trouble: str
) -> None:
    for method in ("users.info", "conversations.info"):
        if trouble.endswith("_error"):
            stage.slack.refuse(method, error=trouble)
        else:
            stage.slack.disturb(method, kind=trouble)  # type: ignore[arg-type]
    for _ in range(3):
        assert (await directory.person("UADA")).membership is Membership.UNKNOWN
        assert (await directory.place("CTRAIN")).reach is Reach.UNKNOWN
    assert (await directory.person("UGRACE")).membership is Membership.OURS
    assert calls(stage, "conversations.info") == 1

    stage.clock.advance(seconds=5)
    assert (await directory.person("UADA")).membership is Membership.OURS
    assert (await directory.place("CTRAIN")).reach is Reach.INTERNAL


async def test_no_method_is_called_more_often_than_slack_allows(
    stage: Stage, directory: Directory
) -> None:
    people = add_people(stage, A_MINUTE["users.info"] + 20)
    found = [await directory.person(each) for each in people]
    channels = add_channels(stage, A_MINUTE["conversations.info"] + 20)
    await asyncio.gather(*(directory.place(each) for each in channels))

    assert [each.membership for each in found].count(Membership.UNKNOWN) == 20
    assert "ratelimited" not in {each.error for each in stage.slack.calls}


async def test_many_places_are_listed_at_once(stage: Stage, directory: Directory) -> None:
    channels = add_channels(stage, 200)
    await stage.slack.admin.share(channels[-1], told=False)
    found = [await directory.place(each) for each in channels]

    assert {each.reach for each in found[:-1]} == {Reach.INTERNAL}
    assert found[-1].reach is Reach.SHARED
    assert calls(stage, "conversations.info") == MANY
    assert calls(stage, "users.conversations") == 1


async def test_where_places_cannot_be_listed_they_are_asked_one_by_one(
    stage: Stage, directory: Directory
) -> None:
    channels = add_channels(stage, MANY + 5)
    stage.slack.refuse("users.conversations", error="missing_scope")
    found = [await directory.place(each) for each in channels]

    assert {each.reach for each in found} == {Reach.INTERNAL}
    assert calls(stage, "conversations.info") == len(channels)
    assert calls(stage, "users.conversations") == 1


async def test_whom_slack_does_not_know_is_none_of_ours(directory: Directory) -> None:
    assert (await directory.person("UNOBODY")).membership is Membership.EXTERNAL
    place = await directory.place("GLEADS")
    assert (place.reach, place.refusal, place.again_at) == (
        Reach.UNKNOWN,
        "channel_not_found",
        None,
    )


async def test_an_answer_that_says_nothing_is_none_of_ours(
    stage: Stage, directory: Directory
) -> None:
    stage.slack.answer("users.info", {"ok": True})
    stage.slack.answer("conversations.info", {"ok": True, "channel": None})

    assert (await directory.person("UADA")).membership is Membership.EXTERNAL
    assert (await directory.place("CTRAIN")).reach is Reach.UNKNOWN


async def test_a_direct_message_is_as_internal_as_who_is_on_the_other_side(
    stage: Stage, directory: Directory
) -> None:
    for user, expected in (
        ("UADA", Reach.INTERNAL),
        ("UGUEST", Reach.INTERNAL),
        ("UPARTNER", Reach.SHARED),
    ):
        channel = stage.slack.workspace.direct_message(user).id
        assert (await directory.place(channel)).reach is expected
        assert (await directory.place(user)).reach is expected
    assert (await directory.place("")).reach is Reach.INTERNAL


async def test_without_the_scope_a_direct_message_is_not_known(
    stage: Stage, directory: Directory
) -> None:
    stage.slack.revoke("im:read")
    place = await directory.place(stage.slack.workspace.direct_message("UADA").id)
    assert (place.reach, place.refusal) == (Reach.UNKNOWN, "missing_scope")


async def test_events_say_at_once_what_is_different(stage: Stage, directory: Directory) -> None:
    await directory.place("CTRAIN")
    await directory.person("UADA")

    await stage.slack.admin.share("CTRAIN")
    assert (await directory.place("CTRAIN")).reach is Reach.SHARED
    await stage.slack.admin.unshare("CTRAIN")
    assert (await directory.place("CTRAIN")).reach is Reach.INTERNAL
    await stage.slack.admin.archive("CTRAIN")
    assert (await directory.place("CTRAIN")).is_closed
    await stage.slack.admin.archive("CTRAIN", back=True)
    assert not (await directory.place("CTRAIN")).is_closed
    await stage.slack.admin.rename("CTRAIN", "courses")
    await stage.slack.admin.remove_app("CTRAIN")
    assert not (await directory.place("CTRAIN")).is_member
    await stage.slack.invite("CTRAIN")
    assert (await directory.place("CTRAIN")).is_member

    await stage.slack.admin.change_person("UADA", is_restricted=True, tz="Asia/Tokyo")
    ada = await directory.person("UADA")
    assert (ada.membership, ada.zone) == (Membership.GUEST, "Asia/Tokyo")
    assert calls(stage, "users.info") == 1


async def test_events_of_a_private_channel_are_heard_too(
    stage: Stage, directory: Directory
) -> None:
    await stage.slack.invite("GLEADS")
    assert (await directory.place("GLEADS")).is_member
    await stage.slack.admin.archive("GLEADS")
    assert (await directory.place("GLEADS")).is_closed
    await stage.slack.admin.change_id("GLEADS", "CLEADS")
    assert (await directory.place("GLEADS")).refusal == "channel_not_found"
    assert (await directory.place("CLEADS")).reach is Reach.INTERNAL


async def test_a_lost_event_is_made_up_for_in_some_minutes(
    stage: Stage, directory: Directory
) -> None:
    await directory.place("CTRAIN")
    await stage.slack.admin.share("CTRAIN", told=False)
    stage.clock.advance(seconds=PLACES_AGE.total_seconds())

    assert (await directory.place("CTRAIN")).reach is Reach.SHARED


async def test_an_event_overtakes_an_answer_that_is_on_its_way(
    stage: Stage, directory: Directory
) -> None:
    stage.slack.disturb("conversations.info", kind="slow", seconds=0)
    asking = asyncio.create_task(directory.place("CTRAIN"))
    await asyncio.sleep(0)
    directory.place_shared("CTRAIN", "TPARTNER")

    assert (await asking).reach is Reach.SHARED
    assert (await directory.place("CTRAIN")).reach is Reach.SHARED


async def test_events_ask_nobody_where_nothing_was_ordered(stage: Stage) -> None:
    await stage.slack.admin.share("CTRAIN")
    await stage.slack.admin.change_person("UADA", tz="Asia/Tokyo")
    await stage.settle()
    asked = [each.method for each in stage.slack.calls if each.method != "auth.test"]

    assert [each["name"] for each in await stage.rows("SELECT name FROM jobs")] == ["look_at_place"]
    assert asked == []


async def test_an_event_that_nobody_can_read_harms_nothing(stage: Stage) -> None:
    for event in ({"type": "channel_shared"}, {"type": "user_change", "user": "U1"}):
        outcome = await stage.slack.event(event)
        assert (outcome.status, outcome.error) == (200, "")


async def test_who_is_in_a_conversation_is_asked_and_remembered(
    stage: Stage, directory: Directory
) -> None:
    assert await directory.has_member("CFIELD", "UADA") is True
    assert await directory.has_member("CFIELD", "UADA") is True
    assert calls(stage, "conversations.members") == 1
    assert await directory.has_member("CFIELD", "UGUEST") is False
    stage.slack.refuse("conversations.members", error="fetch_members_failed")
    assert await directory.has_member("CFIELD", "ULIN") is None
    assert await directory.has_member("GLEADS", "UADA") is False


async def test_a_clock_that_was_set_back_makes_nobody_wait_for_long(
    stage: Stage, directory: Directory
) -> None:
    stage.slack.disturb("users.info", kind="rate_limited", seconds=30)
    await directory.person("UADA")
    stage.clock.set_back(3600)

    assert (await directory.person("UADA")).membership is Membership.OURS
