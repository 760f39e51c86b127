"""What a person sees of a message, and who in the vendor's organisation should be in it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sandbox.slack import File, Message
from sandbox.slack.views import View
from tests.stage import Stage

_TEXT = ("text", "fallback", "caption", "title", "label", "hint", "value")

Rows = list[list[str]]


def words(shown: Message | View) -> str:
    """Return every text in the blocks of a message or modal, line by line."""
    return "\n".join(_texts(list(shown.blocks)))


def table(message: Message, caption: str) -> Rows:
    """Return the rows of the table whose caption begins like this, without its header."""
    [found] = [each for each in tables(message) if each["caption"].startswith(caption)]
    return [[cell["text"] for cell in row] for row in found["rows"][1:]]


def tables(message: Message) -> list[dict[str, Any]]:
    """Return the data tables of a message."""
    return [block for block in message.blocks if block["type"] == "data_table"]


def kinds(message: Message) -> list[str]:
    """Return the types of a message's blocks."""
    return [block["type"] for block in message.blocks]


def has_native_blocks(arguments: dict[str, Any]) -> bool:
    """Tell whether a message on its way to Slack holds the newest kinds of blocks."""
    return any(kind in str(arguments.get("blocks")) for kind in ("data_table", "'plan'"))


def has_blocks(arguments: dict[str, Any]) -> bool:
    """Tell whether a message on its way to Slack holds any blocks."""
    return bool(arguments.get("blocks"))


def interactive(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the elements that call the app when they are used: those outside of input blocks."""
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]
        elif block.get("accessory"):
            yield block["accessory"]


def labels(message: Message) -> list[str]:
    """Return what stands on the buttons and menus of a message, in order; one may be three dots."""
    return [label(each) for each in interactive(message.blocks)]


def label(element: dict[str, Any]) -> str:
    """Return what stands on a button or a menu; that of a digest is three dots."""
    named = element.get("text") or element.get("placeholder")
    return str(named["text"]) if named else "…"


def choices(message: Message, *, beside: str = "") -> dict[str, str]:
    """Return the values in a digest's menu by their labels; `beside` is a text in its row."""
    menus = (
        each["accessory"] if beside else element
        for each in message.blocks
        for element in each.get("elements", [each])
        if (beside and beside in str(each) and "accessory" in each)
        or (not beside and element.get("action_id") == "digest_menu")
    )
    return {one["text"]["text"]: one["value"] for one in next(menus)["options"]}


async def picked(stage: Stage, name: str, *, asked: Message | View | None = None) -> None:
    """Choose the first with these words in its label from a pick list, the latest by default."""
    shown = asked or stage.slack.ephemerals("UADA")[-1]
    buttons = [each for each in interactive(shown.blocks) if each["action_id"].startswith("pick")]
    button = next(each for each in buttons if name in str(each))
    options = [one for one in button.get("options", ()) if name in str(one)]
    value = options[0]["value"] if options else None
    await stage.slack.click(shown, action_id=button["action_id"], value=value)
    await stage.settle()


def bytes_of(file: File) -> bytes:
    """Return the content of a file that is small enough to be in memory."""
    assert isinstance(file.content, bytes)
    return file.content


def assigned_between(
    stage: Stage, first: datetime, end: datetime, *, flow: str = "flow_onb001"
) -> list[str]:
    """Return who was given the flow from `first` until before `end`, in alphabetical order."""
    enrolments = stage.momoflow.organisation.flows[flow].enrolments
    return sorted(one.email for one in enrolments if first <= one.assigned_at < end)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield from [inner] if key in _TEXT else []
            else:
                yield from _texts(inner)
