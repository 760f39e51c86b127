"""Opening modals in the sandbox the way an app does."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox, View
from tests.sandbox.slack.apps import Recorder

Json = dict[str, Any]


async def triggered(slack: SlackSandbox, recorder: Recorder) -> str:
    await slack.shortcut("get_report", user="UADA")
    return str(recorder.last.payload["trigger_id"])


async def opened(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient, view: Json
) -> View:
    await client.views_open(trigger_id=await triggered(slack, recorder), view=view)
    opened = slack.view_of("UADA")
    assert opened is not None
    return opened
