"""Switching it on: the manifest, and the secret without which nobody is let in."""

from pathlib import Path

import yaml

from sandbox.slack.manifest import read_manifest
from sandbox.world import World
from tests.cli.conftest import Typed, settings, typed, world
from tests.cli.test_running import connected, stopped
from tests.mcp.assistants import client, post
from tests.processes import flowbot
from tests.stage import open_stage

__all__ = ["settings", "typed", "world"]


async def test_the_manifest_names_the_server_and_the_scope(typed: Typed) -> None:
    code, printed, _ = await typed(
        "manifest", "--with", "mcp", "--http", "https://flowbot.example.com"
    )

    made = read_manifest(printed)
    assert code == 0
    assert made.mcp_servers == {"https://flowbot.example.com/mcp": "slack_identity_auth"}
    assert "mcp:connect" in made.scopes
    assert "mcp:connect" in yaml.safe_load(printed)["oauth_config"]["scopes"]["bot_optional"]


async def test_over_socket_mode_alone_there_is_none(typed: Typed) -> None:
    code, printed, said = await typed("manifest", "--with", "mcp")

    assert (code, printed) == (1, "")
    assert "Socket Mode does not carry" in said


async def test_without_a_signing_secret_it_does_not_start(
    typed: Typed, settings: dict[str, str], world: World
) -> None:
    del settings["SLACK_SIGNING_SECRET"]
    over_socket = {**settings, "SLACK_APP_TOKEN": world.slack.app_token, "SURFACES": "mcp"}

    for command in ("run", "doctor"):
        code, printed, said = await typed(command, settings=over_socket)

        assert code == 1
        assert "with mcp in SURFACES" in f"{printed}{said}"


async def test_beside_socket_mode_assistants_come_over_http(
    settings: dict[str, str], world: World, tmp_path: Path
) -> None:
    both = {**settings, "SLACK_APP_TOKEN": world.slack.app_token, "SURFACES": "mcp"}
    async with flowbot("run", folder=tmp_path, settings=both) as process:
        await connected(world, process)
        async with client(world.slack) as slackbot:
            assert (await slackbot.list_tools()).tools
        await stopped(process)


async def test_where_it_is_off_nothing_is_there(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "off.db") as stage:
        status, _ = await post(stage.slack, {})

    assert status == 404
