"""Tokens in the Home tab, and the windows in which one is made and shown."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.asking.rendering.dates import soon, weekday_and_day
from bot.asking.rendering.offers import offer, opening
from bot.mcp.ids import AssistantAction, AssistantCallback
from bot.mcp.intents import RevokeToken
from bot.mcp.tokens.model import LIFE, MOST, AssistantToken
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    code,
    confirm,
    context,
    header,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.inputs import field, text_input
from bot.slack.blocks.modals import View, last_page, modal
from bot.slack.messages import Block, Message

TITLE: Final = "Make a token"
LONGEST_NAME: Final = 40
_ABOUT: Final = (
    "Coding assistants outside Slack can ask Flowbot for you: they see what you may see here, and "
    "nothing else."
)
_ONCE: Final = (
    "Copy it now, I can't show it again. Whoever has it can ask Flowbot in your name, so treat it "
    "like a password."
)


def section(
    tokens: Sequence[AssistantToken], *, may: bool, now: datetime, zone: str
) -> list[Block]:
    """Return the part of the Home tab; without tokens for those who may not make one, nothing."""
    if not (may or tokens):
        return []
    rows = [bullets(*[tuple(_row(each, now, zone)) for each in tokens])] if tokens else []
    revoking = [button for each in tokens for button in _revoking(each)]
    makes = may and len(tokens) < MOST
    making = opening(TITLE, AssistantCallback.MAKE) if makes else ()
    buttons = [*making, *revoking]
    row = [actions("home:assistants", *buttons)] if buttons else []
    return [header("Assistants"), context(_ABOUT), *rows, *row]


def making_modal() -> View:
    """Return the form."""
    days = f"The token is good for {LIFE.days} days, and you can revoke it here at any time."
    named = text_input(
        AssistantAction.NAME, placeholder="Coding assistant on my laptop", longest=LONGEST_NAME
    )
    return modal(
        AssistantCallback.MAKE,
        TITLE,
        (field("What is it for?", named), context(f"{_ABOUT} {days}")),
        submit=TITLE,
        metadata="",
    )


def shown_once(token: str, name: str, address: str) -> View:
    """Return the window with the token in it, and where assistants send it."""
    where = (
        [paragraph(plain("Address of the MCP server: "), code(address))]
        if address
        else [context("Your Flowbot admin knows the address of the MCP server; it ends in /mcp.")]
    )
    blocks = [
        paragraph(bold(name)),
        paragraph(code(token)),
        paragraph(plain(_ONCE)),
        *where,
        context("It is sent as the header Authorization: Bearer, followed by the token."),
    ]
    return last_page("Your token", blocks)


def revoked(name: str) -> Message:
    """Return the words for a token that is good no more."""
    said = f"The token for {name} is revoked. What asks with it is refused from now on."
    return message(said, paragraph(plain(said)))


def _row(one: AssistantToken, now: datetime, zone: str) -> Iterator[Element]:
    used = f"last used {soon(one.used_at, now, zone)}" if one.used_at else "not used yet"
    until = weekday_and_day(one.expires_at.date(), this_year=now.year)
    yield bold(one.name)
    yield plain(f" ({one.prefix}…): {used}, good until {until}")


def _revoking(one: AssistantToken) -> tuple[Element, ...]:
    asks = confirm(
        title="Revoke the token",
        text=f"What asks with the token for {one.name} is refused from then on.",
        yes="Revoke",
        no="Keep it",
    )
    return offer(f"Revoke {one.name}", RevokeToken(one.id, one.name), asks=asks)
