"""What people hear of what they follow, and what a test lets happen to them."""

from datetime import UTC, datetime, timedelta

from sandbox.slack import Message
from tests.asking.seeing import interactive, label
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""09:00 in Berlin, on Monday."""
TEN = NINE + timedelta(hours=1)
DAY = timedelta(days=1)
OVERDUE = "/flow follow report onboarding overdue"
DOWN = 1_000
"""So many calls fail, which is all of them."""


def told(stage: Stage, user: str = "UADA") -> list[str]:
    """Return what somebody was told directly, oldest first."""
    return [each.text for each in stage.said(f"D{user[1:]}")]


def last(stage: Stage, user: str = "UADA") -> Message:
    """Return the last message that somebody got directly."""
    return stage.said(f"D{user[1:]}")[-1]


def alone(stage: Stage, user: str = "UADA") -> Message:
    """Return the last message that somebody alone saw."""
    return stage.slack.ephemerals(user)[-1]


async def press(stage: Stage, on: Message, name: str, *, user: str = "UADA") -> None:
    """Press the button with a name, and wait."""
    element = next(each for each in interactive(on.blocks) if label(each) == name)
    await stage.slack.click(on, action_id=element["action_id"], user=user)
    await stage.settle()


async def choose(stage: Stage, on: Message, name: str, choice: str, *, user: str = "UADA") -> None:
    """Choose something in the menu with a name, and wait."""
    element = next(each for each in interactive(on.blocks) if label(each) == name)
    options = {each["text"]["text"]: each["value"] for each in element["options"]}
    value = options[choice]
    await stage.slack.click(on, action_id=element["action_id"], value=value, user=user)
    await stage.settle()


def asked(stage: Stage) -> int:
    """Return how often MomoFlow was asked."""
    return len(stage.momoflow.calls)


def down(stage: Stage, *, calls: int = DOWN) -> None:
    """Let MomoFlow fail, or answer again with 0."""
    stage.momoflow.set_switch("answer_500", calls)
