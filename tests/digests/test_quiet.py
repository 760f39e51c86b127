"""Quiet hours and holidays: digests that wait, and those that are left out, each on the record."""

from datetime import UTC, datetime, timedelta

from tests.stage import Stage

REPORT = "/flow subscribe report onboarding"
SEVEN = datetime(2026, 11, 24, 6, tzinfo=UTC)
"""07:00 in Berlin on Tuesday."""
HOUR = timedelta(hours=1)


def digests(stage: Stage) -> list[str]:
    return [each.text for each in stage.said() if not each.text.startswith("Done.")]


async def record(stage: Stage) -> list[tuple[str, str, str]]:
    sql = "SELECT planned_at, state, reason FROM digest_runs ORDER BY planned_at"
    rows = await stage.rows(sql)
    return [(row["planned_at"][5:16], row["state"], row["reason"]) for row in rows]


async def test_a_time_in_quiet_hours_is_moved_to_their_end(stage: Stage) -> None:
    await stage.command(f"{REPORT} daily 23:00 quiet 22:00-07:00")
    assert "Next: tomorrow 07:00, Wed 25 Nov 07:00" in stage.said()[-1].text

    await stage.at(SEVEN - 8 * HOUR)
    assert digests(stage) == []
    await stage.at(SEVEN)
    assert len(digests(stage)) == 1
    assert await record(stage) == [("11-24T06:00", "sent", "")]
    assert "Late" not in stage.slack.transcript("CTRAIN")


async def test_what_is_moved_over_midnight_still_tells_of_its_day(stage: Stage) -> None:
    await stage.command(f"{REPORT} today daily 23:00 quiet 22:00-07:00")
    await stage.at(SEVEN)

    assert "23 Nov" in digests(stage)[0]


async def test_of_several_in_quiet_hours_one_comes_at_their_end(stage: Stage) -> None:
    await stage.command(f"{REPORT} every 2 hours quiet 21:30-07:00")
    for hours in range(-9, 3):
        await stage.at(SEVEN + hours * HOUR)

    fell = "It fell into quiet hours; the one of {} stands for it."
    assert [each for each in await record(stage) if each[0] > "11-23T20:00"] == [
        ("11-23T21:00", "quiet hours", fell.format("00:00")),
        ("11-23T23:00", "quiet hours", fell.format("02:00")),
        ("11-24T01:00", "quiet hours", fell.format("04:00")),
        ("11-24T03:00", "quiet hours", fell.format("06:00")),
        ("11-24T06:00", "sent", ""),
        ("11-24T07:00", "sent", ""),
    ]


async def test_one_that_is_late_in_quiet_hours_waits_for_their_end(stage: Stage) -> None:
    await stage.command(f"{REPORT} daily 18:00 quiet 22:00-07:00")
    await stage.at(SEVEN - 8 * HOUR)
    assert digests(stage) == []
    [(_, state, reason)] = await record(stage)
    assert (state, reason) == ("making", "It waits until 07:00, as it is quiet hours.")

    await stage.at(SEVEN)
    assert len(digests(stage)) == 1
    assert "Late by 13 h" in stage.slack.transcript("CTRAIN")


async def test_on_a_holiday_nothing_comes_and_the_record_says_which(stage: Stage) -> None:
    await stage.command(f"{REPORT} monthly 25 9:00 except holidays GB")
    assert "not on holidays in the UK" in stage.said()[-1].text
    assert "Next: Wed 25 Nov 09:00, Mon 25 Jan" in stage.said()[-1].text

    for month, day in ((11, 25), (12, 25)):
        await stage.at(datetime(2026, month, day, 8, tzinfo=UTC))
    await stage.at(datetime(2027, 1, 25, 8, tzinfo=UTC))

    assert await record(stage) == [
        ("11-25T08:00", "sent", ""),
        ("12-25T08:00", "holiday", "Christmas Day in the UK."),
        ("01-25T08:00", "sent", ""),
    ]


async def test_a_holiday_on_which_flowbot_did_not_run_is_on_the_record_too(stage: Stage) -> None:
    await stage.command(f"{REPORT} monthly 25 9:00 except holidays GB")
    await stage.at(datetime(2027, 1, 25, 8, tzinfo=UTC))

    assert [state for _, state, _ in await record(stage)] == ["missed", "holiday", "sent"]


async def test_the_holidays_of_a_pause_are_on_the_record_as_what_they_are(stage: Stage) -> None:
    await stage.command(f"{REPORT} monthly 25 9:00 except holidays GB")
    await stage.command("/flow pause 1")
    await stage.at(datetime(2027, 1, 25, 8, tzinfo=UTC))

    assert [state for _, state, _ in await record(stage)] == ["paused", "holiday", "paused"]


async def test_one_that_would_never_come_is_refused(stage: Stage) -> None:
    await stage.command(f"{REPORT} once on 2026-12-25 10:00 except holidays GB")

    assert "all its times fall on holidays in the UK" in stage.slack.transcript("CTRAIN")
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_sent_by_hand_it_comes_in_quiet_hours(stage: Stage) -> None:
    await stage.command(f"{REPORT} daily 18:00 quiet 8:00-10:00")
    await stage.command("/flow now 1")

    assert len(digests(stage)) == 1
