"""Everything that Slack could hold against what we render: its own validator's words and ours."""

from typing import Any

from bot.slack.messages import Answer, Message
from sandbox.slack.blocks import message_problems, view_problems
from tests.slack.slack_rules import objections, strings
from tests.snapshots import as_json


def refusals(message: Message) -> list[str]:
    """Return what Slack would refuse or misread in a message; [] when it is good."""
    return [*objections(message), *message_problems(as_json(message)["blocks"])]


def all_refusals(answer: Answer) -> list[str]:
    """Return what Slack would refuse in any message of an answer."""
    return [each for message in (answer.message, *answer.thread) for each in refusals(message)]


def view_refusals(view: Any) -> list[str]:
    """Return what Slack would refuse or read as markup in a modal; [] when it is good."""
    markup = [text for text, key, _ in strings(view) if key == "type" and text == "mrkdwn"]
    return [*view_problems(as_json(view)), *markup]
