"""/invite and /remove, as people type them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import Recorder


@pytest.fixture
async def slack(clock: SandboxClock) -> AsyncIterator[SlackSandbox]:
    """A workspace whose app hears of everything."""
    async with SlackSandbox(clock=clock) as sandbox:
        yield sandbox


def heard(recorder: Recorder) -> list[dict[str, Any]]:
    """Return the events that the app got, without what every event has."""
    events = [json.loads(each.body)["event"] for each in recorder.received]
    return [{name: value for name, value in one.items() if name != "event_ts"} for one in events]


def members(slack: SlackSandbox, channel: str) -> tuple[str, ...]:
    return slack.state.channels[channel].members


async def test_the_invited_app_hears_that_it_joined(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    outcome = await slack.command("/invite @Flowbot", user="UGRACE", channel="CRANDOM")

    assert outcome.error == ""
    assert slack.bot_user_id in members(slack, "CRANDOM")
    assert heard(recorder) == [
        {
            "type": "member_joined_channel",
            "user": slack.bot_user_id,
            "channel": "CRANDOM",
            "channel_type": "C",
            "team": slack.team_id,
            "inviter": "UGRACE",
        }
    ]
    [note] = slack.messages("CRANDOM")
    assert note.text == f"<@{slack.bot_user_id}> has joined the channel"


async def test_a_private_channel_is_named_from_elsewhere(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.command("/invite @lin @flowbot #leads", channel="CGENERAL")

    assert members(slack, "GLEADS") == ("UADA", "UGRACE", "ULIN", slack.bot_user_id)
    [event] = heard(recorder)  # of lin it heard nothing, as it was no member yet
    assert (event["user"], event["channel_type"]) == (slack.bot_user_id, "G")


@pytest.mark.parametrize(
    ("channel", "kind"), [("CTRAIN", "channel_left"), ("GLEADS", "group_left")]
)
async def test_the_removed_app_hears_only_that_it_left(
    slack: SlackSandbox, recorder: Recorder, channel: str, kind: str
) -> None:
    if channel == "GLEADS":
        await slack.invite(channel)
        recorder.received.clear()
    await slack.command("/remove @Flowbot", channel=channel)

    assert slack.bot_user_id not in members(slack, channel)
    assert heard(recorder) == [{"type": kind, "channel": channel}]


async def test_others_come_and_go_before_the_eyes_of_the_app(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.command("/remove @lin", channel="CFIELD")
    await slack.command("/INVITE @lin", channel="CFIELD")
    told = [(event["type"], event["user"]) for event in heard(recorder)]
    assert told == [("member_left_channel", "ULIN"), ("member_joined_channel", "ULIN")]


@pytest.mark.parametrize(
    ("typed", "user", "channel", "words"),
    [
        ("/invite", "UADA", "CTRAIN", "Say who"),
        ("/invite @nobody", "UADA", "CTRAIN", "Say who"),
        ("/invite @Flowbot", "UADA", "CTRAIN", "Flowbot is already in #training."),
        ("/invite @pat", "UADA", "CTRAIN", "Pat cannot be added"),
        ("/invite @Flowbot", "UADA", "DADA", "only in a channel"),
        ("/remove @Flowbot", "UADA", "CRANDOM", "Flowbot is not in #random."),
        ("/remove @grace", "UADA", "CGENERAL", "Nobody can be removed from #general."),
        ("/remove @ada", "UGUEST", "CTRAIN", "Guests cannot remove anybody."),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    slack: SlackSandbox, recorder: Recorder, typed: str, user: str, channel: str, words: str
) -> None:
    slack.state.direct_message("UADA")
    before = members(slack, channel)
    outcome = await slack.command(typed, user=user, channel=channel)
    assert words in outcome.text
    assert outcome.error
    assert members(slack, channel) == before
    assert recorder.received == []
    assert slack.messages(channel) == []
