"""Channels that take nothing any more: their orders rest, are told of once, and come back."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.asking.seeing import labels
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
FLOWS = ("onboarding", "gdpr")


async def order(stage: Stage, *flows: str, channel: str = "CTRAIN", user: str = "UADA") -> None:
    for flow in flows or FLOWS:
        line = f"/flow subscribe report {flow} daily 09:00 Europe/Berlin"
        await stage.command(line, channel=channel, user=user)


async def states(stage: Stage) -> list[str]:
    return [each["state"] for each in await stage.rows("SELECT state FROM subscriptions")]


def told(stage: Stage, direct: str = "DADA") -> list[str]:
    return [each.text for each in stage.said(direct)]


def reports(stage: Stage, channel: str = "CTRAIN") -> list[str]:
    return [each.text for each in stage.said(channel) if not each.text.startswith("Done.")]


async def close(stage: Stage, how: str, *, told: bool) -> None:
    if how == "archived":
        await stage.slack.admin.archive("CTRAIN", told=told)
    else:
        await stage.slack.admin.remove_app("CTRAIN", told=told)
    await stage.settle()


async def reopen(stage: Stage, how: str, *, told: bool) -> None:
    if how == "archived":
        await stage.slack.admin.archive("CTRAIN", back=True, told=told)
    elif told:
        await stage.slack.invite("CTRAIN")
    else:
        stage.slack.admin.add_app("CTRAIN")
    await stage.settle()


def asked(stage: Stage) -> int:
    return sum(each.method == "conversations.info" for each in stage.slack.calls)


WAYS = pytest.mark.parametrize("how", ["archived", "left"])


@WAYS
async def test_by_an_event_all_digests_of_a_channel_rest_and_the_owner_hears_once(
    stage: Stage, how: str
) -> None:
    await order(stage)
    await close(stage, how, told=True)
    assert await states(stage) == ["stopped", "stopped"]
    for days in range(3):
        await stage.at(NINE + days * DAY)

    [notice] = told(stage)
    assert notice.startswith("2 digests are paused, as ")
    assert "by themselves" in notice
    assert reports(stage) == []


@WAYS
async def test_by_an_event_they_are_back_and_nothing_old_is_sent(stage: Stage, how: str) -> None:
    await order(stage)
    await close(stage, how, told=True)
    await stage.at(NINE + 2 * DAY)
    await reopen(stage, how, told=True)

    assert await states(stage) == ["active", "active"]
    assert told(stage)[1:] == ["2 digests are back. What was missed meanwhile isn't sent later."]
    assert [each for each in reports(stage) if "Onboarding" in each] == []
    await stage.at(NINE + 3 * DAY)
    assert len([each for each in reports(stage) if " in Onboarding (" in each]) == 1
    runs = await stage.rows(
        "SELECT state, COUNT(*) AS n FROM digest_runs GROUP BY state ORDER BY state"
    )
    assert [(each["state"], each["n"]) for each in runs] == [("paused", 6), ("sent", 2)]


@WAYS
async def test_where_both_events_are_lost_looks_find_it_out(stage: Stage, how: str) -> None:
    await order(stage)
    await close(stage, how, told=False)
    await stage.at(NINE)
    assert await states(stage) == ["stopped", "stopped"]
    assert len(told(stage)) == 1

    await reopen(stage, how, told=False)
    await stage.at(NINE + timedelta(minutes=6))
    assert await states(stage) == ["active", "active"]
    assert len(told(stage)) == 2


async def test_looks_become_rarer_and_are_few(stage: Stage) -> None:
    await order(stage)
    await close(stage, "archived", told=True)
    before = asked(stage)
    for minutes in range(0, 24 * 60, 10):
        await stage.at(NINE + timedelta(minutes=minutes))

    assert 20 <= asked(stage) - before <= 30
    assert len(told(stage)) == 1


async def test_each_owner_hears_of_their_own(stage: Stage) -> None:
    await order(stage, "onboarding")
    await order(stage, "gdpr", user="UGRACE")
    await close(stage, "archived", told=True)

    assert [each.split(" is")[0] for each in told(stage)] == ["Onboarding"]
    assert len(told(stage, "DGRACE")) == 1
    assert "Onboarding" not in told(stage, "DGRACE")[0]


async def test_digests_and_watches_of_one_channel_are_one_notice(stage: Stage) -> None:
    await order(stage)
    await stage.command("/flow-run watch all", channel="CTRAIN")
    await close(stage, "archived", told=True)
    [notice] = told(stage)
    assert notice.startswith("2 digests and 1 watch are paused")

    await reopen(stage, "archived", told=True)
    assert told(stage)[1].startswith("2 digests and 1 watch are back")


async def test_what_a_person_paused_stays_paused(stage: Stage) -> None:
    await order(stage)
    await stage.command("/flow pause 1")
    await close(stage, "archived", told=True)
    await reopen(stage, "archived", told=True)

    assert await states(stage) == ["paused", "active"]
    assert told(stage)[0].startswith("Gdpr is paused")


async def test_the_button_looks_at_once(stage: Stage) -> None:
    await order(stage, "onboarding")
    await close(stage, "archived", told=True)
    [notice] = stage.said("DADA")
    assert labels(notice)[0] == "Look again"
    await stage.slack.click(notice, action_id="do", user="UADA")
    await stage.settle()
    assert stage.whispered()[-1].startswith("Still paused, as that channel is archived.")

    await stage.slack.admin.archive("CTRAIN", back=True, told=False)
    stage.clock.advance(seconds=15)
    await stage.slack.click(notice, action_id="do", user="UADA")
    await stage.settle()
    assert await states(stage) == ["active"]


async def test_a_channel_that_becomes_shared_while_it_is_archived_needs_a_consent(
    stage: Stage,
) -> None:
    await order(stage, "onboarding")
    await close(stage, "archived", told=True)
    await stage.slack.admin.share("CTRAIN")
    await reopen(stage, "archived", told=True)
    assert await states(stage) == ["shared"]
    assert "another organisation now reads its channel" in told(stage)[-1]

    await stage.slack.click(stage.said("DADA")[-1], action_id="do", user="UADA")
    await stage.settle()
    assert await states(stage) == ["active"]
    await stage.at(NINE)
    assert len(reports(stage)) == 1


async def test_a_channel_that_is_ours_again_has_its_digests_back(stage: Stage) -> None:
    await order(stage)
    await stage.slack.admin.share("CTRAIN")
    await stage.settle()
    assert await states(stage) == ["shared", "shared"]
    await stage.slack.admin.unshare("CTRAIN")
    await stage.settle()

    assert await states(stage) == ["active", "active"]
    assert told(stage)[-1].startswith("2 digests are back")


async def test_a_channel_with_another_id_has_its_digests_back_there(stage: Stage) -> None:
    await order(stage, "onboarding")
    await close(stage, "archived", told=True)
    await stage.slack.admin.change_id("CTRAIN", "CNEW")
    await stage.settle()
    await stage.slack.admin.archive("CNEW", back=True)
    await stage.settle()

    assert await states(stage) == ["active"]
    assert await stage.rows("SELECT id FROM troubles") == []


@pytest.mark.parametrize("heard", [True, False], ids=["by an event", "the event was lost"])
async def test_a_channel_that_is_deleted_has_its_digests_moved(
    stage: Stage, *, heard: bool
) -> None:
    await order(stage, "onboarding")
    await stage.slack.admin.delete("CTRAIN", told=heard)
    await stage.at(NINE)

    assert await states(stage) == ["stopped"]
    [notice] = stage.said("DADA")
    assert notice.text.startswith("Onboarding is paused, as I can't see its channel any more.")
    assert "Other channel" in labels(notice)
