"""The form of an export, and the inputs that forms of features share. Pure values."""

from collections.abc import Sequence
from typing import Final

from bot.asking.question import EXPORT_FORMATS
from bot.slack.blocks.blocks import Element, paragraph, plain
from bot.slack.blocks.ids import Action, Callback
from bot.slack.blocks.inputs import (
    Values,
    field,
    select,
    text_of,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.blocks.wording import FORMATS

_ANY: Final = "any"
_SHOW: Final = "show"
_DETAILED: Final = "detailed"
_LONGEST_ID: Final = 100


def export_modal(*, about: str, metadata: str, formats: Sequence[str] = EXPORT_FORMATS) -> View:
    """Return the modal "Export the data"; `about` says of what, `metadata` is an opaque key.

    `formats` are those that can be had of it.
    """
    return modal(
        Callback.EXPORT_DATA,
        "Export the data",
        (
            paragraph(plain(about)),
            field("As", format_select(formats, with_show=False)),
        ),
        submit="Export",
        metadata=metadata,
    )


def export_form(values: Values, formats: Sequence[str] = EXPORT_FORMATS) -> str | Errors:
    """Return the chosen format, one of those that can be had, or a message."""
    chosen = chosen_of(values, Action.FORMAT, formats)
    return chosen or {Action.FORMAT: "Choose a format."}


def format_select(formats: Sequence[str], *, with_show: bool) -> Element:
    """Return the choice of a format; `with_show` offers a message in Slack first."""
    shown = ((_SHOW, "A message in Slack"),) if with_show else ()
    files = ((fmt, f"{FORMATS[fmt]} file") for fmt in formats)
    first = "xlsx" if "xlsx" in formats else formats[0]
    return select(Action.FORMAT, (*shown, *files), chosen=_SHOW if with_show else first)


def chosen_of(values: Values, input_id: str, known: Sequence[str]) -> str:
    """Return what was chosen, if it is one of those known, else empty text."""
    chosen = text_of(values, input_id)
    return chosen if chosen in known else ""
