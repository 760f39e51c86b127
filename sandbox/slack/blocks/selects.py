"""Select menus, single and multiple, over static, external, user, conversation, channel lists."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    boolean,
    choice,
    integer,
    items,
    one_of,
    optional,
    problem,
    shape,
    string,
)
from sandbox.slack.blocks.texts import (
    CONFIRM,
    OPTION_GROUP,
    SELECT_OPTION,
    listed_options,
    plain,
    typed,
    unique_values,
)

ACTION: dict[str, Field] = {"action_id": optional(string(most=limits.ACTION_ID))}
CONFIRMED: dict[str, Field] = {"confirm": optional(CONFIRM)}
FOCUS: dict[str, Field] = {"focus_on_load": optional(boolean)}
PLACED: dict[str, Field] = {"placeholder": optional(plain(limits.PLACEHOLDER))}

_EVERY = {**ACTION, **CONFIRMED, **FOCUS, **PLACED}
_MULTI = {**_EVERY, "max_selected_items": optional(integer(least=1, most=limits.OPTIONS))}
_ID = string(most=255)
_IDS = items(_ID, most=limits.OPTIONS)
_CHOSEN = items(SELECT_OPTION, most=limits.OPTIONS)

_LISTED: dict[str, Field] = {
    "options": optional(items(SELECT_OPTION, most=limits.OPTIONS)),
    "option_groups": optional(items(OPTION_GROUP, most=limits.OPTION_GROUPS)),
}
_SEARCHED: dict[str, Field] = {"min_query_length": optional(integer(least=0, most=100))}
_CONVERSATION: dict[str, Field] = {
    "default_to_current_conversation": optional(boolean),
    "filter": optional(
        shape(
            {
                "include": optional(items(choice("im", "mpim", "private", "public"), most=4)),
                "exclude_external_shared_channels": optional(boolean),
                "exclude_bot_users": optional(boolean),
            }
        )
    ),
}
_ANSWERED: dict[str, Field] = {"response_url_enabled": optional(boolean)}


def _initial_is_listed(value: Any, pointer: str, problems: list[str]) -> None:
    single = value.get("initial_option")
    chosen = value.get("initial_options") or ([single] if single else [])
    offered = [member.get("value") for member in listed_options(value)]
    strangers = [
        member
        for member in (chosen if isinstance(chosen, list) else [])
        if isinstance(member, dict) and member.get("value") not in offered
    ]
    if strangers:
        problems.append(problem("initial option must be one of the options", pointer))


def _select(kind: str, fields: dict[str, Field], *also: Rule) -> dict[str, Rule]:
    return {kind: typed(kind, fields, *also)}


_STATIC: tuple[Rule, ...] = (one_of("options", "option_groups"), unique_values, _initial_is_listed)

SELECTS: dict[str, Rule] = {
    **_select(
        "static_select", {**_EVERY, **_LISTED, "initial_option": optional(SELECT_OPTION)}, *_STATIC
    ),
    **_select(
        "external_select", {**_EVERY, **_SEARCHED, "initial_option": optional(SELECT_OPTION)}
    ),
    **_select("users_select", {**_EVERY, "initial_user": optional(_ID)}),
    **_select(
        "conversations_select",
        {**_EVERY, **_CONVERSATION, **_ANSWERED, "initial_conversation": optional(_ID)},
    ),
    **_select("channels_select", {**_EVERY, **_ANSWERED, "initial_channel": optional(_ID)}),
    **_select(
        "multi_static_select", {**_MULTI, **_LISTED, "initial_options": optional(_CHOSEN)}, *_STATIC
    ),
    **_select(
        "multi_external_select", {**_MULTI, **_SEARCHED, "initial_options": optional(_CHOSEN)}
    ),
    **_select("multi_users_select", {**_MULTI, "initial_users": optional(_IDS)}),
    **_select(
        "multi_conversations_select",
        {**_MULTI, **_CONVERSATION, "initial_conversations": optional(_IDS)},
    ),
    **_select("multi_channels_select", {**_MULTI, "initial_channels": optional(_IDS)}),
}
