"""What people do with links, on a stage."""

from typing import Any

from sandbox.slack import Message
from tests.stage import Stage

DOMAINS = "learn.example.com,flows.example.com"
ROOT = "https://learn.example.com"


async def rule(
    stage: Stage, kind: str, pattern: str = "/flows/{id}", *, domain: str = "learn.example.com"
) -> None:
    """Let links lead to things of a kind, as if an admin had said so before."""
    await stage.bot.parts.database.execute(
        """INSERT INTO link_rules (workspace, domain, pattern, kind, set_by, set_at)
        VALUES (:workspace, :domain, :pattern, :kind, 'UADA', '2026-11-01T00:00:00+00:00')""",
        {"domain": domain, "pattern": pattern, "kind": kind},
    )


async def paste(stage: Stage, text: str, *, user: str = "UADA", channel: str = "CTRAIN") -> Message:
    """Post a message with links and let the bot do its work; return the message as it is then."""
    said = (await stage.slack.say(text, user=user, channel=channel)).message
    assert said is not None
    await stage.settle()
    return current(stage, said)


def current(stage: Stage, message: Message) -> Message:
    """Return a message as it is now."""
    found = stage.slack.state.find(message.channel, message.ts)
    assert found is not None
    return found


def card(message: Message, url: str) -> dict[str, Any]:
    """Return the card of a link under a message."""
    return next(one for one in message.attachments if one["app_unfurl_url"] == url)


def words(shown: dict[str, Any]) -> str:
    """Return all that a card says, line by line."""
    return "\n".join(_texts(shown["blocks"]))


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [text for each in value.values() for text in _texts(each)]


def labels(shown: dict[str, Any]) -> list[str]:
    """Return what the buttons of a card are called."""
    rows = [each for each in shown["blocks"] if each["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row["elements"]]


def calls(stage: Stage, method: str) -> list[Any]:
    """Return the calls of a method of Slack's, oldest first."""
    return [each for each in stage.slack.calls if each.method == method]
