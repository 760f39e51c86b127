"""What is said around a digest."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.asking.subscription import Subscription
from bot.digests.intents import SendDigest
from bot.digests.rendering.digests import late_words, owner_notice
from bot.slack.blocks.simpler import words_of
from bot.training.feature import REPORT
from bot.training.question import ReportQuestion

STANDS_FOR_3 = "This one stands for 3 planned digests, as Flowbot was not running at their times."
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
)


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


def test_the_owner_of_a_failed_digest_learns_what_happened_and_how_to_try_now() -> None:
    message = owner_notice(SUBSCRIPTION, "MomoFlow took too long.", stopped=False).message

    words = words_of(message.blocks)
    assert "MomoFlow took too long." in words
    assert words.endswith("/flow now 3")


def test_the_owner_of_a_stopped_digest_learns_how_to_start_it_again() -> None:
    message = owner_notice(SUBSCRIPTION, "That channel is archived.", stopped=True).message

    assert words_of(message.blocks).endswith("/flow resume 3")
    assert "It is stopped." in message.text
