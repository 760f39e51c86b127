"""What an answer offers to press, as calls of tools. Pure.

A button that no call stands for is left out: Slackbot drops all blocks of an answer for one that is
not a tool's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.asking.rendering.presses import value_of
from bot.codec import dumps
from bot.slack.blocks.budget import LIMITS
from bot.slack.messages import Block

MENUS: Final = frozenset({"static_select", "overflow"})


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a tool."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """The arguments as a button has them."""
        return dumps(dict(self.arguments))


@dataclass(frozen=True, slots=True)
class OfferedCall:
    """A call as it is offered: what the button says, and what it says to who cannot see it."""

    label: str
    call: ToolCall
    style: str = ""
    spoken: str = ""


CallOf = Callable[[str, str], ToolCall | None]
"""Returns the call for a button's action id and its value; None where none stands for it."""


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    """A menu: what stands on it, and the calls of its options."""

    placeholder: str
    options: tuple[OfferedCall, ...]


def offered(
    elements: Iterable[Mapping[str, Any]], call_of: CallOf
) -> Iterator[OfferedCall | OfferedChoice]:
    """Yield what can be called of the elements of a block."""
    for each in elements:
        if each["type"] == "button":
            yield from _called(each, str(each.get("action_id", "")), call_of, each)
        elif each["type"] in MENUS:
            action = str(each.get("action_id", ""))
            options = tuple(
                one for option in each["options"] for one in _called(option, action, call_of, {})
            )
            if options:
                name = each.get("placeholder", {}).get("text", "More")
                yield OfferedChoice(str(name), options)


def elements_of(block: Block) -> list[Mapping[str, Any]]:
    """Return what can be pressed or chosen in a block."""
    held = block.get("elements", ()) if block["type"] == "actions" else ()
    return [*held, *([block["accessory"]] if "accessory" in block else [])]


def calls_in(blocks: Iterable[Block], call_of: CallOf) -> Iterator[OfferedCall]:
    """Yield every call that blocks offer, once."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        for each in offered(elements_of(block), call_of):
            for one in each.options if isinstance(each, OfferedChoice) else (each,):
                known = one.call.tool, one.call.value
                if known not in seen:
                    seen.add(known)
                    yield one


def _called(
    element: Mapping[str, Any], action: str, call_of: CallOf, look: Mapping[str, Any]
) -> Iterator[OfferedCall]:
    found = call_of(action, value_of(element))
    if found is not None and len(found.value) <= LIMITS.button_value:
        label, spoken = str(element["text"]["text"]), str(look.get("accessibility_label", ""))
        yield OfferedCall(label, found, str(look.get("style", "")), spoken)
