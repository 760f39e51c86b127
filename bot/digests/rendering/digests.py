"""What is said around a digest: runs that were missed, and troubles told to its owner."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import weekday_and_time
from bot.asking.subscription import Subscription
from bot.digests.core.outcomes import LATE_AFTER
from bot.digests.intents import SendDigest
from bot.outbox.words import late_line
from bot.slack.blocks.blocks import channel, code, message, paragraph, plain
from bot.slack.blocks.wording import counted, span_words
from bot.slack.messages import Answer


def late_words(sent: SendDigest, zone: str, now: datetime) -> str:
    """Return for what time a digest was planned that comes late, again or for several; or ""."""
    if sent.planned is None:
        return ""
    when = weekday_and_time(sent.planned, zone, this_year=now.astimezone(ZoneInfo(zone)).year)
    if sent.again:
        return f"Sent again: the digest that was planned for {when}."
    several = (
        f" This one stands for {counted(sent.missed + 1, 'planned digest')}, as Flowbot was not "
        "running at their times."
        if sent.missed
        else ""
    )
    late = now - sent.planned
    if late < LATE_AFTER:
        return several.strip()
    return f"Late by {span_words(late.total_seconds())}: it was planned for {when}.{several}"


def with_line(answer: Answer, line: str) -> Answer:
    """Return an answer with small print that stays when the message is brought up to date."""
    late = replace(answer.message, blocks=(*answer.message.blocks, late_line(line)))
    return replace(answer, message=late)


def shared_notice(subscription: Subscription) -> Answer:
    """Return what the owner of a subscription is told once its channel is read by others."""
    number = subscription.id
    about = subscription.kind.digest_words(subscription.question)
    what = f"Subscription {number} ({about}) is paused: another organisation now reads "
    after = "If they may see it, a member types this in the channel itself: "
    mend = f"/flow resume {number}"
    return Answer(
        message(
            f"{what}its channel. {after}{mend}",
            paragraph(plain(what), channel(subscription.channel), plain(".")),
            paragraph(plain(after), code(mend)),
        )
    )


def owner_notice(subscription: Subscription, trouble: str, *, stopped: bool) -> Answer:
    """Return what the owner of a subscription is told once in a row of failures."""
    number = subscription.id
    about = subscription.kind.digest_words(subscription.question)
    what = f"Subscription {number} ({about}) could not be sent to "
    if stopped:
        after, mend = "It is stopped. When that is mended, type ", f"/flow resume {number}"
    else:
        after, mend = "It is tried again at its next time. To try now, type ", f"/flow now {number}"
    return Answer(
        message(
            f"{what}its channel. {trouble} {after}{mend}",
            paragraph(plain(what), channel(subscription.channel), plain(f". {trouble}")),
            paragraph(plain(after), code(mend)),
        )
    )
