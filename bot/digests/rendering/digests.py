"""What is said around a digest: runs that were missed, and troubles told to its owner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.asking.subscription import Subscription
from bot.outbox.words import late_line
from bot.slack.blocks.blocks import channel, code, message, paragraph, plain
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer


def with_missed(answer: Answer, missed: Sequence[datetime]) -> Answer:
    """Return a digest that says it stands for runs an outage swallowed as well."""
    line = (
        f"Late: Flowbot was not running at its time. This one stands for "
        f"{counted(len(missed) + 1, 'planned digest')}."
    )
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
