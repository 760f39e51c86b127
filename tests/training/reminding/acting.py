"""What tests of reminders do: agree, have people reminded, and read what came to them."""

from datetime import UTC, datetime

from sandbox.slack import Message
from sandbox.slack.views import View
from tests.asking.seeing import words
from tests.stage import Stage

REMIND = "/flow-report remind onboarding"
ANNA, FINN = "UANNA", "UFINN"
"""Both are overdue in Onboarding, Anna in Berlin and Finn in New York."""
TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""Nine in Berlin."""
NEW_YORK = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Monday, nine in New York."""


async def home(stage: Stage, user: str) -> View:
    """Let somebody look at their Home tab; return it."""
    await stage.after(seconds=11)
    await stage.slack.open_home(user=user)
    await stage.settle()
    view = stage.slack.home_of(user)
    assert view is not None
    return view


async def say(stage: Stage, user: str, label: str) -> None:
    """Let somebody press a button about their name in services in the Home tab."""
    await press(stage, await home(stage, user), label, user)


async def agree(stage: Stage, *users: str) -> None:
    """Let people agree in the Home tab."""
    for user in users:
        await say(stage, user, "Agree")


async def previewed(stage: Stage, command: str = REMIND, user: str = "UADA") -> Message:
    """Return what is shown before anybody is reminded."""
    await stage.command(command, user=user)
    return stage.slack.ephemerals(user)[-1]


async def press(
    stage: Stage, shown: Message | View, label: str, user: str = "UADA", *, times: int = 1
) -> None:
    """Press the button whose label begins so, faster than an answer can come."""
    action, row = next(
        (element["action_id"], block["block_id"])
        for block in shown.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["text"]["text"].startswith(label)
    )
    for _ in range(times):
        outcome = await stage.slack.click(shown, action_id=action, block_id=row, user=user)
        assert (outcome.status, outcome.error) == (200, "")
    await stage.settle()


async def remind(stage: Stage, command: str = REMIND, user: str = "UADA") -> str:
    """Have those reminded who are overdue; return what is said then."""
    await press(stage, await previewed(stage, command, user), "Remind", user)
    return words(stage.slack.ephemerals(user)[-1])


def direct(stage: Stage, user: str) -> list[Message]:
    """Return what Flowbot wrote to somebody, oldest first."""
    return stage.said(f"D{user[1:]}")


def reminded(stage: Stage, user: str) -> list[str]:
    """Return the reminders that came to somebody."""
    return [words(each) for each in direct(stage, user) if "asked me to remind you" in each.text]
