"""Calling tools in tests, as Slackbot does for a person, and what is looked at of the answer."""

import re
from dataclasses import dataclass
from typing import Any

from tests.mcp.assistants import ADA, call, client, while_working, words
from tests.stage import Stage

APART = 3.0
"""Seconds between two calls: nobody may ask too much in a minute."""
_TOKEN = re.compile(r"call (confirm_\w+) with confirmation ([\w-]+)\. ")


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool answered."""

    text: str
    blocks: tuple[dict[str, Any], ...]
    data: Any
    is_error: bool

    @property
    def confirmed_by(self) -> tuple[str, dict[str, Any]]:
        """The call that confirms what was proposed."""
        found = _TOKEN.search(self.text)
        assert found, self.text
        return found[1], {"confirmation": found[2]}

    @property
    def proposes(self) -> bool:
        return _TOKEN.search(self.text) is not None


async def said(stage: Stage, tool: str, *, user: str = "UADA", **arguments: Any) -> Said:
    """Call a tool for a person and return what it answered."""
    stage.clock.advance(seconds=APART)
    async with client(stage.slack) as slackbot:
        asked = call(slackbot, tool, arguments, who={**ADA, "user_id": user})
        result = await while_working(stage, asked)
    blocks = ((result.meta or {}).get("slack") or {}).get("blocks", ())
    return Said(words(result), tuple(blocks), result.structured_content, result.is_error)
