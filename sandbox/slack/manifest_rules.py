"""What Slack takes as a manifest: which parts there are, how long and of what form each may be.

Only what an app like this one has: what is not known here is refused as Slack refuses what it does
not know.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters: how many at least and at most, and of what form or which of some words."""

    least: int
    most: int
    form: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """A list: of what, how many, and whether each may come but once."""

    of: "Rule"
    least: int
    most: int
    once: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Named parts, of which some must be there, and no others may."""

    known: Mapping[str, "Rule"]
    needed: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Named:
    """Parts of one kind under names of the app's own: of what form these are, and how many."""

    of: "Rule"
    form: str
    most: int


@dataclass(frozen=True, slots=True)
class Anything:
    """A value of any kind."""


Rule = Flag | Text | Several | Part | Named | Anything
_URL: Final = r"https?://"
_EVENTS: Final = Several(Text(0, 50), 0, 100, once=True)
_SCOPES: Final = Several(Text(0, 50), 0, 255)
_COMMAND: Final = Part(
    {
        "command": Text(2, 32, form="/"),
        "url": Text(0, 3000, form=_URL),
        "description": Text(1, 2000),
        "usage_hint": Text(1, 1000),
        "should_escape": Flag(),
    },
    needed=("command", "description"),
)
_SHORTCUT: Final = Part(
    {
        "name": Text(1, 24),
        "type": Text(0, 10, words=("message", "global")),
        "callback_id": Text(1, 255),
        "description": Text(1, 150),
    },
    needed=("name", "type", "callback_id", "description"),
)
_ABOUT: Final = Part(
    {
        "name": Text(1, 35),
        "description": Text(1, 140),
        "background_color": Text(4, 7, form=r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
        "long_description": Text(175, 4000),
    },
    needed=("name",),
)
_HOME: Final = Part(
    {
        "home_tab_enabled": Flag(),
        "messages_tab_enabled": Flag(),
        "messages_tab_read_only_enabled": Flag(),
    }
)
_DOMAIN: Final = r"[a-z0-9-]+(\.[a-z0-9-]+)+$"
_PREVIEWS: Final = Part(
    {
        "is_active": Flag(),
        "entity_types": Several(Text(1, 50, form=r"slack#/entities/"), 0, 6, once=True),
    },
    needed=("is_active",),
)
_AGENT: Final = Part(
    {
        "agent_description": Text(1, 300),
        "suggested_prompts": Several(
            Part({"title": Text(1, 255), "message": Text(1, 3000)}, needed=("title", "message")),
            0,
            4,
        ),
        "actions": Several(
            Part(
                {"name": Text(1, 255), "description": Text(1, 255)}, needed=("name", "description")
            ),
            0,
            255,
        ),
    },
    needed=("agent_description",),
)
_FEATURES: Final = Part(
    {
        "agent_view": _AGENT,
        "app_home": _HOME,
        "bot_user": Part(
            {"display_name": Text(1, 80), "always_online": Flag()}, needed=("display_name",)
        ),
        "rich_previews": _PREVIEWS,
        "shortcuts": Several(_SHORTCUT, 1, 10),
        "slash_commands": Several(_COMMAND, 1, 50),
        "unfurl_domains": Several(Text(1, 255, form=_DOMAIN), 1, 5, once=True),
    }
)
_OAUTH: Final = Part(
    {
        "redirect_urls": Several(Text(0, 2500), 0, 1000, once=True),
        "scopes": Part(
            dict.fromkeys(("user", "bot", "user_optional", "bot_optional"), _SCOPES),
        ),
        "token_management_enabled": Flag(),
        "pkce_enabled": Flag(),
    }
)
_ASKED_OF_LIST: Final = Part({"value": Anything()}, needed=("value",))
_PARAMETER: Final = Part(
    {
        "type": Text(1, 100),
        "name": Text(1, 100),
        "title": Text(1, 255),
        "description": Text(0, 1000),
        "hint": Text(0, 1000),
        "is_required": Flag(),
        "is_hidden": Flag(),
        "items": Part({"type": Text(1, 100)}, needed=("type",)),
        "dynamic_options": Part(
            {
                "function": Text(1, 120, form="#/functions/"),
                "inputs": Named(_ASKED_OF_LIST, r"[a-z][a-z0-9_]*$", 50),
                "selection_type": Text(0, 20, words=("key-value",)),
            },
            needed=("function", "inputs"),
        ),
    },
    needed=("type",),
)
_PARAMETERS: Final = Named(_PARAMETER, r"[a-z][a-z0-9_]*$", 50)
_FUNCTION: Final = Part(
    {
        "title": Text(1, 255),
        "description": Text(0, 1000),
        "input_parameters": _PARAMETERS,
        "output_parameters": _PARAMETERS,
    },
    needed=("title", "description", "input_parameters", "output_parameters"),
)
_ASKED_AT: Final = Text(0, 3500, form=_URL)
_SETTINGS: Final = Part(
    {
        "event_subscriptions": Part(
            {"request_url": _ASKED_AT, "user_events": _EVENTS, "bot_events": _EVENTS}
        ),
        "interactivity": Part(
            {
                "is_enabled": Flag(),
                "request_url": _ASKED_AT,
                "message_menu_options_url": _ASKED_AT,
            },
            needed=("is_enabled",),
        ),
        "org_deploy_enabled": Flag(),
        "socket_mode_enabled": Flag(),
        "is_hosted": Flag(),
        "token_rotation_enabled": Flag(),
        "function_runtime": Text(1, 20, words=("remote", "slack")),
    }
)
_SERVER: Final = Part(
    {
        "url": Text(0, 500, form=r"https://"),
        "auth_type": Text(
            0,
            40,
            words=(
                "dynamic_client_registration",
                "no_auth",
                "manual_auth",
                "slack_identity_auth",
            ),
        ),
        "auth_provider_key": Text(0, 255),
        "headers": Named(Text(0, 10_000), r".", 100),
    },
    needed=("url", "auth_type"),
)
MANIFEST: Final = Part(
    {
        "display_information": _ABOUT,
        "features": _FEATURES,
        "oauth_config": _OAUTH,
        "settings": _SETTINGS,
        "functions": Named(_FUNCTION, r"[a-z][a-z0-9_]{0,99}$", 50),
        "mcp_servers": Named(_SERVER, r".", 20),
    },
    needed=("display_information",),
)


def problems(raw: Any, rule: Rule = MANIFEST, at: str = "") -> Iterator[str]:
    """Yield what is wrong with a manifest, each with where it stands, such as `settings: ...`."""
    match rule:
        case Flag() if not isinstance(raw, bool):
            yield f"{at}: must be true or false"
        case Text():
            yield from _of_text(raw, rule, at)
        case Several():
            yield from _of_several(raw, rule, at)
        case Named():
            yield from _of_named(raw, rule, at)
        case Part():
            yield from _of_part(raw, rule, at)


def _of_text(raw: Any, rule: Text, at: str) -> Iterator[str]:
    if not isinstance(raw, str):
        yield f"{at}: must be a text"
    elif not rule.least <= len(raw) <= rule.most:
        yield f"{at}: must have {rule.least} to {rule.most} characters"
    elif not re.match(rule.form, raw) or (rule.words and raw not in rule.words):
        yield f"{at}: has not the form of one"


def _of_several(raw: Any, rule: Several, at: str) -> Iterator[str]:
    if not isinstance(raw, list):
        yield f"{at}: must be a list"
        return
    if not rule.least <= len(raw) <= rule.most:
        yield f"{at}: must have {rule.least} to {rule.most} entries"
    if rule.once and len(set(map(str, raw))) < len(raw):
        yield f"{at}: has something twice"
    for number, each in enumerate(raw):
        yield from problems(each, rule.of, f"{at}[{number}]")


def _of_named(raw: Any, rule: Named, at: str) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{at}: must have parts"
        return
    if len(raw) > rule.most:
        yield f"{at}: must have at most {rule.most} entries"
    for name, value in raw.items():
        if not re.match(rule.form, str(name)):
            yield f"{at}.{name}: has not the form of a name"
        yield from problems(value, rule.of, f"{at}.{name}")


def _of_part(raw: Any, rule: Part, at: str) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{at or 'manifest'}: must have parts"
        return
    inside = f"{at}." if at else ""
    yield from (f"{inside}{each}: is missing" for each in rule.needed if each not in raw)
    for name, value in raw.items():
        if name in rule.known:
            yield from problems(value, rule.known[name], f"{inside}{name}")
        else:
            yield f"{inside}{name}: is not known"
