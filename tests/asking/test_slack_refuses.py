"""What Slack does not take goes more plainly, elsewhere, or later; it is not lost."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.asking.seeing import bytes_of, has_blocks, has_native_blocks, kinds, words
from tests.stage import Stage

ASK = "/flow-report onboarding last-30d"
POST = "chat.postMessage"


async def test_where_the_newest_blocks_are_refused_older_ones_say_the_same(stage: Stage) -> None:
    stage.slack.refuse(POST, error="invalid_blocks", times=9, when=has_native_blocks)

    await stage.command(ASK)

    [message] = stage.said()
    assert "table" in kinds(message)
    assert "data_table" not in kinds(message)
    assert "ben.lopez@example.com" in words(message)
    assert "Overdue first" in words(message)


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long"])
async def test_where_all_blocks_are_refused_text_comes_and_the_tables_as_files(
    stage: Stage, error: str
) -> None:
    stage.slack.refuse(POST, error=error, times=9, when=has_blocks)

    await stage.command(ASK)

    [message] = stage.said()
    assert message.blocks == ()
    assert "in Onboarding (" in message.text
    assert {file.thread_ts for file in stage.slack.files} == {message.ts}
    [people] = [file for file in stage.slack.files if file.name.startswith("overdue-first")]
    rows = list(csv.DictReader(io.StringIO(bytes_of(people).decode("utf-8-sig"))))
    assert len(rows) == 24
    assert rows[0]["Person"] == "ben.lopez@example.com"


async def test_a_private_answer_whose_blocks_are_refused_still_comes(stage: Stage) -> None:
    stage.slack.refuse("chat.postEphemeral", error="invalid_blocks", times=9, when=has_blocks)
    late = stage.clock.now() + timedelta(minutes=31)  # no response_url lives that long

    await stage.slack.command(f"{ASK} privately", channel="CTRAIN")
    await stage.at(late)

    assert stage.said() == []
    assert "in Onboarding (" in stage.whispered()[0]


async def test_a_private_answers_thread_comes_too_when_the_response_url_has_ended(
    stage: Stage,
) -> None:
    late = stage.clock.now() + timedelta(minutes=31)

    await stage.slack.command(f"{ASK} detailed privately", channel="CTRAIN")
    await stage.at(late)

    report, modules, _ = stage.slack.ephemerals("UADA")
    assert "in Onboarding (" in report.text
    assert "Modules begun, by person" in words(modules)


async def test_a_busy_slack_is_given_the_time_it_asks_for(stage: Stage) -> None:
    stage.slack.disturb(POST, kind="rate_limited", seconds=3)

    await stage.command(ASK)

    [message] = stage.said()
    assert "in Onboarding (" in message.text


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "http_500"])
async def test_a_connection_to_slack_that_breaks_never_doubles_the_answer(
    stage: Stage, kind: Any
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb(POST, kind=kind)

    await stage.command(ASK)
    # Slack's history is asked twice, some time apart, before anything is sent again.
    await stage.at(stage.clock.now() + timedelta(minutes=5))

    assert len(stage.said()) == 1


async def test_an_answer_into_an_archived_channel_goes_to_the_asker(stage: Stage) -> None:
    stage.slack.refuse(POST, error="is_archived", when=lambda sent: sent["channel"] == "CTRAIN")

    await stage.command(ASK)

    [message] = stage.slack.messages("CTRAIN")
    assert "in Onboarding (" in message.text


async def test_when_slack_may_not_say_who_somebody_is_nothing_is_told(stage: Stage) -> None:
    stage.slack.revoke("users:read")

    await stage.command(ASK)

    assert stage.said() == []
    assert "An admin can install it again from manifest.yml." in stage.whispered()[0]


async def test_when_slack_may_not_say_who_reads_a_channel_the_answer_is_for_the_asker_alone(
    stage: Stage,
) -> None:
    stage.slack.revoke("channels:read")

    await stage.command(ASK)

    assert stage.said() == []
    assert "in Onboarding (" in stage.whispered()[0]
