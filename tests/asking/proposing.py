"""Intents that only show what would be done, as an assistant's tools want them."""

from itertools import count

from bot.jobs.request import Intent, Request
from sandbox.slack import Message
from tests.stage import Stage

_numbers = count(1)


async def proposed(stage: Stage, wanted: Intent, *, user: str = "UADA") -> Message:
    """Want something in a channel and return the word that only this person sees."""
    before = len(stage.slack.ephemerals(user))
    request = Request(user, user, "CTRAIN", wanted)
    await stage.bot.services.inbox.accept(f"proposed:{next(_numbers)}", request)
    await stage.settle()
    [shown] = stage.slack.ephemerals(user)[before:]
    return shown


async def press(stage: Stage, shown: Message, *, user: str = "UADA") -> None:
    """Press the one button that does it."""
    outcome = await stage.slack.click(shown, action_id="do", user=user)
    assert (outcome.status, outcome.error) == (200, "")
    await stage.settle()
