"""The card that asks for a second person, and what is said of it."""

from typing import Final

from bot.asking.rendering.offers import offer
from bot.policy.intents import Agree, AskAgain, Refuse
from bot.policy.model import Agreement, AgreementState
from bot.slack.blocks.blocks import (
    actions,
    channel,
    message,
    moment,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message

MUST: Final = "A second person must agree."


def card(one: Agreement) -> Message:
    """Return the card that asks."""
    wants = f"{one.user_name} wants to {one.words}."
    return message(
        f"{wants} {MUST}",
        paragraph(plain(f"{wants} {MUST}")),
        actions(
            BlockId.REPORT_BUTTONS,
            *offer("Agree", Agree(one.token), style="primary", spoken="Agree, so that it is done"),
            *offer("Refuse", Refuse(one.token)),
        ),
        paragraph(plain("Anyone else who may do it can agree, until "), moment(one.expires_at)),
    )


def settled_card(one: Agreement) -> Message:
    """Return what takes the card's place once it is settled."""
    text = f"{one.user_name} wanted to {one.words}. {settled_words(one)}"
    return message(text, paragraph(plain(text)))


def settled_words(one: Agreement) -> str:
    """Return what became of one."""
    return {
        AgreementState.ASKED: "It waits for a second person.",
        AgreementState.AGREED: f"{one.by_name} agreed.",
        AgreementState.REFUSED: f"{one.by_name} refused, so nothing was done.",
        AgreementState.EXPIRED: "Nobody agreed in time, so nothing was done.",
        AgreementState.ASKED_AGAIN: "It was asked again.",
    }[one.state]


def too_late(one: Agreement) -> Message:
    """Return, for who came second, that it is settled."""
    return says(f"Somebody was faster: what {one.user_name} wanted is settled.")


def waiting(one: Agreement) -> Message:
    """Return, for whoever asked, where a second person is asked."""
    lead = f"To {one.words} takes a second person. I asked in "
    rest = " and tell you what comes of it, at the latest "
    shown = paragraph(plain(lead), channel(one.channel), plain(rest), moment(one.expires_at))
    return message(f"{lead}a channel, and tell you what comes of it.", shown)


def came_to_nothing(one: Agreement) -> Message:
    """Return, for whoever asked, that nothing was done, with a button that asks again."""
    text = f"You wanted to {one.words}. {settled_words(one)}"
    again = offer("Ask again", AskAgain(one.token), spoken="Ask once more, as it was entered")
    return message(text, paragraph(plain(text)), actions(BlockId.REPORT_BUTTONS, *again))
