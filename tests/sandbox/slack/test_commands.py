"""Slash commands as the app receives them, and what the person sees."""

import hashlib
import hmac

import pytest
from aiohttp import web

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import Recorder, section


async def test_a_command_carries_every_field_of_slacks_reference(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.command("/flow report now", user="UGRACE", channel="CTRAIN")

    form = recorder.last.form
    assert form.pop("response_url").startswith(f"{slack.url}/hooks/actions/")
    assert form.pop("trigger_id")
    assert form == {
        "token": "sandbox-verification",
        "team_id": slack.team_id,
        "team_domain": "lumen-works",
        "channel_id": "CTRAIN",
        "channel_name": "training",
        "user_id": "UGRACE",
        "user_name": "grace",
        "command": "/flow",
        "text": "report now",
        "api_app_id": slack.app_id,
        "is_enterprise_install": "false",
    }


async def test_a_request_is_signed_and_says_it_is_slack(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    slack.sender.unix_time = lambda: 1772438400
    await slack.command("/flow")

    headers, body = recorder.last.headers, recorder.last.body
    base = f"v0:1772438400:{body}".encode()
    digest = hmac.new(slack.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={digest}"
    assert headers["X-Slack-Request-Timestamp"] == "1772438400"
    assert headers["User-Agent"] == "Slackbot 1.0 (+https://api.slack.com/robots)"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@ada", "<@UADA|ada>"),
        ("@Ada.", "<@UADA|ada>."),
        ("<@UADA>", "<@UADA|ada>"),
        ("#general", "<#CGENERAL|general>"),
        ("a@b.co", "<mailto:a@b.co|a@b.co>"),
        ("https://example.com/?a=1&b", "<https://example.com/?a=1&amp;b>"),
        ("a & <b>", "a &amp; &lt;b&gt;"),
        ("@nobody #nowhere", "@nobody #nowhere"),
        ("<!channel>", "&lt;!channel&gt;"),
    ],
)
async def test_should_escape_turns_what_is_typed_into_tokens(
    slack: SlackSandbox, recorder: Recorder, typed: str, sent: str
) -> None:
    await slack.command(f"/flow {typed}")
    assert recorder.last.form["text"] == sent


async def test_without_should_escape_the_text_comes_as_typed(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.command("/raw <@UADA> a@b.co & <b> #general")
    assert recorder.last.form["text"] == "@ada a@b.co & <b> #general"


@pytest.mark.parametrize(
    ("channel", "name"), [("GLEADS", "privategroup"), ("DADA", "directmessage")]
)
async def test_the_name_of_a_private_place_is_hidden(
    slack: SlackSandbox, recorder: Recorder, channel: str, name: str
) -> None:
    slack.state.direct_message("UADA")
    await slack.command("/flow", user="UADA", channel=channel)
    assert recorder.last.form["channel_name"] == name


async def test_an_answer_in_channel_is_for_all(slack: SlackSandbox, recorder: Recorder) -> None:
    answer = {"response_type": "in_channel", "text": "hello", "blocks": [section("hello")]}
    recorder.answers.append(web.json_response(answer))
    outcome = await slack.command("/flow", channel="CTRAIN")
    assert outcome.text == "hello"
    assert [one.text for one in slack.messages("CTRAIN")] == ["hello"]


async def test_blocks_that_slack_refuses_are_refused_in_an_ack_too(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    recorder.answers.append(web.json_response({"text": "x", "blocks": [{"type": "nonsense"}]}))
    outcome = await slack.command("/flow")
    assert outcome.error == "invalid_blocks"
    assert slack.ephemerals("UADA") == []


async def test_an_unknown_command_never_reaches_the_app(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    outcome = await slack.command("/foo bar")
    assert outcome.text == "/foo is not a valid command."
    assert recorder.received == []


async def test_a_failing_app_is_shown_to_the_person(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    recorder.answers.append(web.Response(status=500))
    outcome = await slack.command("/flow")
    assert (outcome.status, outcome.error) == (500, "dispatch_failed")
    assert outcome.text == '/flow failed with the error "dispatch_failed"'


async def test_an_app_that_is_not_there_is_shown_too(slack: SlackSandbox) -> None:
    outcome = await slack.command("/flow")
    assert (outcome.status, outcome.error) == (None, "dispatch_failed")


async def test_an_app_that_does_not_answer_in_time_is_given_up(slack: SlackSandbox) -> None:
    slack.switches.ack_seconds = 0.05
    # Calls held by the sandbox itself stand in for an app that never answers.
    slack.disturb("api.test", kind="slow")
    slack.connect(f"{slack.api_url}api.test")
    outcome = await slack.command("/flow")
    assert (outcome.status, outcome.error) == (None, "operation_timeout")


async def test_a_redelivered_command_is_the_same_request(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    outcome = await slack.command("/flow once", redeliver=2)
    assert len(outcome.deliveries) == 3
    assert len({one.body for one in recorder.received}) == 1


@pytest.mark.parametrize(
    ("user", "channel"),
    [("UGUEST", "CGENERAL"), ("ULIN", "GLEADS"), ("UGONE", "CGENERAL"), ("UADA", "CARCHIVE")],
)
async def test_nobody_types_where_they_cannot(slack: SlackSandbox, user: str, channel: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        await slack.command("/flow", user=user, channel=channel)


async def test_capitals_in_a_command_are_read_as_the_list_of_commands_reads_them(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.command("/Flow Report ONE")
    assert recorder.last.form["command"] == "/flow"
    assert recorder.last.form["text"] == "Report ONE"
