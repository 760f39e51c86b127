"""Answers to plain lines that are not done at once: what would be done, or what may be meant."""

from collections.abc import Sequence
from html import unescape

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.dates import zone_words
from bot.asking.rendering.help import short
from bot.asking.rendering.lines import typing
from bot.asking.rendering.offers import offer, opening
from bot.digests.ids import DigestCallback
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    channel,
    code,
    context,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message
from bot.talk.intents import ShowHelp

TOO_MANY = "That is a lot at once. I answer ten lines a minute; please ask again in a moment."
NOT_SURE = "Which of these do you mean?"
ASKED_SO = "I'd ask this:"
UNCLEAR = "I didn't understand that. Here is what I can do:"
_PLACES = {"": " here", "C": " to another channel", "G": " to another channel"}
"""In words, by the first letter of Slack's id."""
HELP = offer("What I can do", ShowHelp())


def too_many() -> Message:
    """Return that somebody says more than is answered."""
    return says(TOO_MANY)


def button_of(line: TypedLine) -> tuple[Element, ...]:
    """Return the button that does what a line says."""
    return typing(short(_label(line)), line)


def may_mean(lines: Sequence[TypedLine]) -> Message:
    """Return what may be meant, with a button for each line."""
    buttons = [each for line in lines for each in button_of(line)]
    return message(
        NOT_SURE,
        paragraph(plain(NOT_SURE)),
        bullets(*[(code(_words(line)),) for line in lines]),
        actions(BlockId.CHOICES, *buttons, *HELP),
    )


def not_understood(nearest: Sequence[Element]) -> Message:
    """Return that nothing was understood, with buttons of what can be done."""
    return message(UNCLEAR, paragraph(plain(UNCLEAR)), actions(BlockId.CHOICES, *nearest, *HELP))


def not_read(why: str) -> Message:
    """Return what cannot be read in a line, and the way to what can be done."""
    said = says(why)
    return message(why, *said.blocks, actions(BlockId.CHOICES, *HELP))


def form_offered(line: TypedLine) -> Message:
    """Return the button that opens the form which a line asks for."""
    said = "That takes a form."
    return message(
        said,
        paragraph(plain(said)),
        actions(BlockId.CHOICES, *typing("Open the form", line, style="primary")),
    )


def confirmation(line: TypedLine) -> Message:
    """Return what a line would do, and the button that does it."""
    said = "Shall I do this?"
    return message(
        f"{said} {_words(line)}",
        paragraph(plain(f"{said} "), code(_words(line))),
        actions(BlockId.CHOICES, *typing("Yes, do it", line, style="primary")),
    )


def asked_so(line: TypedLine, change: Sequence[Element], by: str) -> Message:
    """Return what would be asked, with a button for it and one that changes it first.

    `by` says who worded it.
    """
    typed = _words(line)
    return message(
        f"{ASKED_SO} {typed}",
        paragraph(plain(f"{ASKED_SO} "), code(typed)),
        actions(BlockId.CHOICES, *typing("Ask", line, style="primary"), *change),
        context(by),
    )


def with_remark(shown: Message, remark: str) -> Message:
    """Return a message with a grey line under it."""
    return Message(shown.text, (*shown.blocks, context(remark)))


def done_there(line: TypedLine, wanted: Intent, place: str) -> Message:
    """Return what a line would do in another channel, and the button that does it there."""
    said = "Shall I do this in"
    return message(
        f"{said} another channel? {_words(line)}",
        paragraph(plain(f"{said} "), channel(place), plain("? "), code(_words(line))),
        actions(BlockId.CHOICES, *offer("Yes, do it", wanted, style="primary", chosen=place)),
    )


def order_shown(
    line: TypedLine, *, what: str, when: str, zone: str, place: str, draft: str
) -> Message:
    """Return a digest as it would come, the button that orders it, and one that opens its form.

    `place` is the channel for it, empty for here, or whose direct messages it goes to; `draft` is
    what stands in the form.
    """
    change = opening("Change", DigestCallback.NEW, about=draft, spoken="Change it in a form first")
    typed = () if change else (paragraph(plain("To change it, type "), code(_words(line))),)
    rest = f", {when} ({zone_words(zone)})?"
    where = _PLACES.get(place[:1], " to you directly")
    shown = (plain(" to "), channel(place)) if place.startswith(("C", "G")) else (plain(where),)
    return message(
        f"Shall I send {what}{where}{rest}",
        paragraph(plain("Shall I send "), bold(what), *shown, plain(rest)),
        *typed,
        actions(BlockId.CHOICES, *typing("Yes, send it", line, style="primary"), *change),
    )


def _words(line: TypedLine) -> str:
    return f"{line.command} {unescape(line.text)}".strip()


def _label(line: TypedLine) -> str:
    return unescape(line.text).replace('"', "") or line.command
