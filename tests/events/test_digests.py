"""Digests about webinars: the week ahead, before an event, and after it."""

from datetime import UTC, datetime

from tests.asking.seeing import words
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_the_events_of_the_week_come_on_schedule(stage: Stage) -> None:
    await stage.command("/flow subscribe events week mon 09:00")

    await stage.at(NINE)

    assert "in the next seven days" in stage.said()[-1].text


async def test_before_an_event_its_registrations_and_their_curve_come(stage: Stage) -> None:
    await stage.command('/flow subscribe events registrations "Quarterly update" daily 09:00')

    await stage.at(NINE)
    await stage.at(TOMORROW)

    digest = stage.said()[-1]
    assert "registrations so far" in digest.text
    assert "since 23 Nov" in words(digest)


async def test_after_an_event_attendance_comes_with_the_compiled_report(stage: Stage) -> None:
    await stage.command("/flow subscribe events summary quarterly daily 09:00")

    await stage.at(NINE)

    digest = stage.said()[-1]
    [file] = stage.slack.files
    assert "Quarterly update: " in digest.text
    assert "attended" in digest.text
    assert file.thread_ts == digest.ts
    assert file.name.endswith(".xlsx")


async def test_what_an_answer_shows_can_be_subscribed_to(stage: Stage) -> None:
    await stage.command("/flow-events future")
    await stage.slack.message_shortcut("subscribe_to_this", message=stage.said()[0])
    form = stage.slack.view_of("UADA")
    assert form is not None

    await stage.slack.submit(form, values={"schedule": {"schedule": "daily 09:00"}})
    await stage.settle()
    await stage.at(NINE)

    assert stage.said()[-1].text == stage.said()[0].text
