"""What is said around a digest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.asking.rendering.offers import FormOpening
from bot.asking.subscription import Subscription
from bot.digests.core.command import Remove, Snooze
from bot.digests.core.past import Why
from bot.digests.intents import SendDigest
from bot.digests.rendering.digests import as_digest, late_words, owner_notice
from bot.digests.rendering.menus import wanted_of
from bot.follow.intents import FollowDigest
from bot.slack.blocks.blocks import actions, button, context, header, message
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.frames import menus_of
from bot.slack.messages import Answer, Block, Message
from bot.training.feature import REPORT
from bot.training.question import ReportQuestion
from tests.slack.slack_rules import objections

STANDS_FOR_3 = "This one stands for 3 planned digests, as I was not running at their times."
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SUBSCRIPTION = Subscription(
    id=3,
    channel="C1",
    kind=REPORT,
    question=ReportQuestion("onboarding", status="overdue"),
    cron="0 9 * * *",
    words="every day at 09:00",
    zone="Europe/Berlin",
    creator="U1",
    created_at=NOW,
    next_run_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
    note="Please chase",
)
WHAT = "Onboarding, overdue"
LAST = context("All dates")


def told(*blocks: Block) -> Message:
    return as_digest(Answer(message("News", header("News"), *blocks)), SUBSCRIPTION, NOW).message


def types(shown: Message) -> list[str]:
    return [each["type"] for each in shown.blocks]


def notice(trouble: str, **more: Any) -> str:
    usual = {"now": NOW, "passing": False, "others": False}
    return owner_notice(SUBSCRIPTION, trouble, **{**usual, **more}).message.text


def test_a_digest_has_its_note_under_the_headline_and_its_menu_in_its_row() -> None:
    row = actions("report_buttons", button("Export", "open_export"))
    shown = told(row, LAST)

    assert types(shown) == ["header", "rich_text", "actions", "context"]
    assert [each["type"] for each in shown.blocks[2]["elements"]] == ["button", "overflow"]
    assert as_digest(Answer(shown), SUBSCRIPTION, NOW).message == shown


def test_a_digest_without_a_row_gets_one_above_the_small_print() -> None:
    assert types(told(LAST)) == ["header", "rich_text", "actions", "context"]


def test_a_digest_never_has_more_than_slack_takes() -> None:
    full = actions("report_buttons", *(button(f"{at}", f"b{at}") for at in range(25)))
    assert len(told(full).blocks[2]["elements"]) == LIMITS.action_elements
    assert len(menus_of(told(full))) == 1

    packed = told(*[LAST] * (LIMITS.blocks_per_message - 2))
    assert len(packed.blocks) == LIMITS.blocks_per_message
    assert objections(packed) == []
    crammed = told(*[LAST] * (LIMITS.blocks_per_message - 1))
    assert len(crammed.blocks) == LIMITS.blocks_per_message


def test_each_choice_in_the_menu_wants_what_it_says() -> None:
    [menu] = menus_of(told(LAST))
    wanted = {each["text"]["text"]: wanted_of(each["value"]) for each in menu["options"]}

    assert wanted == {
        "Edit": FormOpening("change_digest", "3"),
        "Follow": FollowDigest(3),
        "Snooze or mute": FormOpening("rest_digest", "3"),
        "Stop": Remove(3),
        "Why did I get this?": Why(3, NOW),
    }
    assert wanted_of("3:snooze-1") == Snooze(3, days=1)  # of messages that are there already


@pytest.mark.parametrize(
    ("sent", "minutes", "said"),
    [
        (SendDigest(3), 600, ""),
        (SendDigest(3, NOW), 14, ""),
        (SendDigest(3, NOW), 15, "Late by 15 min: it was planned for Mon 23 Nov, 09:00."),
        (SendDigest(3, NOW), 540, "Late by 9 h: it was planned for Mon 23 Nov, 09:00."),
        (
            SendDigest(3, NOW, missed=2),
            60,
            f"Late by 1 h: it was planned for Mon 23 Nov, 09:00. {STANDS_FOR_3}",
        ),
        (
            SendDigest(3, NOW, again=True),
            540,
            "Sent again: the digest that was planned for Mon 23 Nov, 09:00.",
        ),
    ],
    ids=["at once", "in time", "late", "very late", "for several", "again"],
)
def test_a_digest_that_comes_late_or_again_says_for_what_time_it_was(
    sent: SendDigest, minutes: int, said: str
) -> None:
    assert late_words(sent, "Europe/Berlin", NOW + timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("trouble", "more", "said"),
    [
        (
            "MomoFlow isn't responding. Try again in a few minutes.",
            {"passing": True},
            f"MomoFlow isn't responding, so {WHAT} didn't go. I'll try again tomorrow at 09:00.",
        ),
        (
            "MomoFlow rejected Flowbot's key. Your Flowbot admin needs to update MOMOFLOW_API_KEY.",
            {"others": True},
            (
                f"MomoFlow rejected Flowbot's key, so {WHAT} didn't go. I'll try again tomorrow "
                "at 09:00. Your Flowbot admin needs to update MOMOFLOW_API_KEY. Your other digests "
                "from there may be missing too."
            ),
        ),
        (
            "MomoFlow sent something I can't read, so I'm not showing it. Tell your Flowbot admin.",
            {"passing": True},
            (
                f"{WHAT} didn't go: MomoFlow sent something I can't read, so I'm not showing it. "
                "I'll try again tomorrow at 09:00."
            ),
        ),
    ],
)
def test_the_owner_learns_what_went_wrong_and_what_comes(
    trouble: str, more: dict[str, bool], said: str
) -> None:
    assert notice(trouble, **more) == said


def test_what_does_not_come_again_is_not_promised() -> None:
    once = replace(SUBSCRIPTION, next_run_at=None)
    said = owner_notice(once, "MomoFlow is away.", now=NOW, passing=True, others=False)

    assert "try again" not in said.message.text
