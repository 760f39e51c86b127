from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.asking.subscription import PAUSED, SNOOZED, STOPPED
from bot.digests.rendering import schedules
from bot.digests.rendering.schedules import PastDelivery
from bot.slack.messages import Message
from tests.slack.slack_rules import objections
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import NOW, RUNS, SUBSCRIPTION

NOTED = replace(SUBSCRIPTION, note="Please chase your people.")
SNOOZED_ONE = replace(
    SUBSCRIPTION, id=5, state=SNOOZED, snoozed_until=datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
)
STOPPED_ONE = replace(
    SUBSCRIPTION,
    id=6,
    state=STOPPED,
    failure_streak=3,
    last_error="MomoFlow rejected Flowbot's key.",
    next_run_at=None,
)


def test_a_subscription_is_confirmed_with_its_next_runs_in_the_readers_zone() -> None:
    rendered = schedules.subscribed(NOTED, RUNS)
    assert as_json(rendered) == expected("subscribed", rendered)


def test_the_confirmation_reads_well_in_a_notification() -> None:
    assert schedules.subscribed(SUBSCRIPTION, RUNS[:2]).text == (
        "Subscription 3: onboarding overdue last-7d, weekdays at 09:00 (Berlin time). "
        "Next: 23 Nov 2026 09:00, 24 Nov 2026 09:00."
    )


def test_the_list_says_what_when_how_it_stands_and_what_went_wrong() -> None:
    paused = replace(NOTED, id=4, state=PAUSED)
    answer = schedules.subscription_list(
        [SUBSCRIPTION, paused, SNOOZED_ONE, STOPPED_ONE], everywhere=False
    )
    assert as_json(answer) == expected("subscription_list", answer)


def test_the_list_of_everything_names_the_channels() -> None:
    answer = schedules.subscription_list([SUBSCRIPTION], everywhere=True)
    assert {"type": "channel", "channel_id": "CTRAIN"} in (
        answer.message.blocks[0]["elements"][0]["elements"]
    )


@pytest.mark.parametrize(
    ("everywhere", "start"),
    [(False, "This channel has no subscription. "), (True, "No channel has a subscription. ")],
)
def test_an_empty_list_shows_how_to_add_one(everywhere: bool, start: str) -> None:  # noqa: FBT001 - a table's column
    answer = schedules.subscription_list([], everywhere=everywhere)
    assert answer.message.text == (
        f"{start}To add one: /flow subscribe report onboarding weekdays 09:00 Europe/Berlin"
    )


def test_a_long_list_goes_on_in_the_thread() -> None:
    answer = schedules.subscription_list([SUBSCRIPTION] * 120, everywhere=False)
    assert [objections(each) for each in (answer.message, *answer.thread)] == [[], [], []]


WHAT = "onboarding overdue last-7d, weekdays at 09:00"


@pytest.mark.parametrize(
    ("reply", "text", "tail"),
    [
        (
            schedules.removed(SUBSCRIPTION),
            "removed",
            "To have it again: /flow subscribe report onboarding overdue last-7d …",
        ),
        (schedules.paused(SUBSCRIPTION), "paused", "To go on: /flow resume 3"),
        (schedules.resumed(SUBSCRIPTION), "active again", "Next: 2026-11-23 08:00 UTC"),
        (
            schedules.snoozed(replace(SNOOZED_ONE, id=3)),
            "snoozed until 1 Dec 2026 09:00",
            "To go on before: /flow resume 3",
        ),
        (
            schedules.snoozed(replace(SUBSCRIPTION, state=SNOOZED)),
            "snoozed",
            "To go on before: /flow resume 3",
        ),
        (schedules.history(STOPPED_ONE, []), "has not run yet", ""),
    ],
    ids=["removed", "paused", "resumed", "snoozed", "snoozed for good", "no history"],
)
def test_replies_say_what_was_done_and_what_can_follow(
    reply: Message, text: str, tail: str
) -> None:
    number = reply.text.split()[1]
    shown = "".join(
        each.get("text") or each["fallback"] for each in reply.blocks[0]["elements"][0]["elements"]
    )
    assert reply.text == f"Subscription {number} ({WHAT}): {text}."
    assert shown == f"{reply.text} {tail}"


def test_the_history_shows_past_runs_in_the_subscriptions_zone() -> None:
    runs = [
        PastDelivery(NOW, "sent"),
        PastDelivery(NOW - timedelta(days=1), "failed", "MomoFlow isn't responding."),
    ]
    rendered = schedules.history(SUBSCRIPTION, runs)
    assert as_json(rendered) == expected("history", rendered)
