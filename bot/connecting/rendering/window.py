"""The window in which a service is connected, and reading it back; the twins side by side."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.connecting.fields import ConnectionField
from bot.connecting.ids import ConnectingAction, ConnectingCallback
from bot.slack.blocks.blocks import context
from bot.slack.blocks.inputs import Values, field, text_input, text_of
from bot.slack.blocks.modals import View, modal
from bot.slack.blocks.wording import capital

TITLE: Final = "Connect a service"
_LONGEST: Final = 2000
_SEEN: Final = (
    "Slack shows what you type here, so make sure that nobody looks over your shoulder. I try it, "
    "keep it encrypted, and never show it again."
)
_KEPT: Final = "Leave a key empty to keep the one there is."


def connect_modal(
    service: str, title: str, fields: Sequence[ConnectionField], known: Mapping[str, str]
) -> View:
    """Return the form; `known` are the values kept now that are no secrets."""
    notes = [_SEEN, _KEPT] if known else [_SEEN]
    return modal(
        ConnectingCallback.CONNECT,
        TITLE,
        (
            *(
                field(
                    _label(title, each),
                    text_input(
                        action_of(each.name),
                        placeholder="Paste it here" if each.is_secret else "Type it here",
                        longest=_LONGEST,
                        typed="" if each.is_secret else known.get(each.name, ""),
                    ),
                    optional=True,
                )
                for each in fields
            ),
            context(" ".join(notes)),
        ),
        submit="Try and connect",
        metadata=service,
    )


def entered(values: Values, fields: Sequence[ConnectionField]) -> dict[str, str]:
    """Return what was entered, by field; empty texts are left out."""
    found = {each.name: text_of(values, action_of(each.name)) for each in fields}
    return {name: text for name, text in found.items() if text}


def action_of(name: str) -> str:
    """Return the action id of the input of a field."""
    return f"{ConnectingAction.FIELD}:{name}"


def _label(title: str, one: ConnectionField) -> str:
    about = one.about.partition(",")[0]
    return capital(about.removeprefix("the ").removeprefix("an ")) if about else title
