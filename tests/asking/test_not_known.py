"""While Slack does not tell who asks or who reads along: wait a little, then refuse in words."""

from datetime import timedelta

import pytest

from sandbox.slack.people import PARTNER
from tests.asking.answers import chosen
from tests.asking.seeing import words
from tests.stage import Stage

REPORT = "/flow-report onboarding last-7d"
DAILY = "/flow subscribe report onboarding daily 09:00"
ASSIGN = "/flow-report assign onboarding @grace"
WHO = "Slack does not tell me at the moment who you are, so nothing was done."
READERS = "Slack does not tell me at the moment who reads this channel, so nothing was done."


def calls(stage: Stage, method: str) -> int:
    return len([each for each in stage.slack.calls if each.method == method])


@pytest.mark.parametrize("typed", [ASSIGN, DAILY])
async def test_a_guest_gains_nothing_by_one_busy_answer(stage: Stage, typed: str) -> None:
    stage.slack.disturb("users.info", kind="rate_limited", seconds=30)
    await stage.command(typed, user="UGUEST")
    assert stage.whispered("UGUEST") == []

    await stage.after(seconds=30)

    [told] = stage.whispered("UGUEST")
    assert told.startswith("Guests cannot ")
    assert stage.said() == []


async def test_a_busy_answer_about_a_channel_is_waited_for(stage: Stage) -> None:
    stage.slack.disturb("conversations.info", kind="rate_limited", seconds=30)
    await stage.command(REPORT, channel="CSHARED")
    await stage.command(REPORT)
    assert (stage.said("CSHARED"), stage.said()) == ([], [])
    assert calls(stage, "conversations.info") == 1

    await stage.after(seconds=30)

    assert stage.said("CSHARED") == []
    assert len(stage.whispered("UADA")) == 1
    assert len(stage.said()) == 1


@pytest.mark.parametrize("trouble", ["fatal_error", "internal_error", "ratelimited"])
async def test_in_the_end_it_is_refused_in_words(stage: Stage, trouble: str) -> None:
    stage.slack.refuse("users.info", error=trouble, times=1000)
    await stage.command(REPORT)
    assert stage.whispered() == []

    await stage.after(minutes=3)

    assert stage.said() == []
    [told] = stage.whispered()
    assert told.startswith(WHO)
    assert len(stage.momoflow.calls) == 0
    assert calls(stage, "users.info") < 200


async def test_an_answer_is_for_the_asker_alone_where_slack_never_says_who_reads_it(
    stage: Stage,
) -> None:
    stage.slack.refuse("conversations.info", error="fatal_error", times=1000)
    await stage.command(REPORT)
    await stage.after(minutes=3)

    assert stage.said() == []
    [told] = stage.whispered()
    assert "in Onboarding (" in told


async def test_a_digest_is_not_ordered_where_slack_never_says_who_reads_it(stage: Stage) -> None:
    stage.slack.refuse("conversations.info", error="fatal_error", times=1000)
    await stage.command(DAILY)
    await stage.after(minutes=3)

    [told] = stage.whispered()
    assert told.startswith(READERS)
    assert await stage.rows("SELECT id FROM subscriptions") == []


async def test_to_wait_is_no_attempt_at_what_must_not_be_repeated(stage: Stage) -> None:
    await stage.command(ASSIGN)
    [question] = stage.slack.ephemerals("UADA")
    stage.clock.advance(seconds=timedelta(minutes=11).total_seconds())
    stage.slack.refuse("users.info", error="fatal_error", times=3)

    await stage.slack.click(question, action_id="confirm_assign")
    await stage.after(minutes=2)

    assert "may or may not" not in stage.whispered()[-1]
    assert "is now assigned" in stage.whispered()[-1]


async def test_what_was_typed_into_a_form_stays_until_slack_tells(stage: Stage) -> None:
    await stage.slack.shortcut("get_training_report")
    form = stage.slack.view_of("UADA")
    assert form is not None
    await stage.slack.options(form, action_id="flow", query="")
    stage.clock.advance(seconds=timedelta(minutes=11).total_seconds())
    stage.slack.refuse("users.info", error="fatal_error")
    values = {"flow": {"flow": "onboarding"}, "conversation": {"conversation": "CFIELD"}}

    refused = await stage.slack.submit(form, values=values)
    assert list(refused.errors.values()) == [WHO + " Try again in a few minutes."]

    stage.clock.advance(seconds=5)
    await stage.slack.submit(form, values=values)
    await stage.settle()
    assert len(stage.said("CFIELD")) == 1


async def test_a_partner_presses_export_on_a_report_and_gets_nothing(stage: Stage) -> None:
    await stage.command(REPORT)
    await stage.slack.admin.share("CTRAIN")
    await stage.slack.admin.join("CTRAIN", "UPARTNER")
    [shown] = stage.said()

    await chosen(stage, shown, user="UPARTNER")

    window = stage.slack.view_of("UPARTNER")
    assert window is not None
    assert window.callback_id == "notice"
    assert "Flowbot is only for members of this workspace." in words(window)
    assert stage.slack.files == []
    assert calls(stage, "users.info") == 1  # Ada's: a click says of which team it is


async def test_outside_a_grid_a_click_alone_says_whose_it_is(stage: Stage) -> None:
    await stage.command(REPORT)
    [shown] = stage.said()
    asked = calls(stage, "users.info")

    await stage.slack.admin.change_person("UGRACE", is_restricted=False, team_id=PARTNER)
    await chosen(stage, shown, user="UGRACE")

    window = stage.slack.view_of("UGRACE")
    assert window is not None
    assert window.callback_id == "notice"
    assert "Flowbot is only for members of this workspace." in words(window)
    assert calls(stage, "users.info") == asked
