"""The local Slack's container for agents: sessions, prompts, what people look at, and refusals."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.agents.sessions import Prompt
from tests.sandbox.slack.apps import Recorder, served
from tests.sandbox.slack.conftest import MANIFEST

HELLO = {"title": "Hello", "message": "hello"}


def as_agent(*, stops: bool = True) -> dict[str, Any]:
    """Return a manifest of an agent; work of one that does not hear of stops has no stop button."""
    raw: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    raw["features"]["agent_view"] = {"agent_description": "Answers", "suggested_prompts": [HELLO]}
    raw["oauth_config"]["scopes"]["bot"].append("assistant:write")
    events = raw["settings"]["event_subscriptions"]["bot_events"]
    events += ["app_context_changed", *(["agent_session_stopped"] if stops else [])]
    return raw


async def opened(
    clock: SandboxClock, folder: Path, raw: dict[str, Any]
) -> AsyncIterator[SlackSandbox]:
    file = folder / "manifest.yml"
    file.write_text(yaml.safe_dump(raw), encoding="utf-8")
    async with SlackSandbox(clock=clock, manifest=file) as sandbox:
        yield sandbox


@pytest.fixture
async def slack(clock: SandboxClock, tmp_path: Path) -> AsyncIterator[SlackSandbox]:
    async for sandbox in opened(clock, tmp_path, as_agent()):
        yield sandbox


@pytest.fixture
def client(slack: SlackSandbox) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
async def recorder(slack: SlackSandbox) -> AsyncIterator[Recorder]:
    recorder = Recorder()
    async with served(recorder.app()) as root:
        slack.connect(f"{root}/slack/events")
        yield recorder


async def asked(slack: SlackSandbox, *, user: str = "UADA") -> dict[str, str]:
    """Return the arguments that name the thread of a question."""
    place = slack.agent.conversation(user)
    said = await slack.say("who is overdue?", user=user, channel=place.id)
    assert said.message
    return {"channel_id": place.id, "thread_ts": said.message.ts}


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    return str(refused.value.response["error"])


async def test_a_session_begins_works_and_rests(
    slack: SlackSandbox, client: AsyncWebClient, clock: SandboxClock
) -> None:
    thread = await asked(slack)
    await client.api_call(
        "agents.sessions.setStatus", json={**thread, "status": "processing", "title": "Overdue"}
    )
    session = slack.agents.session(*thread.values())
    assert session
    assert (session.status, session.title) == ("processing", "Overdue")

    clock.advance(seconds=3601)
    late = slack.agents.session(*thread.values())
    assert late
    assert late.status == "active"

    await client.api_call("agents.sessions.rename", json={**thread, "title": "Who is late"})
    await client.api_call("agents.sessions.setStatus", json={**thread, "status": "closed"})
    [closed] = slack.agents.sessions(thread["channel_id"])
    assert (closed.status, closed.title) == ("closed", "Who is late")


async def test_what_is_no_session_is_refused(slack: SlackSandbox, client: AsyncWebClient) -> None:
    thread = await asked(slack)
    setting, renaming = "agents.sessions.setStatus", "agents.sessions.rename"
    channel = thread["channel_id"]

    assert await refusal(client, setting, **thread, status="busy") == "invalid_status"
    assert await refusal(client, setting, channel_id=channel, status="active") == (
        "thread_ts_required"
    )
    assert await refusal(client, setting, **thread, status="active", mood="good") == (
        "invalid_arguments"
    )
    assert await refusal(client, renaming, **thread, title="Early") == "session_not_found"
    await client.api_call(setting, json={**thread, "status": "active"})
    assert await refusal(client, renaming, **thread, title="x" * 201) == "invalid_name"
    slack.revoke("chat:write")
    assert await refusal(client, setting, **thread, status="active") == "missing_scope"


async def test_prompts_are_of_the_whole_conversation(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    channel, method = slack.agent.conversation("UADA").id, "assistant.threads.setSuggestedPrompts"
    assert slack.agents.prompts(channel).offered == (Prompt("Hello", "hello"),)

    await client.api_call(method, json={"channel_id": channel, "prompts": [HELLO], "title": "Try"})
    assert slack.agents.prompts(channel).title == "Try"

    thread = await asked(slack)
    assert await refusal(client, method, **thread, prompts=[HELLO]) == "invalid_thread_ts"
    assert await refusal(client, method, channel_id=channel, prompts=[HELLO] * 5) == (
        "invalid_arguments"
    )
    assert await refusal(client, method, channel_id=channel, prompts=[{"title": "x"}]) == (
        "invalid_arguments"
    )
    slack.revoke("assistant:write")
    assert await refusal(client, method, channel_id=channel, prompts=[HELLO]) == "missing_scope"


async def test_the_app_hears_where_somebody_looks(slack: SlackSandbox, recorder: Recorder) -> None:
    await slack.agent.look_at("CTRAIN", user="UGRACE")

    payload = recorder.last.payload
    assert payload["authorizations"][0]["user_id"] == "UGRACE"
    assert payload["event"]["type"] == "app_context_changed"
    assert payload["event"]["context"]["entities"] == [
        {"type": "slack#/types/channel_id", "value": "CTRAIN", "team_id": slack.team_id}
    ]
    assert "user" not in payload["event"]

    await slack.open_home(user="UGRACE", tab="messages")
    opened = recorder.last.payload["event"]
    assert opened["context"]["entities"][0]["value"] == "CTRAIN"
    with pytest.raises(ValueError, match="sees no channel"):
        await slack.agent.look_at("GLEADS", user="ULIN")

    slack.revoke("assistant:write")
    assert (await slack.agent.look_at("", user="UGRACE")).error == "missing_scope"


async def test_work_is_stopped_by_a_button_that_only_work_has(
    slack: SlackSandbox, client: AsyncWebClient, recorder: Recorder
) -> None:
    thread = await asked(slack)
    with pytest.raises(ValueError, match="nothing to stop"):
        await slack.agent.stop(thread["thread_ts"], user="UADA")

    await client.api_call("agents.sessions.setStatus", json={**thread, "status": "processing"})
    await slack.agent.stop(thread["thread_ts"], user="UADA")

    event = recorder.last.payload["event"]
    assert (event["type"], event["user"]) == ("agent_session_stopped", "UADA")
    assert (event["channel"], event["thread_ts"]) == tuple(thread.values())
    session = slack.agents.session(*thread.values())
    assert session
    assert session.status == "processing"  # Slack leaves that to the app


async def test_work_that_nobody_can_stop_is_warned_of(clock: SandboxClock, tmp_path: Path) -> None:
    async for slack in opened(clock, tmp_path, as_agent(stops=False)):
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        thread = await asked(slack)
        answer = await client.api_call(
            "agents.sessions.setStatus", json={**thread, "status": "processing"}
        )
        assert answer["warning"] == "missing_agent_session_stopped_event_subscription"
        with pytest.raises(ValueError, match="nothing to stop"):
            await slack.agent.stop(thread["thread_ts"], user="UADA")


async def test_a_guest_has_no_agent(slack: SlackSandbox, client: AsyncWebClient) -> None:
    direct = slack.workspace.direct_message("UGUEST").id
    with pytest.raises(ValueError, match="members only"):
        await slack.open_home(user="UGUEST", tab="messages")
    with pytest.raises(ValueError, match="members only"):
        await slack.say("hello", user="UGUEST", channel=direct)
    method = "assistant.threads.setSuggestedPrompts"
    assert await refusal(client, method, channel_id=direct, prompts=[HELLO]) == "channel_not_found"


async def test_the_older_status_goes_with_the_reply_or_after_two_minutes(
    slack: SlackSandbox, client: AsyncWebClient, clock: SandboxClock
) -> None:
    thread = await asked(slack)
    setting = {**thread, "status": "is asking MomoFlow"}
    await client.api_call("assistant.threads.setStatus", json=setting)
    assert slack.agents.thinking(*thread.values()) == "is asking MomoFlow"
    await client.chat_postMessage(
        channel=thread["channel_id"], thread_ts=thread["thread_ts"], text="25 of 45"
    )
    assert not slack.agents.thinking(*thread.values())

    await client.api_call("assistant.threads.setStatus", json=setting)
    clock.advance(seconds=121)
    assert not slack.agents.thinking(*thread.values())


async def test_without_a_paid_plan_or_the_feature_there_is_none(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    thread = await asked(slack)
    slack.switches.paid_plan = False
    setting, suggesting = "agents.sessions.setStatus", "assistant.threads.setSuggestedPrompts"

    assert await refusal(client, setting, **thread, status="active") == "feature_disabled"
    assert (
        await refusal(client, suggesting, channel_id=thread["channel_id"], prompts=[HELLO])
        == "not_agent_app"
    )
