"""Digests about webinars: the week ahead, before an event, and after it."""

from collections import Counter
from datetime import UTC, datetime

from bot.codec import loads
from tests.asking.answers import written
from tests.asking.seeing import words
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_the_events_of_the_week_come_on_schedule(stage: Stage) -> None:
    await stage.command("/flow subscribe events week mon 09:00")

    await stage.at(NINE)

    assert "in the next 7 days" in stage.said()[-1].text


async def test_before_an_event_its_registrations_and_their_curve_come(stage: Stage) -> None:
    await stage.command('/flow subscribe events registrations "Quarterly update" daily 09:00')

    await stage.at(NINE)
    await stage.at(TOMORROW)

    digest = stage.said()[-1]
    assert "registrations so far" in digest.text
    assert "Since 23 Nov: " in words(digest)


async def test_after_an_event_attendance_comes_with_the_compiled_report(stage: Stage) -> None:
    await stage.command("/flow subscribe events summary quarterly daily 09:00")

    await stage.at(NINE)

    digest = stage.said()[-1]
    [file] = stage.slack.files
    assert "Quarterly update: " in digest.text
    assert "attended" in digest.text
    assert file.thread_ts == digest.ts
    assert file.name.endswith(".xlsx")


async def test_how_an_event_went_is_told_once_and_when_the_next_is_over_again(
    stage: Stage,
) -> None:
    await stage.command('/flow subscribe events summary "Product tour" daily 17:00')
    told = len(stage.said())

    await stage.at(NINE.replace(hour=16))
    assert len(stage.said()) == told + 1
    assert "no-show" in words(stage.said()[-1])
    await stage.at(TOMORROW.replace(hour=16))
    assert len(stage.said()) == told + 2
    await stage.at(TOMORROW.replace(day=25, hour=16))
    await stage.at(TOMORROW.replace(day=26, hour=16))
    assert len(stage.said()) == told + 2
    [row] = await stage.rows("SELECT state, failure_streak FROM subscriptions")
    assert row == {"state": "active", "failure_streak": 0}


async def test_while_a_session_runs_the_one_before_is_told_of(stage: Stage) -> None:
    await stage.command('/flow subscribe events summary "Product tour" daily 15:10')
    told = len(stage.said())

    await stage.at(TOMORROW.replace(hour=14, minute=10))

    assert len(stage.said()) == told + 1
    assert "no-show" in words(stage.said()[-1])


async def test_what_is_asked_for_by_hand_is_told_again(stage: Stage) -> None:
    await stage.command('/flow subscribe events summary "Quarterly update" daily 09:00')
    await stage.at(NINE)
    told = len(stage.said())
    await stage.at(TOMORROW)
    assert len(stage.said()) == told

    await stage.command("/flow now 1")

    assert "Quarterly update: " in stage.said()[-1].text
    assert len(stage.said()) == told + 1


async def test_registrations_are_no_news_once_no_session_is_ahead(stage: Stage) -> None:
    await stage.command('/flow subscribe events registrations "Open office hours" daily 09:00')
    told = len(stage.said())

    await stage.at(NINE)

    assert len(stage.said()) == told


async def test_a_report_that_fails_for_a_while_does_not_leave_a_digest_half_said(
    stage: Stage,
) -> None:
    await stage.command('/flow subscribe events summary "Quarterly update" daily 09:00')
    told = len(stage.said())
    stage.flowapp.set_switch("answer_500", 9)
    await stage.at(NINE)
    assert len(stage.said()) == told

    stage.flowapp.set_switch("answer_500", 0)
    await stage.at(NINE.replace(minute=6))

    assert "Chat: " in words(stage.said()[-1])
    assert stage.slack.files


async def test_whoever_orders_addresses_into_a_channel_is_told_so(stage: Stage) -> None:
    await stage.command('/flow subscribe events summary "Quarterly update" daily 09:00')
    assert "e-mail addresses" in words(stage.said()[-1])
    assert "once after each session" in words(stage.said()[-1])

    await stage.command('/flow subscribe events registrants "Quarterly update" daily 09:00')
    assert "e-mail addresses" in words(stage.said()[-1])

    await stage.command("/flow subscribe events week mon 09:00")
    assert "e-mail addresses" not in words(stage.said()[-1])


async def test_what_an_answer_shows_can_be_subscribed_to(stage: Stage) -> None:
    await stage.command("/flow-events future")
    await stage.slack.message_shortcut("subscribe_to_this", message=stage.said()[0])
    form = stage.slack.view_of("UADA")
    assert form is not None

    form = await written(stage, form)
    await stage.slack.submit(form, values={"schedule": {"schedule": "daily 09:00"}})
    await stage.settle()
    await stage.at(NINE)

    assert stage.said()[-1].text == stage.said()[0].text


async def test_a_digest_ordered_by_its_token_is_of_that_session_and_no_other(stage: Stage) -> None:
    tours = stage.flowapp.account.sessions(stage.clock.now())
    last = [each for each in tours if each.series.title == "Product tour"][-1]
    await stage.command(f"/flow subscribe events registrants {last.token} daily 09:00")

    await stage.at(NINE)

    [row] = await stage.rows("SELECT question FROM ledger WHERE subscription_id = 1")
    assert loads(row["question"])["event"] == last.token
    assert "Product tour" in stage.said()[0].text


async def test_a_digest_about_people_stays_with_its_session(stage: Stage) -> None:
    """Whoever reads about those of one session was not meant to read about those of the next."""
    await stage.command('/flow subscribe events registrants "Product tour" daily 17:00')
    ordered = words(stage.said()[-1])
    for day in (23, 24, 25):
        await stage.at(NINE.replace(day=day, hour=16))

    rows = await stage.rows("SELECT question FROM ledger WHERE subscription_id = 1")
    assert len({loads(row["question"])["token"] for row in rows}) == 1
    assert loads(rows[0]["question"])["token"]
    assert "It stays with the session of Tue 24 Nov" in ordered
    assert "the other sessions are never in it" in ordered


async def test_a_digest_that_follows_a_series_says_so(stage: Stage) -> None:
    await stage.command('/flow subscribe events registrations "Product tour" daily 17:00')
    assert "It follows every session called Product tour." in words(stage.said()[-1])

    titles = Counter(
        each.series.title for each in stage.flowapp.account.sessions(stage.clock.now())
    )
    alone = next(title for title, count in titles.items() if count == 1 and title.isascii())
    await stage.command(f'/flow subscribe events registrations "{alone}" daily 17:00')
    assert "every session" not in words(stage.said()[-1])
    assert alone in stage.said()[-1].text
