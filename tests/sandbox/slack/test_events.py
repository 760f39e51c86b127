"""Events: their envelope, which ones are sent, and how they are retried."""

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import Recorder

OPENED = {"type": "app_home_opened", "user": "UADA", "channel": "DADA", "tab": "home"}


def _failing(count: int, **headers: str) -> list[web.Response]:
    return [web.Response(status=500, headers=headers) for _ in range(count)]


async def test_an_event_comes_in_slacks_envelope(slack: SlackSandbox, recorder: Recorder) -> None:
    await slack.open_home(user="UADA")
    assert recorder.last.headers["Content-Type"] == "application/json"
    payload = recorder.last.payload
    assert payload["type"] == "event_callback"
    assert payload["team_id"] == slack.team_id
    assert payload["api_app_id"] == slack.app_id
    assert payload["event_time"] == 1772438400
    assert payload["authorizations"][0]["user_id"] == slack.bot_user_id
    assert payload["event"].items() >= OPENED.items()
    await slack.open_home(user="UADA")
    assert recorder.last.payload["event_id"] != payload["event_id"]


async def test_a_failed_event_is_tried_at_once_after_a_minute_and_after_five(
    slack: SlackSandbox, recorder: Recorder, clock: SandboxClock
) -> None:
    before = clock.now()
    recorder.answers = _failing(4)
    outcome = await slack.event(OPENED)

    assert [one.status for one in outcome.deliveries] == [500] * 4
    assert (clock.now() - before).total_seconds() == 360
    told = [
        (one.headers.get("X-Slack-Retry-Num"), one.headers.get("X-Slack-Retry-Reason"))
        for one in recorder.received
    ]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({one.payload["event_id"] for one in recorder.received}) == 1


async def test_retries_stop_at_the_first_success(slack: SlackSandbox, recorder: Recorder) -> None:
    recorder.answers = _failing(1)
    outcome = await slack.event(OPENED)
    assert [one.status for one in outcome.deliveries] == [500, 200]
    assert outcome.error == ""


async def test_an_app_can_ask_for_no_retries(slack: SlackSandbox, recorder: Recorder) -> None:
    recorder.answers = [web.Response(status=500, headers={"X-Slack-No-Retry": "1"})]
    assert len((await slack.event(OPENED)).deliveries) == 1


async def test_an_event_can_be_delivered_again_although_it_arrived(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.event(OPENED, redeliver=1)
    first, again = recorder.received
    assert first.payload == again.payload
    assert again.headers["X-Slack-Retry-Num"] == "1"
    assert again.headers["X-Slack-Retry-Reason"] == "http_timeout"


async def test_late_retries_can_go_on_in_the_background(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    slack.switches.background_retries = True
    recorder.answers = _failing(4)
    outcome = await slack.event(OPENED)
    assert len(outcome.deliveries) == 1
    await recorder.wait_for(4)


async def test_only_subscribed_events_are_sent(slack: SlackSandbox, recorder: Recorder) -> None:
    assert (await slack.event({"type": "team_join"})).error == "not_subscribed"
    await slack.say("hello all", user="UADA", channel="CTRAIN")
    assert recorder.received == []


async def test_a_direct_message_reaches_the_app(slack: SlackSandbox, recorder: Recorder) -> None:
    channel = slack.state.direct_message("UADA").id
    await slack.say("help & <b>", user="UADA", channel=channel)
    event = recorder.last.payload["event"]
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", channel)
    assert event["text"] == "help &amp; &lt;b&gt;"


async def test_a_mention_is_heard_only_where_the_bot_is_a_member(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.say("@flowbot help", user="UADA", channel="CRANDOM")
    assert recorder.received == []
    await slack.say("@flowbot help", user="UADA", channel="CTRAIN")
    event = recorder.last.payload["event"]
    assert (event["type"], event["text"]) == ("app_mention", f"<@{slack.bot_user_id}> help")


async def test_an_invited_bot_is_told_and_is_a_member(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.invite("CRANDOM", inviter="UGRACE")
    assert slack.bot_user_id in slack.workspace.channels["CRANDOM"].members
    assert recorder.last.payload["event"]["inviter"] == "UGRACE"


async def test_the_address_is_verified_by_a_challenge(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    assert await slack.verify_url() is False
    challenge = recorder.last.payload["challenge"]
    assert recorder.last.payload["type"] == "url_verification"
    recorder.answers.append(web.Response(text=challenge))
    assert await slack.verify_url() is False  # the answer to another challenge


async def test_a_guest_may_be_mentioned_by_typing(slack: SlackSandbox) -> None:
    outcome = await slack.say("@guido and @here", user="UADA", channel="CTRAIN")
    assert outcome.message is not None
    assert outcome.message.pages == ("UGUEST", "!here")


async def test_what_the_app_may_not_read_never_comes(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    channel = slack.workspace.direct_message("UADA").id
    slack.revoke("im:history")
    await slack.say("hello", user="UADA", channel=channel)

    assert recorder.received == []


async def test_home_comes_with_the_view_that_was_published_before(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    await slack.open_home(user="UADA")
    assert "view" not in recorder.last.payload["event"]
    await client.views_publish(user_id="UADA", view={"type": "home", "blocks": []})
    await slack.open_home(user="UADA")

    assert recorder.last.payload["event"]["view"]["type"] == "home"
