"""Answers in a channel, and the two shortcuts in the menu of their messages."""

from sandbox.slack import Message, Outcome
from sandbox.slack.views import View
from tests.asking.seeing import interactive, label
from tests.examples import examples
from tests.stage import Stage

NOTE = "For the meeting at noon"
EXPORT, SUBSCRIBE, NEW = "export_data", "subscribe_to_this", "new_digest"


async def answered(stage: Stage, room: str, command: str) -> Message:
    """Ask as one of a room's examples says, and return the message for all to see."""
    certain = await examples()[room].certain(stage, command)
    before = len(stage.said())
    await stage.command(certain)
    told = stage.said()[before:]
    assert told, stage.whispered()
    assert told[0].pages == (), "an answer calls nobody"
    return told[0]


async def opened(stage: Stage, shortcut: str, shown: Message, *, user: str = "UADA") -> View:
    """Choose a shortcut in a message's menu and return the window it opens."""
    outcome = await stage.slack.message_shortcut(shortcut, message=shown, user=user)
    assert (outcome.status, outcome.error) == (200, "")
    view = stage.slack.view_of(user)
    assert view is not None
    return view


async def exported(stage: Stage, shown: Message, *, user: str = "UADA") -> View:
    """Export what is behind a message as CSV, and wait for it."""
    view = await opened(stage, EXPORT, shown, user=user)
    assert view.raw["callback_id"] == EXPORT, view.raw
    outcome = await stage.slack.submit(view, values={"format": {"format": "csv"}}, user=user)
    assert outcome.errors == {}
    await stage.settle()
    return view


async def chosen(stage: Stage, shown: Message, form: str = "csv", *, user: str = "UADA") -> Outcome:
    """Choose a format in a message's [Export], and wait for the file."""
    [menu] = [each for each in interactive(shown.blocks) if label(each) == "Export"]
    [value] = [one["value"] for one in menu["options"] if f'"{form}"' in one["value"]]
    outcome = await stage.slack.click(shown, action_id=menu["action_id"], value=value, user=user)
    assert (outcome.status, outcome.error) == (200, "")
    await stage.settle()
    return outcome


async def from_menu(
    stage: Stage, shown: Message, menu: str, choice: str, *, user: str = "UADA"
) -> None:
    """Choose in a menu of a message, by the words on both, and wait for what comes of it."""
    [found] = [each for each in interactive(shown.blocks) if label(each) == menu]
    [value] = [one["value"] for one in found["options"] if one["text"]["text"] == choice]
    outcome = await stage.slack.click(shown, action_id=found["action_id"], value=value, user=user)
    assert (outcome.status, outcome.error) == (200, "")
    await stage.settle()


async def subscribed(stage: Stage, shown: Message, *, user: str = "UADA") -> View:
    """Order what a message tells as a digest, and wait for the confirmation."""
    view = await opened(stage, SUBSCRIBE, shown, user=user)
    assert view.raw["callback_id"] == NEW, view.raw
    view = await written(stage, view, user=user)
    values = {"schedule": {"schedule": "mon 09:00"}, "note": {"note": NOTE}}
    outcome = await stage.slack.submit(view, values=values, user=user)
    assert outcome.errors == {}
    await stage.settle()
    return view


async def written(stage: Stage, view: View, *, user: str = "UADA") -> View:
    """Choose in the form of a digest that its schedule is written."""
    await stage.slack.click(view, action_id="digest_often", value="typed", user=user)
    shown = stage.slack.view_of(user)
    assert shown is not None
    return shown
