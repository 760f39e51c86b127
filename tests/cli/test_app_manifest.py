"""`flowbot manifest`: what it prints Slack takes, and Flowbot answers at its addresses."""

from typing import Any

import pytest
import yaml

from bot.slack.manifest import declared
from sandbox.slack.manifest_rules import problems
from tests.cli.conftest import Typed

ROOT = "https://flowbot.example.com"
ASKED = f"{ROOT}/slack/events"


async def printed(typed: Typed, *options: str) -> dict[str, Any]:
    """Return the manifest that is printed."""
    code, out, err = await typed("manifest", *options)
    assert (code, err) == (0, "")
    made: dict[str, Any] = yaml.safe_load(out)
    assert list(problems(made)) == []
    return made


@pytest.mark.parametrize("options", [(), ("--socket",)])
async def test_without_an_address_it_is_manifest_yml(typed: Typed, options: tuple[str]) -> None:
    assert await printed(typed, *options) == declared()


async def test_over_http_every_request_has_its_address(typed: Typed) -> None:
    made = await printed(typed, "--http", f"{ROOT}/")
    settings = made["settings"]

    assert {each["url"] for each in made["features"]["slash_commands"]} == {ASKED}
    assert settings["event_subscriptions"]["request_url"] == ASKED
    assert settings["interactivity"]["request_url"] == ASKED
    assert settings["socket_mode_enabled"] is False
    assert "redirect_urls" not in made["oauth_config"]
    assert made["oauth_config"]["scopes"] == declared()["oauth_config"]["scopes"]


async def test_several_workspaces_come_back_and_tell_when_they_go(typed: Typed) -> None:
    made = await printed(typed, "--workspaces", "--http", ROOT)
    events = made["settings"]["event_subscriptions"]

    assert made["oauth_config"]["redirect_urls"] == [f"{ROOT}/slack/oauth_redirect"]
    assert {"app_uninstalled", "tokens_revoked"} <= set(events["bot_events"])
    assert events["request_url"] == ASKED
    assert made["settings"]["org_deploy_enabled"] is True


async def test_several_workspaces_may_use_socket_mode_for_all_but_the_pages(typed: Typed) -> None:
    made = await printed(typed, "--workspaces", "--socket", "--http", ROOT)

    assert made["oauth_config"]["redirect_urls"] == [f"{ROOT}/slack/oauth_redirect"]
    assert made["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in made["settings"]["event_subscriptions"]


async def test_it_is_made_while_the_settings_are_still_wrong(typed: Typed) -> None:
    half = {"SLACK_BOT_TOKEN": "xoxb-without-the-rest", "PORT": "none"}
    code, out, err = await typed("manifest", "--http", ROOT, settings=half)

    assert (code, err) == (0, "")
    assert ASKED in out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--http", "http://flowbot.example.com"), "Write https:// before the name"),
        (("--http", "flowbot.example.com"), "Write https:// before the name"),
        (("--http", "https://flowbot.example.com/bot"), "leave out what follows the host"),
        (("--http", "https://flowbot.example.com?a=1"), "leave out what follows the host"),
        (("--http", "https://ada:pw@flowbot.example.com"), "name and password"),
        (("--http", "https://localhost:3000"), "nobody outside reaches localhost"),
        (("--http", "https://127.0.0.1"), "nobody outside reaches 127.0.0.1"),
        (("--http", "https://10.1.2.3"), "nobody outside reaches 10.1.2.3"),
        (("--http", "https://[::1]"), "nobody outside reaches ::1"),
        (("--http", "https://YOUR-HOST"), "nobody outside reaches your-host"),
        (("--http", "https://nas.local"), "nobody outside reaches nas.local"),
        (("--http", "https://"), "no name of a host"),
        (("--http", ""), "Write https:// before the name"),
        (("--http", "https://flöw.example"), "plain letters"),
        (("--http", "https://flowbot.example.com:port"), "that is no address"),
        (("--workspaces",), "say --http as well"),
        (("--socket", "--http", ROOT), "not both"),
    ],
)
async def test_what_slack_could_not_use_is_refused_in_words(
    typed: Typed, options: tuple[str, ...], words: str
) -> None:
    code, out, err = await typed("manifest", *options)

    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1
