"""The window in which a line is changed before it is said."""

from html import unescape
from typing import Final

from bot.agent.ids import AgentAction, AgentCallback
from bot.slack.blocks.inputs import field, text_input
from bot.slack.blocks.modals import View, modal

TITLE: Final = "Change the line"
LONGEST: Final = 500


def change_view(line: str, thread_ts: str) -> View:
    """Return the window with a line in it; what is submitted is said in a thread."""
    typed = text_input(
        AgentAction.LINE, placeholder="/flow help", longest=LONGEST, typed=unescape(line)
    )
    shown = field("What I would ask", typed)
    return modal(AgentCallback.CHANGE, TITLE, [shown], submit="Ask", metadata=thread_ts)
