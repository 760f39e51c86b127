"""The app's manifest: as it stands in manifest.yml, and with the addresses of one installation."""

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "manifest.yml"
EVENTS_PATH = "/slack/events"
"""Where Slack sends everything over HTTP."""
REDIRECT_PATH = "/slack/oauth_redirect"
"""Where Slack sends back whoever installed the app."""
OF_WORKSPACES = ("app_uninstalled", "tokens_revoked")
"""The events that tell that a workspace is gone."""


def declared() -> dict[str, Any]:
    """Return manifest.yml: one workspace, over Socket Mode."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def over_http(manifest: dict[str, Any], root: str) -> dict[str, Any]:
    """Return a manifest with Slack's requests going to `root`, such as https://flowbot.example."""
    url = f"{root}{EVENTS_PATH}"
    features, settings = manifest["features"], manifest["settings"]
    commands = [
        {"command": each["command"], "url": url, **each} for each in features["slash_commands"]
    ]
    asked = {
        name: {"request_url": url, **settings[name]}
        for name in ("event_subscriptions", "interactivity")
    }
    return {
        **manifest,
        "features": {**features, "slash_commands": commands},
        "settings": {**settings, **asked, "socket_mode_enabled": False},
    }


def for_workspaces(manifest: dict[str, Any], root: str) -> dict[str, Any]:
    """Return a manifest that several workspaces, and whole organisations, install by themselves."""
    oauth, settings = manifest["oauth_config"], manifest["settings"]
    events = settings["event_subscriptions"]
    heard = sorted({*events["bot_events"], *OF_WORKSPACES})
    return {
        **manifest,
        "oauth_config": {"redirect_urls": [f"{root}{REDIRECT_PATH}"], **oauth},
        "settings": {
            **settings,
            "event_subscriptions": {**events, "bot_events": heard},
            "org_deploy_enabled": True,
        },
    }


def as_text(manifest: dict[str, Any]) -> str:
    """Return a manifest as YAML."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)
