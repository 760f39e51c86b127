"""Subscriptions: what a channel gets and when, and the replies to changing that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asking.core import zones
from bot.asking.rendering.dates import day_and_time
from bot.asking.subscription import ACTIVE, SHARED, SNOOZED, STOPPED, Subscription
from bot.slack.blocks.blocks import (
    Element,
    bold,
    bullets,
    channel,
    code,
    context,
    message,
    moment,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message

_EXAMPLE = "To add one: `/flow subscribe report onboarding weekdays 09:00 Europe/Berlin`"
_COMMANDS = "To change one: /flow remove 3 · pause 3 · resume 3 · snooze 3 1w · now 3 · history 3"


@dataclass(frozen=True, slots=True)
class PastDelivery:
    """One past run of a subscription: when it was planned, how it went, and what was wrong."""

    planned_at: datetime
    outcome: str
    problem: str = ""


def subscribed(
    subscription: Subscription, runs: Sequence[datetime], *, remark: str = ""
) -> Message:
    """Return what was subscribed to, and the next runs in each reader's own zone.

    `remark` is what could not be found out yet.
    """
    kind, question = subscription.kind, subscription.question
    what = kind.digest_words(question)
    number = subscription.id
    spoken = ", ".join(day_and_time(run, subscription.zone) for run in runs)
    zone = zones.spoken(subscription.zone)
    return message(
        f"Subscription {number}: {what}, {subscription.words} ({zone}). Next: {spoken}. "
        f"{remark}".strip(),
        paragraph(
            bold(f"Subscription {number}"),
            plain(f": {kind.introduced}"),
            bold(what),
            plain(" in "),
            channel(subscription.channel),
            plain(f", {subscription.words}, {zone}."),
        ),
        paragraph(plain("The next runs, in your own time:")),
        bullets(*[(moment(run),) for run in runs]),
        *([paragraph(plain(subscription.note))] if subscription.note else []),
        *([paragraph(plain(remark))] if remark else []),
        *map(context, kind.notes(question)),
        paragraph(plain("To end it: "), code(f"/flow remove {number}")),
    )


def subscription_list(subscriptions: Sequence[Subscription], *, everywhere: bool) -> Answer:
    """Return the subscriptions of a channel, or of all, with what to type to change them."""
    if not subscriptions:
        nothing = "No channel has a" if everywhere else "This channel has no"
        return Answer(says(f"{nothing} subscription. {_EXAMPLE}"))
    counts = counted(len(subscriptions), "subscription")
    spoken = "; ".join(f"{each.id}: {_words(each)}, {_state(each)}" for each in subscriptions)
    listed = [_listed(each, everywhere=everywhere) for each in subscriptions]
    first, *more = fit(message(f"{counts}: {spoken}", *listed, context(_COMMANDS)))
    return Answer(first, thread=tuple(more))


def removed(subscription: Subscription) -> Message:
    """Return that a subscription has ended, and how to have it again."""
    again = code(f"/flow subscribe {subscription.kind.order_words(subscription.question)} …")
    return _reply(subscription, "removed", plain("To have it again: "), again)


def paused(subscription: Subscription) -> Message:
    """Return that nothing more comes until it is resumed."""
    return _reply(subscription, "paused", plain("To go on: "), _resume(subscription))


def resumed(subscription: Subscription) -> Message:
    """Return that a subscription goes on, and when, and who else will see it by consent."""
    seen = " People of another organisation read this channel and will see it."
    more = (plain(seen),) if subscription.consent else ()
    return _reply(subscription, "active again", *_next(subscription), *more)


def snoozed(subscription: Subscription) -> Message:
    """Return until when nothing comes."""
    return _reply(
        subscription, _state(subscription), plain("To go on before: "), _resume(subscription)
    )


def history(subscription: Subscription, deliveries: Sequence[PastDelivery]) -> Message:
    """Return the past runs, in the order given."""
    if not deliveries:
        return _reply(subscription, "has not run yet", *_next(subscription))
    rows = [
        (
            words(day_and_time(each.planned_at, subscription.zone)),
            words(each.outcome),
            words(each.problem),
        )
        for each in deliveries
    ]
    caption = f"Subscription {subscription.id}, {zones.spoken(subscription.zone)}"
    columns = ("Planned", "Outcome", "Problem")
    table = data_table(caption, columns=columns, rows=rows, total=len(rows))
    latest = deliveries[0]
    return message(f"{caption}: {counted(len(rows), 'run')}, latest {latest.outcome}.", *table)


def _reply(subscription: Subscription, done: str, *more: Element) -> Message:
    about = f" ({_words(subscription)}): {done}. "
    title = f"Subscription {subscription.id}"
    return message(f"{title}{about}".strip(), paragraph(bold(title), plain(about), *more))


def _listed(subscription: Subscription, *, everywhere: bool) -> Block:
    where = (plain(" in "), channel(subscription.channel)) if everywhere else ()
    problem = f"\nLast problem: {subscription.last_error}" if subscription.last_error else ""
    note = f"\nNote: {subscription.note}" if subscription.note else ""
    return paragraph(
        bold(f"{subscription.id}"),
        plain(f"  {_words(subscription)} ({zones.spoken(subscription.zone)})"),
        *where,
        plain(f"\n{_state(subscription)}. "),
        *_next(subscription),
        *(plain(line) for line in (problem, note) if line),
    )


def _next(subscription: Subscription) -> tuple[Element, ...]:
    if subscription.state != ACTIVE or not subscription.next_run_at:
        return ()
    return plain("Next: "), moment(subscription.next_run_at)


def _resume(subscription: Subscription) -> Element:
    return code(f"/flow resume {subscription.id}")


def _words(subscription: Subscription) -> str:
    return f"{subscription.kind.digest_words(subscription.question)}, {subscription.words}"


def _state(subscription: Subscription) -> str:
    if subscription.state == SNOOZED and subscription.snoozed_until:
        return f"snoozed until {day_and_time(subscription.snoozed_until, subscription.zone)}"
    if subscription.state == SHARED:
        return "paused, as another organisation reads this channel"
    if subscription.state == STOPPED:
        failures = counted(subscription.failure_streak, "failure")
        return f"stopped after {failures}"
    return subscription.state
