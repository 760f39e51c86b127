"""An answer in the blocks that Slackbot takes of a tool, every button a call of another tool. Pure.

One block of another type, or one fault, and Slackbot drops them all: what it may not take is left
out here, and stands in the text. https://docs.slack.dev/ai/slackbot-mcp-client
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from bot.mcp.rendering.calls import (
    CallOf,
    OfferedCall,
    OfferedChoice,
    ToolCall,
    elements_of,
    offered,
)
from bot.slack.blocks.blocks import Element, actions, context
from bot.slack.blocks.budget import CONTINUED, LIMITS, clean, cut, text_length
from bot.slack.blocks.inputs import field, option
from bot.slack.blocks.simpler import words_of
from bot.slack.messages import Block

MOST_BLOCKS: Final = 50
MOST_CHARTS: Final = 2
MOST_CHARACTERS: Final = 20_000
"""Of all tables together; all other text has to fit into it as well."""
FEW: Final = 5
"""So many options of a menu are buttons."""
MORE: Final = "More of this is in the text of the answer."
CHOOSE: Final = "Choose"
_AS_THEY_ARE: Final = frozenset({"context", "divider", "header", "rich_text", "section"})
_TABLES: Final = frozenset({"data_table", "table"})
_CHART: Final = "data_visualization"
_DROPPED: Final = frozenset({"block_id", "accessory", "expand"})


def tool_action(call: ToolCall) -> str:
    """Return the action id by which Slackbot knows which tool a button calls."""
    return f"tool:{call.tool}"


def kit(blocks: Iterable[Block], call_of: CallOf) -> tuple[Block, ...]:
    """Return the blocks for Slackbot: at most MOST_BLOCKS, with a line where there are more."""
    made: list[Block] = []
    room, charts = MOST_CHARACTERS, 0
    for each in _converted(blocks, call_of):
        room -= text_length(each)
        charts += each["type"] == _CHART
        if len(made) >= MOST_BLOCKS - 1 or room < 0:
            return (*made, context(MORE))
        if each["type"] != _CHART or charts <= MOST_CHARTS:
            made.append(each)
    return tuple(made)


def _converted(blocks: Iterable[Block], call_of: CallOf) -> Iterator[Block]:
    forms, rows = count(), count()
    for block in blocks:
        yield from _shown(block, call_of)
        for row in _rows(list(offered(elements_of(block), call_of)), forms):
            yield row if row["type"] == "input" else {**row, "block_id": f"calls:{next(rows)}"}


def _shown(block: Block, call_of: CallOf) -> Iterator[Block]:
    """Yield what a block shows, without anything to press."""
    kind = block["type"]
    if kind == "container":
        yield from _converted(block["child_blocks"], call_of)
    elif kind in _AS_THEY_ARE:
        shown = {name: it for name, it in block.items() if name not in _DROPPED}
        if kind != "context" or not _only_says_where(shown):
            yield shown
    elif kind in _TABLES or kind == _CHART:
        yield {name: it for name, it in block.items() if name != "block_id"}
    elif kind not in {"actions", "context_actions", "input"} and words_of([block]):
        yield context(*words_of([block]).splitlines())


def _only_says_where(block: Block) -> bool:
    return words_of([block]) == CONTINUED


def _rows(found: Sequence[OfferedCall | OfferedChoice], forms: Iterator[int]) -> Iterator[Block]:
    """Yield rows of buttons: in one row each tool once, as Slack wants each action id once."""
    single = [each for each in found if isinstance(each, OfferedCall)]
    many = {
        tool for tool, times in Counter(each.call.tool for each in single).items() if times > FEW
    }
    buttons = [each for each in single if each.call.tool not in many]
    alike = (tuple(each for each in single if each.call.tool == tool) for tool in sorted(many))
    choices = [each for each in found if isinstance(each, OfferedChoice)]
    for choice in (*choices, *(OfferedChoice(CHOOSE, each) for each in alike)):
        form = _form(choice) if len(choice.options) > FEW else None
        if form and next(forms) == 0:
            yield from form
        else:
            buttons += choice.options[:FEW]
    while buttons:
        row: dict[str, OfferedCall] = {}
        for each in buttons:
            row.setdefault(each.call.tool, each)
        yield actions("calls", *map(_button, row.values()))
        taken = {id(each) for each in row.values()}
        buttons = [each for each in buttons if id(each) not in taken]


def _button(one: OfferedCall) -> Element:
    style = {"style": one.style} if one.style == "primary" else {}
    return {
        "type": "button",
        "action_id": tool_action(one.call),
        "text": {
            "type": "plain_text",
            "text": cut(clean(one.label), LIMITS.button_text),
            "emoji": False,
        },
        "value": one.call.value,
        **style,
    }


def _form(choice: OfferedChoice) -> tuple[Block, ...] | None:
    """Return an input with many options and its button; None where they differ in more than one.

    What is chosen becomes the argument by which the calls differ.
    """
    first, *others = [each.call for each in choice.options]
    names = {name for each in others for name in _differing(first.arguments, each.arguments)}
    same = all(each.tool == first.tool for each in others)
    if not same or len(names) != 1:
        return None
    [name] = names
    values = {str(each.call.arguments.get(name, "")): each.label for each in choice.options}
    if not all(0 < len(value) <= LIMITS.option_value for value in values):
        return None
    select = {
        "type": "static_select",
        "action_id": f"input:{name}",
        "options": [option(label, value) for value, label in [*values.items()][: LIMITS.options]],
    }
    rest = {key: value for key, value in first.arguments.items() if key != name}
    does = OfferedCall(CHOOSE, ToolCall(first.tool, rest), "primary")
    asked = field(choice.placeholder, select, block_id=f"choice:{name}")
    return asked, actions("calls", _button(does))


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}
