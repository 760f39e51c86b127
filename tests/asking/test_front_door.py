"""What comes through the door: signed, fresh, and each thing once."""

import hashlib
import hmac
import time
from urllib.parse import urlencode

import aiohttp
import pytest
import structlog

from bot.slack.signature import SIGNATURE, TIMESTAMP
from tests.asking.seeing import words
from tests.stage import Stage

HOUR = 3600
BOT = "<@UFLOWBOT>"


@pytest.mark.parametrize(
    ("age", "altered"), [(0, "&user_id=UGRACE"), (HOUR, ""), (-HOUR, "")], ids=str
)
async def test_a_wrong_signature_or_a_stale_one_is_turned_away(
    stage: Stage, age: int, altered: str
) -> None:
    body = urlencode({"command": "/flow-report", "text": "names", "user_id": "UADA"})
    headers = stage.slack.sign(body, timestamp=int(time.time()) - age)

    status = await posted(stage, body + altered, headers)

    assert status == 401
    assert await stage.rows("SELECT * FROM jobs") == []


async def test_a_request_without_a_signature_is_turned_away(stage: Stage) -> None:
    assert await posted(stage, "command=%2Fflow-report&text=names", {}) == 401


async def test_a_command_delivered_three_times_is_answered_once(stage: Stage) -> None:
    outcome = await stage.command("/flow-report onboarding", redeliver=2)

    assert [each.status for each in outcome.deliveries] == [200, 200, 200]
    assert len(stage.said()) == 1
    assert len(stage.momoflow.calls) == 1


async def test_the_same_command_typed_twice_is_answered_twice(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d")
    await stage.command("/flow-report onboarding last-7d")

    assert len(stage.said()) == 2


async def test_calling_the_bot_by_name_shows_help_to_the_caller_alone(stage: Stage) -> None:
    await stage.slack.say(f"{BOT} what can you do?", user="UGRACE", channel="CTRAIN")
    await stage.settle()

    assert stage.said() == []
    [message] = stage.slack.ephemerals("UGRACE")
    assert "/flow-report gdpr" in words(message)


async def test_a_mention_delivered_again_is_answered_once(stage: Stage) -> None:
    event = {"type": "app_mention", "user": "UADA", "channel": "CTRAIN", "text": BOT, "ts": "1.0"}

    outcome = await stage.slack.event(event, redeliver=2)
    await stage.settle()

    assert [each.status for each in outcome.deliveries] == [200, 200, 200]
    assert len(stage.whispered()) == 1


async def test_help_is_answered_at_once_with_examples_to_copy(stage: Stage) -> None:
    for command, example in (
        ("/flow", "/flow-report gdpr"),
        ("/flow help", "/flow-report gdpr"),
        ("/flow-report", "/flow-report overdue"),
        ("/flow-report help", "/flow-report gdpr export xlsx"),
    ):
        outcome = await stage.slack.command(command, channel="CTRAIN")
        assert outcome.message is not None
        assert outcome.message.ephemeral_to == "UADA"
        assert example in words(outcome.message)


async def posted(stage: Stage, body: str | bytes, headers: dict[str, str]) -> int:
    """Send a form to the bot's own address and return the status."""
    form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.slack.sender.address, data=body, headers=form) as response,
    ):
        return response.status


@pytest.mark.parametrize("body", [b"\xff\xfe", b"payload=" + b"[" * 100_000, b"payload=null"])
async def test_a_signed_body_that_nobody_can_read_is_refused_without_a_trace(
    stage: Stage, body: bytes
) -> None:
    """Slack sends no such thing; a signature says who sent it, not that it makes sense."""
    timestamp = str(int(time.time()))
    signed = b"v0:%b:%b" % (timestamp.encode(), body)
    digest = hmac.new(stage.slack.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
    headers = {TIMESTAMP: timestamp, SIGNATURE: f"v0={digest}"}

    with structlog.testing.capture_logs() as logged:
        assert await posted(stage, body, headers) == 400

    assert logged == [{"event": "requests_refused", "log_level": "warning", "unreadable": 1}]
