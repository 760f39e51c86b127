"""What is said around a digest: its note and menu, runs that were missed, troubles of its owner."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import soon, weekday_and_time
from bot.asking.rendering.offers import offer
from bot.asking.subscription import ENDED, Subscription
from bot.digests.core.command import ListSubscriptions
from bot.digests.core.outcomes import LATE_AFTER
from bot.digests.core.terms.notes import Callout, note_parts
from bot.digests.intents import SendDigest
from bot.digests.rendering.menus import digest_menu, now_button, stop_button
from bot.digests.rendering.replies import said
from bot.digests.rendering.words import place, title, zone_of
from bot.outbox.words import late_line
from bot.slack.blocks.blocks import Element, bold, group_mention, mention, paragraph, plain
from bot.slack.blocks.frames import noted, with_menu
from bot.slack.blocks.wording import capital, counted, span_words
from bot.slack.messages import Answer, Block

_PARTS: Final = ". "


def as_digest(
    answer: Answer, one: Subscription, planned: datetime | None, *, calls: bool = False
) -> Answer:
    """Return an answer as a digest: with its note under the headline, and a menu in its row.

    Those in its note are mentioned where it `calls` them, and named otherwise.
    """
    told = noted(answer.message, note_block(one.note, calls=calls)) if one.note else answer.message
    if one.state == ENDED:
        return replace(answer, message=told)
    return replace(answer, message=with_menu(told, digest_menu(one, planned)))


def note_block(note: str, *, calls: bool) -> Block:
    """Return a note as a block."""
    return paragraph(*(_part(each, calls=calls) for each in note_parts(note)))


def _part(part: str | Callout, *, calls: bool) -> Element:
    if isinstance(part, str):
        return plain(part)
    if not calls:
        return plain(f"@{part.name}")
    return mention(part.user) if part.user else group_mention(part.group)


def late_words(sent: SendDigest, zone: str, now: datetime) -> str:
    """Return for what time a digest was planned that comes late, again or for several; or ""."""
    if sent.planned is None:
        return ""
    when = weekday_and_time(sent.planned, zone, this_year=now.astimezone(ZoneInfo(zone)).year)
    if sent.again:
        return f"Sent again: the digest that was planned for {when}."
    several = (
        f" This one stands for {counted(sent.missed + 1, 'planned digest')}, as I was not "
        "running at their times."
        if sent.missed
        else ""
    )
    late = now - sent.planned
    if late < LATE_AFTER:
        return several.strip()
    return f"Late by {span_words(late.total_seconds())}: it was planned for {when}.{several}"


def waited_words(planned: datetime, zone: str, now: datetime) -> str:
    """Return for what time a digest was planned that was made then and could not be told."""
    when = weekday_and_time(planned, zone, this_year=now.astimezone(ZoneInfo(zone)).year)
    late = span_words((now - planned).total_seconds())
    return f"Late by {late}: it was planned for {when}, and Slack did not take it before."


def with_line(answer: Answer, line: str) -> Answer:
    """Return an answer with small print that stays when the message is brought up to date."""
    late = replace(answer.message, blocks=(*answer.message.blocks, late_line(line)))
    return replace(answer, message=late)


def owner_notice(
    one: Subscription, trouble: str, *, now: datetime, passing: bool, others: bool
) -> Answer:
    """Return what the owner of a digest is told once in a row of failures.

    `trouble` are sentences, the first of which is the cause. With `passing` it may be over by the
    next time; `others` says that the same owner has more digests that ask the same vendor.
    """
    cause, _, mend = trouble.partition(_PARTS)
    cause = cause.rstrip(".")
    again = soon(one.next_run_at, now, zone_of(one), at="at") if one.next_run_at else ""
    rest = (
        f"I'll try again {again}." if again else "",
        "" if passing else mend,
        "Your other digests from there may be missing too." if others else "",
    )
    what = (*_missing(one, cause), plain(" ".join((".", *filter(None, rest)))))
    return Answer(said(paragraph(*what), buttons=_mending(one, others=others)))


def _missing(one: Subscription, cause: str) -> tuple[Element, ...]:
    """Return that a digest did not come, and why."""
    gone = (plain(" didn't go"), *(place(one, "to") or (plain(" to you"),)))
    if ", so " in cause:
        return bold(capital(title(one))), *gone, plain(f": {cause}")
    return plain(f"{cause}, so "), bold(title(one)), *gone


def _mending(one: Subscription, *, others: bool) -> tuple[Element, ...]:
    everything = offer("All my digests", ListSubscriptions(everywhere=True)) if others else ()
    return (*now_button(one), *everything, *stop_button(one))
