"""The two windows of an import: the text, and what it would change. Pure."""

from dataclasses import dataclass
from typing import Final

from bot.digests.as_code import replies
from bot.digests.as_code.difference import Difference
from bot.digests.ids import DigestAction, DigestCallback
from bot.slack.blocks.blocks import bold, channel, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.inputs import (
    Values,
    field,
    file_input,
    file_of,
    is_ticked,
    text_input,
    text_of,
    tick_box,
)
from bot.slack.blocks.modals import Errors, View, modal

TITLE: Final = "Import digests"
_STOP: Final = "stop"
_EMPTY: Final = "Paste what /flow export wrote, or add the file."


@dataclass(frozen=True, slots=True)
class GivenText:
    """What was given: a text, or Slack's id of a file."""

    text: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class SeenText:
    """What the second window brings back: for which channel, the text's key, and what was seen."""

    channel: str
    key: str
    seen: str


def text_modal(channel_id: str) -> View:
    """Return the window that asks for the text."""
    pasted = text_input(
        DigestAction.CODE, placeholder="digests:", longest=LIMITS.plain_text_input, lines=True
    )
    upload = file_input(DigestAction.CODE_FILE, "yml", "yaml", "txt", "text")
    hint = f"At most {LIMITS.plain_text_input:,} characters; add a file of what is longer."
    return modal(
        DigestCallback.IMPORT,
        TITLE,
        (
            paragraph(plain("Digests and watches for "), channel(channel_id), plain(" as text.")),
            field("What /flow export wrote", pasted, optional=True, hint=hint),
            field("Or its file", upload, optional=True),
            context("Nothing changes before you have seen what would."),
        ),
        submit="Compare",
        metadata=channel_id,
    )


def given_text(values: Values) -> GivenText | Errors:
    """Return what was given, or a message beside the input."""
    file = file_of(values, DigestAction.CODE_FILE)
    text = text_of(values, DigestAction.CODE)
    return GivenText(text, file) if text or file else {DigestAction.CODE: _EMPTY}


def difference_modal(found: Difference, channel_id: str, *, metadata: str, other: str = "") -> View:
    """Return the window that shows what would change; `other` is whose text it is, if another's."""
    of = (plain(" The text is that of "), channel(other), plain(".")) if other else ()
    head = paragraph(bold(f"{replies.told(found).capitalize()}"), plain(". "), *of)
    stop = tick_box(DigestAction.CODE_STOP, "Stop those that are not in the text", value=_STOP)
    ask_stop = (field("Only in this channel", stop, optional=True),) if found.only_here else ()
    something = not found.is_empty or bool(found.only_here)
    closing = "All of it at once, or nothing." if something else "There is nothing to do."
    return modal(
        DigestCallback.APPLY,
        TITLE,
        (
            paragraph(plain("This is what changes in "), channel(channel_id), plain(":")),
            head,
            *replies.differences(found),
            *ask_stop,
            context(closing),
        ),
        submit="Apply" if something else "",
        metadata=metadata,
    )


def stops_others(values: Values) -> bool:
    """Return whether what is not in the text is to be stopped."""
    return is_ticked(values, DigestAction.CODE_STOP)
