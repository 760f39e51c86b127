"""What Slack refuses for a while, or for good."""

from datetime import timedelta

import pytest

from bot.outbox.rules import MAX_ATTEMPTS
from tests.stage import Stage

REPORT = "/flow-report onboarding"


def posts(stage: Stage) -> int:
    return [call.method for call in stage.slack.calls].count("chat.postMessage")


async def pass_time(stage: Stage, *, hours: int) -> None:
    """Let time pass in steps of ten minutes, the bot working all the while."""
    for _ in range(hours * 6):
        stage.clock.advance(seconds=600)
        await stage.settle()


async def test_a_message_that_came_too_fast_is_sent_after_the_time_slack_names_once(
    stage: Stage,
) -> None:
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=30)
    await stage.command(REPORT)
    assert stage.said() == []
    refused_at = stage.slack.calls[-1].at

    stage.clock.advance(seconds=30)
    await stage.settle()
    assert len(stage.said()) == 1
    assert stage.slack.calls[-1].at - refused_at >= timedelta(seconds=30)
    assert posts(stage) == 2


async def test_being_too_fast_never_uses_up_the_attempts(stage: Stage) -> None:
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=1, times=12)
    await stage.command(REPORT)

    assert len(stage.said()) == 1


@pytest.mark.parametrize("error", ["internal_error", "service_unavailable", "request_timeout"])
async def test_a_passing_error_is_tried_again(stage: Stage, error: str) -> None:
    stage.slack.refuse("chat.postMessage", error=error, times=2)
    await stage.command(REPORT)

    assert len(stage.said()) == 1
    assert posts(stage) == 3


async def test_a_passing_error_that_does_not_pass_is_given_up_after_bounded_attempts(
    stage: Stage,
) -> None:
    stage.slack.refuse("chat.postMessage", error="internal_error", times=1000)
    await stage.command(REPORT)
    await pass_time(stage, hours=6)

    assert posts(stage) == MAX_ATTEMPTS
    [row] = await stage.rows("SELECT state, error FROM ledger")
    assert row == {"state": "failed", "error": "chat.postMessage: internal_error"}


async def test_an_html_page_of_slacks_proxy_is_given_up_after_bounded_attempts(
    stage: Stage,
) -> None:
    stage.slack.disturb("chat.postMessage", kind="http_500", times=1000)
    await stage.command(REPORT)
    await pass_time(stage, hours=6)

    assert posts(stage) == MAX_ATTEMPTS
    [row] = await stage.rows("SELECT state FROM ledger")
    assert row["state"] == "failed"


async def test_blocks_that_slack_refuses_are_said_more_plainly(stage: Stage) -> None:
    stage.slack.refuse("chat.postMessage", error="invalid_blocks")
    await stage.command(REPORT)

    [message] = stage.said()
    kinds = {block["type"] for block in message.blocks}
    assert "data_table" not in kinds
    assert "data_visualization" not in kinds
    assert kinds


async def test_what_slack_refuses_in_any_form_comes_as_text_with_the_table_as_a_file(
    stage: Stage,
) -> None:
    stage.slack.refuse("chat.postMessage", error="invalid_blocks", times=2)
    await stage.command(REPORT)

    [message] = stage.said()
    assert message.blocks == ()
    assert "in Onboarding (" in message.text
    files = [file for file in stage.slack.files if file.thread_ts == message.ts]
    assert [file.name for file in files if file.name.endswith(".csv") and file.size > 100]


async def test_a_refusal_for_good_is_not_repeated(stage: Stage) -> None:
    stage.slack.refuse("chat.postMessage", error="no_text", times=10)
    await stage.command(REPORT)
    await pass_time(stage, hours=1)

    assert posts(stage) == 1


async def test_where_the_bot_is_no_member_the_answer_comes_all_the_same(stage: Stage) -> None:
    await stage.command(REPORT, channel="CRANDOM")

    [message] = stage.slack.messages("CRANDOM")
    assert "in Onboarding (" in message.text


async def test_where_no_way_leads_to_the_channel_the_answer_comes_directly(stage: Stage) -> None:
    await stage.slack.command(REPORT, channel="CRANDOM")
    stage.clock.advance(seconds=31 * 60)  # the response URL has expired
    await stage.settle()

    assert stage.slack.messages("CRANDOM") == []
    [message] = stage.slack.messages("DADA")
    assert "in Onboarding (" in message.text
