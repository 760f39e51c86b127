"""The local Slack takes a manifest only as Slack does."""

from pathlib import Path
from typing import Any

import pytest

from bot.slack.manifest import as_text, declared
from sandbox.slack.manifest import read_manifest
from sandbox.slack.manifest_rules import problems


def with_value(path: str, value: Any) -> dict[str, Any]:
    """Return our manifest with one value replaced, or taken away where it is None."""
    changed = declared()
    *way, last = path.split(".")
    part: Any = changed
    for name in way:
        part = part[int(name)] if name.isdigit() else part[name]
    if value is None:
        del part[last]
    else:
        part[last] = value
    return changed


def test_ours_is_taken() -> None:
    assert list(problems(declared())) == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("display_information.name", None, "display_information.name: is missing"),
        ("display_information.name", "F" * 36, "must have 1 to 35 characters"),
        ("display_information.long_description", "short", "must have 175 to 4000 characters"),
        ("display_information.background_color", "#12345g", "has not the form"),
        ("features.slash_commands.0.command", "flow", "has not the form"),
        ("features.slash_commands.0.url", "flowbot.example", "has not the form"),
        ("features.slash_commands.0.should_escape", "true", "must be true or false"),
        ("features.slash_commands.0.color", "red", "slash_commands[0].color: is not known"),
        ("features.shortcuts.0.type", "channel", "has not the form"),
        ("features.shortcuts.0.name", "A name of twenty-five cha", "must have 1 to 24"),
        ("features.shortcuts", [], "must have 1 to 10 entries"),
        ("features.bot_user", "Flowbot", "features.bot_user: must have parts"),
        ("oauth_config.scopes.bot", "commands", "must be a list"),
        ("oauth_config.redirect_urls", ["https://a.example"] * 2, "has something twice"),
        ("settings.interactivity.is_enabled", None, "is_enabled: is missing"),
        ("settings.event_subscriptions.bot_events", [1], "bot_events[0]: must be a text"),
        ("features.agent_view", {}, "agent_view.agent_description: is missing"),
        ("features.agent_view", {"agent_description": "a" * 301}, "must have 1 to 300 characters"),
        ("surprise", {}, "surprise: is not known"),
    ],
)
def test_what_slack_refuses_is_refused_and_named(path: str, value: Any, problem: str) -> None:
    [found] = problems(with_value(path, value))
    assert problem in found


def test_no_app_is_made_from_a_manifest_that_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yml"
    file.write_text(as_text(with_value("settings.surprise", value=True)), encoding="utf-8")
    with pytest.raises(ValueError, match=r"settings\.surprise: is not known"):
        read_manifest(file)
