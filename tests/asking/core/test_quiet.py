"""Until when quiet hours last, and when somebody may be written to."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.asking.core.quiet import decent_time, quiet_until
from bot.asking.terms import QuietHours

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours("22:00", "07:00")
AT_CHANGE = QuietHours("22:00", "02:30")


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("quiet", "moment", "until"),
    [
        (NIGHT, at("2026-11-23T21:59"), None),
        (NIGHT, at("2026-11-23T22:00"), at("2026-11-24T07:00")),
        (NIGHT, at("2026-11-24T06:59"), at("2026-11-24T07:00")),
        (NIGHT, at("2026-11-24T07:00"), None),
        (QuietHours("12:00", "13:00"), at("2026-11-24T12:30"), at("2026-11-24T13:00")),
        # Friday's night reaches into Saturday; Saturday's own does not begin
        (QuietHours("22:00", "07:00", (5,)), at("2026-11-28T06:00"), at("2026-11-28T07:00")),
        (QuietHours("22:00", "07:00", (5,)), at("2026-11-28T23:00"), None),
        # 02:30 does not exist on 29 March 2026: the clocks go on from 02:00 to 03:00
        (AT_CHANGE, at("2026-03-29T01:59"), at("2026-03-29T03:00")),
        # 02:30 comes twice on 25 October 2026: both 02:10 are quiet
        (AT_CHANGE, at("2026-10-25T02:10"), at("2026-10-25T02:30", fold=1)),
        (AT_CHANGE, at("2026-10-25T02:40"), at("2026-10-25T02:30", fold=1)),
        (AT_CHANGE, at("2026-10-25T02:10", fold=1), at("2026-10-25T02:30", fold=1)),
        (AT_CHANGE, at("2026-10-25T02:40", fold=1), None),
    ],
)
def test_quiet_hours_end(quiet: QuietHours, moment: datetime, until: datetime | None) -> None:
    found = quiet_until(quiet, "Europe/Berlin", moment)
    assert found == (until.astimezone(ZoneInfo("UTC")) if until else None)


@pytest.mark.parametrize(
    ("now", "decent"),
    [
        (at("2026-11-23T08:00"), at("2026-11-23T08:00")),
        (at("2026-11-23T17:59"), at("2026-11-23T17:59")),
        (at("2026-11-23T18:00"), at("2026-11-24T09:00")),
        (at("2026-11-24T03:00"), at("2026-11-24T09:00")),
        (at("2026-11-27T18:30"), at("2026-11-30T09:00")),  # from Friday evening to Monday
        (at("2026-11-29T12:00"), at("2026-11-30T09:00")),
        (at("2026-12-24T20:00"), at("2026-12-28T09:00")),  # over Christmas and the weekend
        (at("2026-12-25T10:00"), at("2026-12-28T09:00")),
        # the clocks change in the night: nine o'clock stays nine o'clock
        (at("2026-10-23T19:00"), at("2026-10-26T09:00")),
        (at("2027-03-26T19:00"), at("2027-03-30T09:00")),  # Easter Monday is a holiday too
    ],
)
def test_somebody_is_written_to_by_day_on_working_days(now: datetime, decent: datetime) -> None:
    assert decent_time(now, "Europe/Berlin", holidays="DE") == decent


def test_each_place_has_its_own_day_and_holidays() -> None:
    morning = at("2026-11-23T08:30")  # half past four in the afternoon in Tokyo, a holiday there

    assert decent_time(morning, "Asia/Tokyo") == morning
    assert decent_time(morning, "Asia/Tokyo", holidays="JP").isoformat() == (
        "2026-11-24T00:00:00+00:00"
    )
    assert decent_time(morning, "America/New_York").isoformat() == "2026-11-23T14:00:00+00:00"
