"""The section of the Home tab, the one question, and what comes of an answer."""

from collections.abc import Iterator
from typing import Final

from bot.asking.rendering.offers import offer
from bot.consent.intents import AgreeToBeFound, StopBeingFound
from bot.consent.model import ConsentState
from bot.slack.blocks.blocks import actions, context, header, message, paragraph, plain, says
from bot.slack.messages import Block, Message

ROW: Final = "home:consent"
QUESTION_ROW: Final = "consent"
_MEANS: Final = (
    "If you agree, I match your e-mail address in services such as MomoFlow with your Slack "
    "account: I can remind you of your own training, and whoever has people reminded sees your "
    "name. I keep only that you agreed, no address."
)
_ON: Final = "You agreed: I can remind you of your own training."
_OFF: Final = "You don't want that, and nobody can have you asked again."
AGREED: Final = (
    "Thank you. From now on I can remind you, at most once a day and never in the evening or on "
    "weekends. You can stop that at any time in my Home tab."
)
STOPPED: Final = (
    "Done. I send you no reminders, and don't ask again. Should you change your mind, agree in my "
    "Home tab."
)


def consent_section(state: ConsentState | None) -> Iterator[Block]:
    """Yield the part of the Home tab for somebody who said this, or nothing yet."""
    agreed = state is ConsentState.AGREED
    refused = state in {ConsentState.DECLINED, ConsentState.STOPPED}
    yield header("Your name in services")
    yield paragraph(plain(_MEANS))
    stop = offer("Stop", StopBeingFound(), spoken="Stop being found by my e-mail address")
    agree = offer("Agree", AgreeToBeFound(), spoken="Agree to be found by my e-mail address")
    never = offer("Never ask me", StopBeingFound(), spoken="Never be found by my e-mail address")
    if agreed or refused:
        yield context(_ON if agreed else _OFF)
    yield actions(ROW, *(stop if agreed else agree), *(() if agreed or refused else never))


def question(by: str, about: str) -> Message:
    """Return the one question; `by` is whoever wants to remind somebody, `about` of what."""
    lead = f"{by} wants me to remind you of {about}. May I?"
    why = (
        "I'd match your e-mail address in that service with your Slack account, and keep only your "
        "answer. I ask this once; you can change it at any time in my Home tab."
    )
    return message(
        lead,
        paragraph(plain(lead)),
        context(why),
        actions(
            QUESTION_ROW,
            *offer("Yes, remind me", AgreeToBeFound(turned=True), style="primary"),
            *offer("No", StopBeingFound(turned=True)),
        ),
    )


def agreed() -> Message:
    """Return the words for somebody who agreed."""
    return says(AGREED)


def stopped() -> Message:
    """Return the words for somebody who does not want it."""
    return says(STOPPED)
