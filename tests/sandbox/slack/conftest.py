from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import Recorder, served

MANIFEST = Path(__file__).with_name("manifest.yml")


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


@pytest.fixture
async def slack(clock: SandboxClock) -> AsyncIterator[SlackSandbox]:
    async with SlackSandbox(clock=clock, manifest=MANIFEST) as sandbox:
        yield sandbox


@pytest.fixture
def client(slack: SlackSandbox) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bolt(slack: SlackSandbox) -> AsyncIterator[AsyncApp]:
    """A real Bolt app on loopback that the sandbox delivers to."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    async with served(app.server(path="/slack/events").web_app) as root:
        slack.connect(f"{root}/slack/events")
        yield app


@pytest.fixture
async def recorder(slack: SlackSandbox) -> AsyncIterator[Recorder]:
    """A receiver that keeps raw requests and answers what it is told."""
    recorder = Recorder()
    async with served(recorder.app()) as root:
        slack.connect(f"{root}/slack/events")
        yield recorder
