"""Until when quiet hours last."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.asking.terms import QuietHours
from bot.digests.core.terms.quiet_hours import quiet_until

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
