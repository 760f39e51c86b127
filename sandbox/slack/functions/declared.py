"""The functions of a manifest: their inputs and outputs, and where the options of a pick list are.

https://docs.slack.dev/reference/app-manifest
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.slack.functions.values import TYPES

OPTIONS: Final = "options"
OPTION_TYPES: Final = ("slack#/types/options_select", "slack#/types/options_field")
"""What the output `options` of a function is that lists what can be picked."""
_WHERE: Final = "#/functions/"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input or output. `options_of` names the function that lists what can be picked for it.

    `asks` is what that one is given, by its inputs: a literal, or a word in double braces.
    """

    name: str
    type: str
    title: str = ""
    description: str = ""
    is_required: bool = False
    items: str = ""
    options_of: str = ""
    asks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Function:
    """One function; it is a step of workflows unless it only lists options."""

    callback_id: str
    title: str
    description: str
    inputs: tuple[Parameter, ...]
    outputs: tuple[Parameter, ...]

    @property
    def lists_options(self) -> bool:
        """Whether it lists what can be picked for an input of another one."""
        return any(each.name == OPTIONS and each.type in OPTION_TYPES for each in self.outputs)

    def input(self, name: str) -> Parameter:
        """Return an input. Raises LookupError for one that was not declared."""
        for each in self.inputs:
            if each.name == name:
                return each
        raise LookupError(name)


def read_functions(raw: Mapping[str, Any]) -> dict[str, Function]:
    """Return the functions of a manifest by their callback ids."""
    return {
        callback_id: Function(
            callback_id,
            one["title"],
            one["description"],
            tuple(_parameter(name, each) for name, each in one["input_parameters"].items()),
            tuple(_parameter(name, each) for name, each in one["output_parameters"].items()),
        )
        for callback_id, one in (raw.get("functions") or {}).items()
    }


def conflicts(raw: Mapping[str, Any]) -> list[str]:
    """Return what keeps Slack from offering the functions of a manifest that is well formed.

    https://docs.slack.dev/workflows/workflow-steps
    """
    functions = read_functions(raw)
    if not functions:
        return []
    settings = raw.get("settings") or {}
    events = (settings.get("event_subscriptions") or {}).get("bot_events") or []
    wrong = []
    if settings.get("function_runtime") != "remote":
        wrong.append("settings.function_runtime: must be remote")
    if settings.get("org_deploy_enabled") is not True:
        wrong.append("settings.org_deploy_enabled: must be true for an app with functions")
    if "function_executed" not in events:
        wrong.append("settings.event_subscriptions.bot_events: function_executed is missing")
    return wrong + [
        f"functions.{one.callback_id}.{each.name}: {problem}"
        for one in functions.values()
        for each in (*one.inputs, *one.outputs)
        for problem in _problems(each, functions)
    ]


def _problems(one: Parameter, functions: Mapping[str, Function]) -> list[str]:
    if one.type not in TYPES:
        return [f"{one.type} is no type"]
    if one.type == "array" and one.items not in TYPES:
        return ["an array says of what its items are"]
    source = functions.get(one.options_of)
    if not one.options_of:
        return []
    if source is None or not source.lists_options:
        return [f"{one.options_of} lists no options"]
    known = {each.name for each in source.inputs}
    return [f"{source.callback_id} has no input {each}" for each in one.asks if each not in known]


def _parameter(name: str, raw: Mapping[str, Any]) -> Parameter:
    dynamic = raw.get("dynamic_options") or {}
    asked = dynamic.get("inputs") or {}
    return Parameter(
        name,
        raw["type"],
        raw.get("title", ""),
        raw.get("description", ""),
        bool(raw.get("is_required")),
        (raw.get("items") or {}).get("type", ""),
        str(dynamic.get("function", "")).removeprefix(_WHERE),
        {each: one.get("value") for each, one in asked.items()},
    )
