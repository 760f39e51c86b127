"""What the app declared to Slack: commands, shortcuts, scopes and events of manifest.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sandbox.slack.functions.declared import Function, conflicts, read_functions
from sandbox.slack.manifest_rules import problems

_ALL_SCOPES = frozenset(
    f"{one}:{verb}"
    for verb, families in {
        "read": "app_mentions canvases channels files groups im mpim usergroups users",
        "history": "channels groups im mpim",
        "write": "assistant canvases chat files groups im mpim reactions",
        "manage": "channels",
    }.items()
    for one in families.split()
) | {"commands", "users:read.email"}


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One shortcut; `type` is `global` or `message`."""

    callback_id: str
    type: str
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The declared surface. Without a file everything is allowed (`is_open`)."""

    name: str = "Flowbot"
    commands: Mapping[str, Command] = field(default_factory=dict)
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = _ALL_SCOPES
    events: frozenset[str] = frozenset()
    redirect_urls: tuple[str, ...] = ()
    functions: Mapping[str, Function] = field(default_factory=dict)
    unfurl_domains: tuple[str, ...] = ()
    entity_types: frozenset[str] = frozenset()
    """The kinds of Work Objects whose previews are switched on."""
    mcp_servers: Mapping[str, str] = field(default_factory=dict)
    """How each MCP server knows who calls, by its address."""
    has_home_tab: bool = True
    has_messages_tab: bool = True
    has_agent: bool = False
    """Whether it is an agent, which guests cannot use."""
    prompts: tuple[tuple[str, str], ...] = ()
    """What the agent offers at first: titles and messages."""
    is_open: bool = True

    def command(self, name: str) -> Command | None:
        """Return the command of that name, or None when the app has none."""
        return self.commands.get(name) or (Command(name) if self.is_open else None)

    def shortcut(self, callback_id: str, kind: str) -> Shortcut | None:
        """Return the shortcut of that id and type, or None when the app has none."""
        for one in self.shortcuts:
            if one.callback_id == callback_id and one.type == kind:
                return one
        return Shortcut(callback_id, kind) if self.is_open else None

    def subscribes(self, event: str) -> bool:
        """Tell whether the app asked for an event such as `app_mention` or `message.im`."""
        return self.is_open or event in self.events


def read_manifest(path: Path | str | None) -> Manifest:
    """Return the manifest of a YAML file or text; None gives an app that declares everything.

    Raises ValueError for one that Slack would not take.
    """
    if path is None:
        return Manifest()
    return _manifest(path.read_text(encoding="utf-8") if isinstance(path, Path) else path)


@lru_cache(maxsize=8)
def _manifest(text: str) -> Manifest:
    """Return the manifest of a YAML text; kept, as to read it is a fifth of a sandbox's start."""
    raw: dict[str, Any] = yaml.safe_load(text) or {}
    if wrong := list(problems(raw)) or conflicts(raw):
        raise ValueError("Slack takes no such manifest. " + "; ".join(wrong))
    features = raw.get("features") or {}
    home = features.get("app_home") or {}
    commands = [_command(one) for one in features.get("slash_commands") or []]
    return Manifest(
        name=(features.get("bot_user") or {}).get("display_name", "Flowbot"),
        commands={one.command: one for one in commands},
        shortcuts=tuple(_shortcut(one) for one in features.get("shortcuts") or []),
        scopes=frozenset(_at(raw, "oauth_config", "scopes", "bot")),
        functions=read_functions(raw),
        redirect_urls=tuple(_at(raw, "oauth_config", "redirect_urls")),
        mcp_servers={
            each["url"]: each["auth_type"] for each in (raw.get("mcp_servers") or {}).values()
        },
        events=frozenset(_at(raw, "settings", "event_subscriptions", "bot_events")),
        unfurl_domains=tuple(features.get("unfurl_domains") or ()),
        entity_types=_entity_types(features.get("rich_previews") or {}),
        has_home_tab=home.get("home_tab_enabled", True),
        has_messages_tab=home.get("messages_tab_enabled", True),
        has_agent="agent_view" in features,
        prompts=tuple((each["title"], each["message"]) for each in _prompts(features)),
        is_open=False,
    )


def _prompts(features: dict[str, Any]) -> list[dict[str, str]]:
    return (features.get("agent_view") or {}).get("suggested_prompts") or []


def _at(raw: dict[str, Any], *path: str) -> list[str]:
    found: Any = raw
    for name in path:
        found = (found or {}).get(name)
    return found or []


def _entity_types(raw: dict[str, Any]) -> frozenset[str]:
    return frozenset(raw.get("entity_types") or ()) if raw.get("is_active") else frozenset()


def _command(raw: dict[str, Any]) -> Command:
    return Command(
        command=raw["command"],
        description=raw.get("description", ""),
        usage_hint=raw.get("usage_hint", ""),
        should_escape=bool(raw.get("should_escape", False)),
    )


def _shortcut(raw: dict[str, Any]) -> Shortcut:
    return Shortcut(
        callback_id=raw["callback_id"],
        type=raw["type"],
        name=raw.get("name", ""),
        description=raw.get("description", ""),
    )
