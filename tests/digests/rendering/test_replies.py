"""What is said of ordering a digest, changing it and looking at it, with what can follow."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.asking.subscription import PAUSED, SNOOZED, STOPPED, Subscription
from bot.digests.core.command import ListSubscriptions
from bot.digests.overview.pages import DigestCounts
from bot.digests.rendering import lists, record, replies
from bot.digests.rendering.lists import DigestList, page_of
from bot.digests.rendering.record import HistoryView, WhyView
from bot.digests.rendering.words import schedule_words
from bot.slack.messages import Answer, Message
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

ASKED_WHY = WhyView(links={}, orderer="Ada", now=NOW, planned=RUNS[0])


def listed(*found: Subscription, everywhere: bool = False, page: int = 0) -> Answer:
    return lists.digest_list(
        DigestList(
            shown=page_of(found, page),
            counts=DigestCounts(len(found), sum(one.ails for one in found)),
            whose="in #training",
            wanted=ListSubscriptions(everywhere, page),
            place="CTRAIN",
            now=NOW,
        )
    )


def buttons(message: Message) -> list[str]:
    row = message.blocks[-1]
    return [each["text"]["text"] for each in row["elements"]] if row["type"] == "actions" else []


def test_an_order_is_confirmed_with_its_next_runs_and_what_can_follow() -> None:
    rendered = replies.subscribed(NOTED, RUNS, NOW)
    assert as_json(rendered) == expected("subscribed", rendered)


def test_the_confirmation_reads_well_in_a_notification() -> None:
    assert replies.subscribed(SUBSCRIPTION, RUNS[:2], NOW).text == (
        "Done. I'll post Onboarding, overdue, last 7 days every weekday at 09:00 (Berlin time). "
        "Next: tomorrow 09:00, Tue 24 Nov 09:00"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("weekdays at 09:00", "every weekday at 09:00"),
        ("Mondays and Thursdays at 08:30", "every Monday and Thursday at 08:30"),
        ("every day at 09:00", "every day at 09:00"),
        ("on the last day of each month at 17:00", "on the last day of each month at 17:00"),
    ],
)
def test_a_schedule_is_told_as_people_say_it(words: str, said: str) -> None:
    assert schedule_words(replace(SUBSCRIPTION, words=words)) == said


def test_the_list_has_what_needs_attention_first_and_a_menu_for_each() -> None:
    paused = replace(NOTED, id=4, state=PAUSED)
    answer = listed(SUBSCRIPTION, paused, SNOOZED_ONE, STOPPED_ONE)
    assert as_json(answer) == expected("subscription_list", answer)
    assert answer.message.text.startswith("1 of 4 digests in #training needs attention: 6: ")


def test_the_list_of_everything_names_the_channels() -> None:
    answer = listed(SUBSCRIPTION, replace(SUBSCRIPTION, id=4), everywhere=True)
    channels = str(answer.message.blocks).count("'channel_id': 'CTRAIN'")
    assert channels == 1  # of both, which are of the same


def test_a_long_list_is_paged() -> None:
    many = [replace(SUBSCRIPTION, id=number) for number in range(1, 13)]
    first, last = listed(*many), listed(*many, page=2)

    assert first.message.text.startswith("12 digests in #training: 1: ")
    assert [str(first.message.blocks).count("overflow"), first.thread] == [5, ()]
    assert str(last.message.blocks).count("overflow") == 2
    assert "'More'" in str(first.message.blocks)
    assert "'More'" not in str(last.message.blocks)
    assert "Page 3 of 3" in str(last.message.blocks)
    assert objections(first.message) == []


WHAT = "Onboarding, overdue, last 7 days"


@pytest.mark.parametrize(
    ("reply", "said", "can"),
    [
        (replies.removed(SUBSCRIPTION), f"Stopped {WHAT}.", ["Undo"]),
        (
            replies.paused(SUBSCRIPTION),
            f"Paused {WHAT} until somebody resumes it.",
            ["Resume now", "Stop"],
        ),
        (
            replies.resumed(SUBSCRIPTION, NOW),
            f"Resumed {WHAT}. Next: tomorrow 09:00.",
            ["Send now", "Stop"],
        ),
        (
            replies.snoozed(SNOOZED_ONE, NOW),
            f"Paused {WHAT} until Tue 1 Dec. Next: tomorrow 09:00.",
            ["Resume now", "Stop"],
        ),
        (
            record.history(STOPPED_ONE, [], HistoryView({}, 0, 0, NOW)),
            f"Not sent yet: {WHAT}.",
            ["Send now"],
        ),
        (
            record.why(SUBSCRIPTION, None, ASKED_WHY),
            (
                f"Digest 3: {WHAT} every weekday at 09:00 (Berlin time). Ada ordered it on Sun "
                "22 Nov, 14:05. This one was planned for Mon 23 Nov, 09:00. Next: tomorrow 09:00."
            ),
            ["Send now", "Snooze 1 week", "Stop", "History"],
        ),
    ],
    ids=["removed", "paused", "resumed", "snoozed", "no history", "why"],
)
def test_replies_say_what_was_done_and_what_can_follow(
    reply: Message, said: str, can: list[str]
) -> None:
    assert (reply.text, buttons(reply)) == (said, can)


def test_what_goes_to_one_person_is_not_posted() -> None:
    one = replace(SUBSCRIPTION, channel="UADA")
    assert replies.subscribed(one, RUNS, NOW).text.startswith(f"Done. I'll send you {WHAT} every")
