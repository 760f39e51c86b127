"""The replies to ordering a digest and to changing it, with what can follow as buttons."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.terms_words import again_words
from bot.asking.rendering.dates import soon, weekday_and_day
from bot.asking.rendering.offers import offer
from bot.asking.subscription import Subscription
from bot.digests.core.terms.notes import note_words
from bot.digests.intents import OrderDigest
from bot.digests.rendering.menus import (
    edit_button,
    now_button,
    resume_button,
    stop_button,
)
from bot.digests.rendering.words import (
    is_direct,
    next_words,
    place,
    title,
    with_zone,
    zone_of,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    context,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.simpler import words_of
from bot.slack.messages import Block, Message

DONE: Final = "Done. "
CHANGED: Final = "Changed. "
_CHANNEL: Final = re.compile(r" (?:in|to) #[CG][A-Z0-9]+")
_OTHERS_SEE: Final = "People of another organisation read this channel and will see it."


def subscribed(
    one: Subscription,
    runs: Sequence[datetime],
    now: datetime,
    *,
    lead: str = DONE,
    remark: str = "",
    more: Sequence[Element] = (),
) -> Message:
    """Return what comes where and when, and the next runs; `remark` is what is not known yet.

    `more` are further buttons.
    """
    who = "I'll send you " if is_direct(one) else "I'll post "
    first = about(one, f"{lead}{who}", *place(one, "in"), plain(f" {with_zone(one)}."))
    coming = f"Next: {', '.join(soon(run, now, one.zone) for run in runs)}" if runs else ""
    more_words = (_again(one), note_words(one.note))
    return said(
        first,
        *(paragraph(plain(each)) for each in (coming, *more_words, remark) if each),
        *map(context, one.kind.notes(one.question)),
        buttons=(*now_button(one), *edit_button(one), *stop_button(one), *more),
    )


def _again(one: Subscription) -> str:
    return again_words(one.terms.only_if) if one.terms.only_if else ""


def together(told: Sequence[Message]) -> Message:
    """Return what several conversations are told as one message, for whoever ordered it."""
    said = " ".join(each.text for each in told)
    return message(said, *(block for each in told for block in each.blocks))


def gone_elsewhere(one: Subscription) -> Message:
    """Return that a digest does not come here any more."""
    return said(about(one, "", plain(" comes somewhere else from now on.")), buttons=())


def removed(one: Subscription) -> Message:
    """Return that a digest has ended, with a button that orders it again."""
    chosen = "" if is_direct(one) else one.channel
    question = one.question
    again = OrderDigest(question.job, question, one.cron, one.words, one.zone, one.note, one.terms)
    return said(about(one, "Stopped ", plain(".")), buttons=offer("Undo", again, chosen=chosen))


def paused(one: Subscription) -> Message:
    """Return that nothing more comes until it is resumed."""
    first = about(one, "Paused ", plain(" until somebody resumes it."))
    return said(first, buttons=(*resume_button(one), *stop_button(one)))


def resumed(one: Subscription, now: datetime, *, remark: str = "") -> Message:
    """Return that a digest goes on, and when, and who else will see it by consent.

    `remark` is what is not well with its service just now.
    """
    coming = f" Next: {next_words(one, now)}." if one.next_run_at else ""
    seen = f" {_OTHERS_SEE}" if one.consent else ""
    first = about(one, "Resumed ", plain(f".{coming}{seen}"))
    more = (paragraph(plain(remark)),) if remark else ()
    return said(first, *more, buttons=(*now_button(one), *stop_button(one)))


def snoozed(one: Subscription, now: datetime) -> Message:
    """Return until when nothing comes, and what comes then."""
    until = one.snoozed_until or now
    coming = f" Next: {next_words(one, now)}." if one.next_run_at else ""
    day = weekday_and_day(until.astimezone(ZoneInfo(zone_of(one))), this_year=now.year)
    first = about(one, "Paused ", plain(f" until {day}.{coming}"))
    return said(first, buttons=(*resume_button(one), *stop_button(one)))


def about(one: Subscription, lead: str, *rest: Element) -> Block:
    """Return a sentence with the digest's name in it."""
    return paragraph(plain(lead), bold(title(one)), *rest)


def said(*blocks: Block, buttons: Sequence[Element]) -> Message:
    """Return blocks and a row of buttons; a notification says the same, but for the channel.

    There a channel would be told by its id.
    """
    row = (actions(BlockId.DIGEST_BUTTONS, *buttons),) if buttons else ()
    spoken = _CHANNEL.sub("", " ".join(words_of(blocks).split()))
    return message(spoken, *blocks, *row)
