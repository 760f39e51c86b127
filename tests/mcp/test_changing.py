"""What changes something: shown first, confirmed by the official client, and done once."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any

from mcp_types import CallToolResult

from tests.mcp.assistants import ADA, call, client, while_working, words
from tests.stage import Stage

ASSIGN = "assign_training"
CONFIRM = "confirm_assign_training"
WANTED = {"flow": "onboarding", "email": "grace@example.com"}
GRACE = {**ADA, "user_id": "UGRACE"}
GUEST = {**ADA, "user_id": "UGUEST"}


async def ask(
    stage: Stage, tool: str, arguments: Mapping[str, Any], who: Mapping[str, Any] = ADA
) -> CallToolResult:
    async with client(stage.slack) as slackbot:
        return await while_working(stage, call(slackbot, tool, arguments, who=who))


def confirmation(answer: CallToolResult) -> dict[str, Any]:
    """Return the arguments of the button that confirms, as Slackbot reads it."""
    assert answer.meta is not None
    shown = _buttons(answer.meta["slack"]["blocks"])
    (button,) = [each for each in shown if each["action_id"] == f"tool:{CONFIRM}"]
    read: dict[str, Any] = json.loads(button["value"])
    return read


def _buttons(blocks: Any) -> Iterator[dict[str, Any]]:
    for each in blocks:
        yield from each.get("elements") or () if each["type"] == "actions" else ()


def assigned(stage: Stage) -> list[str]:
    return [each.path for each in stage.momoflow.calls if each.method == "POST"]


async def test_what_changes_something_is_shown_and_done_once_it_is_confirmed(stage: Stage) -> None:
    shown = await ask(stage, ASSIGN, WANTED)
    assert assigned(stage) == []
    again = confirmation(shown)

    done = await ask(stage, CONFIRM, again)
    once_more = await ask(stage, CONFIRM, again)
    await stage.settle()

    assert not done.is_error
    assert "grace@example.com" in words(done)
    assert words(once_more) == words(done)
    assert len(assigned(stage)) == 1
    (told,) = stage.said("DADA")
    assert "grace@example.com" in told.text
    rows = await stage.rows("SELECT action, user_id, came_to FROM audit")
    assert rows == [{"action": "Assign training", "user_id": "UADA", "came_to": "done"}]


async def test_nobody_confirms_what_somebody_else_was_shown(stage: Stage) -> None:
    shown = await ask(stage, ASSIGN, WANTED)

    refused = await ask(stage, CONFIRM, confirmation(shown), who=GRACE)

    assert refused.is_error
    assert assigned(stage) == []


async def test_a_guest_is_refused_in_words_and_that_is_noted(stage: Stage) -> None:
    refused = await ask(stage, ASSIGN, WANTED, who=GUEST)
    read = await ask(stage, "get_training_report", {"flow": "onboarding"}, who=GUEST)

    assert refused.is_error
    assert "Guests cannot assign training" in words(refused)
    assert not read.is_error
    (row,) = await stage.rows("SELECT user_id, came_to FROM audit")
    assert row == {"user_id": "UGUEST", "came_to": "denied"}


async def test_a_deed_that_nobody_waited_for_is_done_and_told_directly(stage: Stage) -> None:
    again = confirmation(await ask(stage, ASSIGN, WANTED))
    async with client(stage.slack) as slackbot:
        waiting = call(slackbot, CONFIRM, again)
        answer = await _left(stage, waiting)
    await stage.settle()

    assert "I'll post it in your direct messages" in words(answer)
    assert len(assigned(stage)) == 1
    assert len(stage.said("DADA")) == 1


async def _left(stage: Stage, waiting: Any) -> CallToolResult:
    """Return what a call answers of which nothing came in time."""
    calling = asyncio.ensure_future(waiting)
    await stage.clock.until_waiting(1)
    stage.clock.advance(seconds=50)
    answer: CallToolResult = await calling
    return answer
