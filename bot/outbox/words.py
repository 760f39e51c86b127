"""What is said when a file could not go where it was meant to go."""

from bot.errors import BotError
from bot.slack.blocks.blocks import actions, button, code, message, paragraph, plain
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.blocks.problems import sentence
from bot.slack.messages import FileOffer, Message

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


def _again(retry_key: str) -> dict[str, object]:
    return actions(BlockId.TRY_AGAIN, button("Try again", Action.TRY_AGAIN, value=retry_key))
