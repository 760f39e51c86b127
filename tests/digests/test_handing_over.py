"""A digest changes hands: who may do that, who may get it, and who hears of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.slack.channels import Channel
from tests.digests.test_menus import press
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
NINE_IN_NEW_YORK = datetime(2026, 11, 23, 14, tzinfo=UTC)
CHANNEL = "CTRAIN"


async def owners(stage: Stage) -> list[tuple[Any, Any]]:
    rows = await stage.rows("SELECT creator, channel FROM subscriptions ORDER BY id")
    return [(each["creator"], each["channel"]) for each in rows]


def direct(stage: Stage, user: str) -> list[str]:
    return [each.text for each in stage.said(stage.slack.workspace.direct_message(user).id)]


async def test_its_owner_hands_it_over_and_the_new_one_is_told(stage: Stage) -> None:
    await stage.command(DAILY, user="UGRACE")
    await stage.command("/flow handover 1 to <@ULIN|lin>", user="UGRACE")

    assert await owners(stage) == [("ULIN", CHANNEL)]
    assert stage.whispered("UGRACE") == ["Handed Onboarding over to lin."]
    [told] = direct(stage, "ULIN")
    assert told.startswith("grace handed Onboarding over to you. It comes every day at 09:00")


async def test_the_new_owner_hears_of_trouble(stage: Stage) -> None:
    await stage.command(DAILY, user="UGRACE")
    await stage.command("/flow hand 1 over to <@ULIN|lin>", user="UGRACE")
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE_IN_NEW_YORK)

    assert "MOMOFLOW_API_KEY" in direct(stage, "ULIN")[-1]
    assert direct(stage, "UGRACE") == []


async def test_it_can_be_handed_back(stage: Stage) -> None:
    await stage.command(DAILY, user="UGRACE")
    await stage.command("/flow handover 1 to <@ULIN|lin>", user="UGRACE")
    place = stage.slack.workspace.direct_message("ULIN").id
    await press(stage, stage.said(place)[-1], "Hand back", user="ULIN")

    assert await owners(stage) == [("UGRACE", CHANNEL)]
    assert direct(stage, "UGRACE")[-1].startswith("lin handed Onboarding over to you.")


async def test_others_may_not_and_an_admin_may(stage: Stage) -> None:
    await stage.command(DAILY, user="UGRACE")
    await stage.command("/flow handover 1 to me", user="ULIN")
    assert stage.whispered("ULIN") == [
        "Only grace, whose digest it is, or an admin can hand it over."
    ]

    await stage.command("/flow handover 1 to <@ULIN|lin>")
    assert await owners(stage) == [("ULIN", CHANNEL)]
    assert direct(stage, "UGRACE") == ["ada made your digest Onboarding lin's."]


async def test_whoever_stays_takes_over_from_one_who_left(stage: Stage) -> None:
    await stage.command(DAILY, user="UGRACE")
    await stage.slack.admin.change_person("UGRACE", deleted=True)
    await stage.command("/flow handover 1 to me", user="ULIN")

    assert await owners(stage) == [("ULIN", CHANNEL)]
    assert stage.whispered("ULIN")[-1].startswith("Onboarding is yours now.")
    assert direct(stage, "UGRACE") == []


@pytest.mark.parametrize("user", ["UGUEST", "UPARTNER", "UGONE", "UBOT"])
async def test_who_could_not_order_it_does_not_get_it(stage: Stage, user: str) -> None:
    heir = stage.slack.bot_user_id if user == "UBOT" else user
    await stage.command(DAILY)
    await stage.command(f"/flow handover 1 to <@{heir}|x>")

    assert await owners(stage) == [("UADA", CHANNEL)]
    assert "members of this workspace" in stage.whispered()[-1]


async def test_nobody_gets_a_digest_of_a_channel_they_are_not_in(stage: Stage) -> None:
    members = ("UADA", stage.slack.bot_user_id)
    stage.slack.admin.add(Channel("CBOARD", "board", is_private=True, members=members))
    await stage.command(DAILY, channel="CBOARD")
    await stage.command("/flow handover 1 to <@UGRACE|grace>", channel="CBOARD")

    assert await owners(stage) == [("UADA", "CBOARD")]
    assert "Invite them first" in stage.whispered()[-1]
    assert direct(stage, "UGRACE") == []


async def test_one_in_direct_messages_goes_with_its_person(stage: Stage) -> None:
    place = stage.slack.workspace.direct_message("UADA").id
    await stage.command(DAILY, channel=place)
    await stage.command("/flow handover 1 to <@UGRACE|grace>", channel=place)
    await stage.at(NINE)

    assert await owners(stage) == [("UGRACE", "UGRACE")]
    assert any("Onboarding" in each and "overdue" in each for each in direct(stage, "UGRACE"))


@pytest.mark.parametrize("typed", ["handover", "handover 1", "handover 1 to grace"])
async def test_what_is_missing_is_asked_for(stage: Stage, typed: str) -> None:
    await stage.command(DAILY)
    outcome = await stage.command(f"/flow {typed}")

    assert await owners(stage) == [("UADA", CHANNEL)]
    assert "handover" in str(outcome.body)
