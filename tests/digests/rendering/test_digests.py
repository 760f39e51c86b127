"""What is said around a digest."""

from datetime import UTC, datetime

from bot.asking.subscription import Subscription
from bot.digests.rendering.digests import owner_notice, with_missed
from bot.slack.blocks.blocks import says
from bot.slack.blocks.simpler import words_of
from bot.slack.messages import Answer
from bot.training.feature import REPORT
from bot.training.question import ReportQuestion

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


def test_a_late_digest_says_how_many_it_stands_for() -> None:
    answer = with_missed(Answer(says("Onboarding")), [NOW, NOW])

    assert answer.message.blocks[-1]["elements"][0]["text"].endswith("3 planned digests.")


def test_the_owner_of_a_failed_digest_learns_what_happened_and_how_to_try_now() -> None:
    message = owner_notice(SUBSCRIPTION, "MomoFlow took too long.", stopped=False).message

    words = words_of(message.blocks)
    assert "MomoFlow took too long." in words
    assert words.endswith("/flow now 3")


def test_the_owner_of_a_stopped_digest_learns_how_to_start_it_again() -> None:
    message = owner_notice(SUBSCRIPTION, "That channel is archived.", stopped=True).message

    assert words_of(message.blocks).endswith("/flow resume 3")
    assert "It is stopped." in message.text
