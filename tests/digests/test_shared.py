"""Digests of a channel that another organisation comes to read: paused, told of, and resumed."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.asking.seeing import labels, words
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
REPLIES = ("Done.", "Changed.", "Paused ", "Resumed ", "Stopped ")


def digests(stage: Stage, channel: str = "CTRAIN") -> list[str]:
    return [each.text for each in stage.said(channel) if not each.text.startswith(REPLIES)]


def told_ada(stage: Stage) -> list[str]:
    return [each.text for each in stage.said("DADA")]


async def state(stage: Stage) -> str:
    [row] = await stage.rows("SELECT state FROM subscriptions")
    return str(row["state"])


@pytest.mark.parametrize("told", [True, False], ids=["by an event", "the event was lost"])
async def test_nothing_is_told_to_another_organisation(stage: Stage, *, told: bool) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN", told=told)
    for days in range(3):
        await stage.at(NINE + days * DAY)

    assert digests(stage) == []
    [notice] = told_ada(stage)
    assert notice.startswith("Onboarding is paused, as another organisation now reads its channel.")
    assert labels(stage.said("DADA")[0])[0] == "They may see it: resume"
    assert await state(stage) == "shared"
    await stage.command("/flow list")
    assert "Paused, as another organisation reads this channel" in stage.whispered()[-1]


async def test_nor_to_one_that_was_only_invited(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.invite_team("CTRAIN")
    await stage.at(NINE)

    assert digests(stage) == []
    assert await state(stage) == "shared"


async def test_who_resumes_it_in_the_channel_consents_for_those_who_read_it_then(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.at(NINE)
    await stage.command("/flow resume 1", user="UGRACE")
    told = words(stage.slack.ephemerals("UGRACE")[-1])
    assert "People of another organisation read this channel and will see it." in told
    await stage.at(NINE + DAY)
    await stage.at(NINE + 2 * DAY)
    assert len(digests(stage)) == 2

    await stage.slack.admin.share("CTRAIN", "TTHIRD", told=False)
    await stage.at(NINE + 3 * DAY)
    assert len(digests(stage)) == 2
    assert len(told_ada(stage)) == 2
    assert await state(stage) == "shared"


@pytest.mark.parametrize("typed", ["/flow resume 1", "/flow now 1"])
async def test_from_elsewhere_nobody_can_consent(stage: Stage, typed: str) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.at(NINE)
    await stage.command(typed, channel="CFIELD")

    assert "a member types this in the channel itself: /flow resume 1" in stage.whispered()[-1]
    assert digests(stage) == []
    assert await state(stage) == "shared"


@pytest.mark.parametrize("user", ["UGUEST", "UADA"])
async def test_a_digest_is_not_tried_out_where_others_read_it(stage: Stage, user: str) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.command("/flow now 1", user=user)

    assert digests(stage) == []
    assert len(stage.whispered(user)) == 1


async def test_a_guest_cannot_consent(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.at(NINE)
    await stage.command("/flow resume 1", user="UGUEST")

    assert stage.whispered("UGUEST")[-1].startswith("Guests cannot order digests.")
    assert await state(stage) == "shared"


async def test_among_ourselves_again_it_is_resumed_without_a_consent(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.at(NINE)
    await stage.slack.admin.unshare("CTRAIN")
    await stage.command("/flow resume 1", channel="CFIELD")
    await stage.at(NINE + DAY)
    assert len(digests(stage)) == 1

    await stage.slack.admin.share("CTRAIN")
    await stage.at(NINE + 2 * DAY)
    assert len(digests(stage)) == 1


async def test_it_can_be_ended_where_others_read_along(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    before = len(stage.said())
    await stage.command("/flow pause 1")
    await stage.command("/flow remove 1")

    assert await stage.rows("SELECT id FROM subscriptions") == []
    assert len(stage.said()) == before  # what is said of it is for the asker alone


async def test_while_slack_does_not_say_who_reads_along_a_digest_waits(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.disturb("conversations.info", kind="rate_limited", seconds=60)
    await stage.at(NINE)
    assert digests(stage) == []

    await stage.at(NINE + timedelta(minutes=1))
    assert len(digests(stage)) == 1
    assert told_ada(stage) == []


async def test_if_slack_never_says_it_the_owner_is_told(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.refuse("conversations.info", error="fatal_error", times=1000)
    for minutes in range(0, 31, 5):
        await stage.at(NINE + timedelta(minutes=minutes))

    assert digests(stage) == []
    [notice] = told_ada(stage)
    assert "Slack does not tell me at the moment who reads this channel" in notice
    assert await state(stage) == "active"


async def test_one_whose_channel_cannot_be_seen_any_more_is_stopped(stage: Stage) -> None:
    await stage.slack.invite("GLEADS")
    await stage.command(DAILY, channel="GLEADS")
    await stage.slack.admin.remove_app("GLEADS")
    await stage.at(NINE)

    [notice] = told_ada(stage)
    assert "Onboarding is paused, as I can't see its channel any more." in notice
    assert await state(stage) == "stopped"
    await stage.command("/flow resume 1", channel="GLEADS")
    assert "/invite @Flowbot" in stage.whispered()[-1]
    assert await state(stage) == "stopped"
    await stage.slack.invite("GLEADS")
    await stage.settle()
    assert await state(stage) == "active"


async def test_one_into_a_direct_message_needs_no_look_into_it(stage: Stage) -> None:
    here = stage.slack.workspace.direct_message("UADA").id
    await stage.command(DAILY, channel=here)
    stage.slack.revoke("im:read")
    await stage.at(NINE + DAY)

    assert len(digests(stage, here)) == 1


async def test_one_into_a_direct_message_stops_with_who_is_ours_no_more(stage: Stage) -> None:
    here = stage.slack.workspace.direct_message("UADA").id
    await stage.command(DAILY, channel=here)
    await stage.slack.admin.change_person("UADA", team_id="TPARTNER")
    await stage.at(NINE)

    assert [each for each in digests(stage, here) if "is paused" not in each] == []
    assert await state(stage) == "shared"


async def test_an_archived_channel_is_said_so_to_whoever_resumes(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow pause 1")
    await stage.slack.admin.archive("CTRAIN")
    await stage.command("/flow resume 1", channel="CFIELD")

    assert stage.whispered()[-1].startswith("That channel is archived.")
    assert await state(stage) == "paused"
