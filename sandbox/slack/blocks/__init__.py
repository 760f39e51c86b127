"""Block Kit as Slack's servers check it. Nothing here knows where blocks go or come from."""

from sandbox.slack.blocks.messages import message_problems, text_length
from sandbox.slack.blocks.views import view_problems

__all__ = ["message_problems", "text_length", "view_problems"]
