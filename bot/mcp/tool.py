"""What a tool is, and what one answers. Plain values.

`bot.mcp.tools.catalog` has all of them, the same for everybody, as Slack asks for the list without
saying for whom; `bot.mcp.tools.content` writes what is said of an answer that was kept for one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.jobs.request import Intent
from bot.slack.messages import Block

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """What a tool answers. `blocks` are for clients that know Block Kit, of types Slackbot allows.

    `data` is its content for machines, empty for none.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    is_error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool of the list.

    `name` is in snake_case and stays the same for ever. `schema` is the JSON Schema of its
    arguments, with `additionalProperties` false; by it they are checked before `wanted` sees them.
    One that only `reads` says so in its annotations. `wanted` returns what is wanted, as a command
    has it, and raises UserError with words that say what would work. `once` is the argument that
    names one wish of what changes something: what has the same text there is done once.
    """

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    reads: bool
    wanted: Callable[[Arguments], Intent]
    once: str = ""
