"""What tests of scoreboards do and look at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox.slack import Message
from tests.asking.seeing import words
from tests.stage import Stage, open_stage

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""9:00 in Berlin, that Monday."""
TOMORROW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ADD = "/flow scoreboard add report onboarding"


@asynccontextmanager
async def open_boards(path: Path, **general: Any) -> AsyncIterator[Stage]:
    ordinary = {"odd": False, **general}
    async with open_stage(path, surfaces="scoreboards", **ordinary) as stage:
        yield stage


def button(message: Message, label: str) -> dict[str, str]:
    """Return where a button is, by what stands on it."""
    for block in message.blocks:
        for each in block.get("elements") or ():
            text = each.get("text")
            if isinstance(text, dict) and text.get("text") == label:
                return {"action_id": each["action_id"], "block_id": block["block_id"]}
    raise AssertionError(f"no button {label!r} in {words(message)}")


async def press(stage: Stage, message: Message, label: str, *, user: str = "UADA") -> None:
    """Press a button by what stands on it."""
    await stage.slack.click(message, user=user, **button(message, label))
    await stage.settle()


async def add(
    stage: Stage, line: str = ADD, *, user: str = "UADA", channel: str = "CTRAIN"
) -> None:
    """Put a figure on a channel's scoreboard, as somebody does who looks at it first."""
    await stage.command(line, user=user, channel=channel)
    await press(stage, stage.slack.ephemerals(user)[-1], "Add to the canvas", user=user)


def canvas(stage: Stage, channel: str = "CTRAIN") -> str:
    return stage.slack.workspace.canvas(channel) or ""


def whisper(stage: Stage, user: str = "UADA") -> str:
    """Return what only somebody saw last."""
    return stage.whispered(user)[-1]


def told(stage: Stage, user: str = "UADA") -> list[str]:
    """Return what somebody was told directly."""
    channel = stage.slack.workspace.direct_message(user).id
    return [each.text for each in stage.slack.messages(channel)]


def edits(stage: Stage) -> int:
    """Return how often a canvas was written."""
    return sum(
        call.method in {"canvases.edit", "conversations.canvases.create"} and not call.error
        for call in stage.slack.calls
    )
