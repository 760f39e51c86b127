"""What the outbox says by itself: of a file that could not go where it was meant to, or late."""

from datetime import datetime

from bot.errors import BotError
from bot.outbox.entries import Entry, EntryKind
from bot.slack.blocks.blocks import (
    actions,
    button,
    channel,
    code,
    context,
    mention,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import cut
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.wording import time_words
from bot.slack.messages import Block, FileOffer, Message

NO_FILE = "Not all of it came: the reply in the thread says which file is missing, and why."
CAME_LATER = "Not all of it came at first: what was missing is a message of its own now."
SHORT = 80
"""Letters of a message, enough to know it again."""
INVITE = "/invite @Flowbot"


def invitation(offer: FileOffer, *, retry_key: str) -> Message:
    """Return how to get a file into a channel where the bot is no member."""
    lead = f"I am not in this channel, so I could not post the file “{offer.title}”. Type "
    return message(
        f"{lead}{INVITE}, then ask again.",
        paragraph(plain(lead), code(INVITE), plain(", then press the button.")),
        _again(retry_key),
    )


def not_uploaded(offer: FileOffer, error: BotError, *, retry_key: str) -> Message:
    """Return why a file is not in the thread, and a button for another try."""
    text = f"The file “{offer.title}” could not be posted. {sentence(error)}"
    return message(text, paragraph(plain(text)), _again(retry_key))


def accepts_again(reason: str, since: datetime, now: datetime) -> Message:
    """Return, for whoever runs Flowbot, that Slack takes messages again after refusing all."""
    lasted = time_words((now - since).total_seconds())
    return says(
        f"Slack takes my messages again. It refused all of them for {lasted}, with this word: "
        f"{reason.rpartition(': ')[2]}. What waited is on its way; nothing was lost."
    )


def in_doubt(entry: Entry) -> Message:
    """Return the question whether a message is there, for those whom it concerns."""
    what, where = "I do not know whether a message of mine arrived in ", entry.target.channel
    begins = f"It begins: “{cut(entry.message.text, SHORT)}”. Please look, then press a button."
    place = mention(where) if where.startswith(("U", "W")) else channel(where)
    return message(
        f"{what}its channel. {begins}",
        paragraph(plain(what), place, plain(f". {begins}")),
        actions(
            Action.IT_IS_THERE,
            button("It is there", Action.IT_IS_THERE, value=entry.key),
            button("Send again", Action.SEND_AGAIN, value=entry.key),
        ),
    )


def withheld(entry: Entry, error: BotError) -> Message:
    """Return, for whoever waits for it, that something is not told in its channel, and why."""
    what, why = "I did not post something for you in ", sentence(error)
    again = "Ask in a channel of your own workspace, or in a direct message with me."
    about = (
        f"It is the file “{entry.file.title}”."
        if entry.kind is EntryKind.FILE
        else f"It begins: “{cut(entry.message.text, SHORT)}”."
    )
    rest = f"{why} {about} {again}"
    where = channel(entry.target.channel)
    return message(f"{what}its channel. {rest}", paragraph(plain(what), where, plain(f". {rest}")))


def without_file(told: Message) -> Message:
    """Return a message whose file did not come, so that it does not promise it any longer."""
    return _with(told, NO_FILE)


def with_files_after_all(told: Message) -> Message:
    """Return a message whose files came later, as other messages."""
    return _with(told, CAME_LATER)


def _with(told: Message, line: str) -> Message:
    return Message(f"{told.text} {line}", (*told.blocks, context(line)))


def late_line(line: str) -> Block:
    """Return small print that stays when the message is brought up to date."""
    return {**context(line), "block_id": str(BlockId.LATE)}


def _again(retry_key: str) -> dict[str, object]:
    return actions(Action.TRY_AGAIN, button("Try again", Action.TRY_AGAIN, value=retry_key))
