"""The modal "Subscribe to this", and the reading of what was submitted in it."""

from dataclasses import dataclass
from typing import Final

from bot.asking.core.arguments import joined, quoted, tokens
from bot.digests.core.schedule import Schedule, parse_schedule
from bot.digests.core.subscribe import MAX_NOTE
from bot.digests.ids import DigestAction
from bot.errors import UserError
from bot.slack.blocks.blocks import context, paragraph, plain
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.inputs import Values, field, text_input, text_of
from bot.slack.blocks.modals import Errors, View, modal

_EXAMPLE: Final = "weekdays 09:00"
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class SubscribeForm:
    """A submitted modal."""

    schedule: Schedule
    note: str


def subscribe_modal(*, about: str, metadata: str) -> View:
    """Return the modal; `about` says what to, `metadata` is the outbox key of the answer."""
    when = text_input(DigestAction.SCHEDULE, placeholder=_EXAMPLE, longest=_LONGEST, typed=_EXAMPLE)
    note = text_input(DigestAction.NOTE, placeholder="For the Monday meeting", longest=MAX_NOTE)
    return modal(
        Callback.SUBSCRIBE,
        "Subscribe to this",
        (
            paragraph(plain(about)),
            field(
                "When",
                when,
                hint="daily 09:00, mon,thu 08:30, monthly 1 09:00; then a time zone, or yours is "
                "taken.",
            ),
            field("Note", note, optional=True),
            context("The digest comes to the channel of this message, for all in it."),
        ),
        submit="Subscribe",
        metadata=metadata,
    )


def subscribe_form(values: Values) -> SubscribeForm | Errors:
    """Return the schedule and the note, or messages."""
    try:
        found, rest = parse_schedule(tokens(text_of(values, DigestAction.SCHEDULE)))
    except UserError as error:
        return {DigestAction.SCHEDULE: str(error)}
    if rest:
        return {DigestAction.SCHEDULE: f"I can't read {quoted(joined(rest))} after the schedule."}
    return SubscribeForm(found, text_of(values, DigestAction.NOTE)[:MAX_NOTE])
