"""What a vendor's Date headers tell of its clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.http.vendor_clock import VendorClock
from sandbox.clock import SandboxClock

NOW = datetime(2026, 11, 6, 8, 49, 37, tzinfo=UTC)
FIXED = "Fri, 06 Nov 2026 08:49:37 GMT"


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(NOW)


@pytest.mark.parametrize(
    "date", [FIXED, "Friday, 06-Nov-26 08:49:37 GMT", "Fri Nov  6 08:49:37 2026"]
)
def test_all_three_forms_of_a_date_are_read(clock: SandboxClock, date: str) -> None:
    vendor = VendorClock(clock)
    vendor.hear({"date": date})
    assert vendor.now() == NOW


@pytest.mark.parametrize("away", [timedelta(0), timedelta(hours=25), timedelta(days=-3)])
def test_it_goes_on_from_what_was_said(clock: SandboxClock, away: timedelta) -> None:
    vendor = VendorClock(clock)
    vendor.hear({"date": f"{NOW + away:%a, %d %b %Y %H:%M:%S} GMT"})
    clock.advance(seconds=90)
    assert vendor.now() == NOW + away + timedelta(seconds=90)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"date": ""},
        {"date": "soon"},
        {"date": "Fri, 32 Nov 2026 08:49:37 GMT"},
        {"date": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"date": "Fri, 31 Dec 9999 23:59:59 GMT"},
        {"date": FIXED, "age": "120"},
    ],
)
def test_what_is_no_clock_teaches_nothing(clock: SandboxClock, headers: dict[str, str]) -> None:
    vendor = VendorClock(clock)
    vendor.hear(headers)
    assert vendor.now() is None

    vendor.hear({"date": FIXED})
    vendor.hear(headers)
    assert vendor.now() == NOW


def test_what_was_said_long_ago_is_not_relied_upon(clock: SandboxClock) -> None:
    vendor = VendorClock(clock)
    vendor.hear({"date": FIXED})
    clock.advance(seconds=3601)
    assert vendor.now() is None


def test_a_clock_of_ours_that_is_moved_lets_us_ask_again(clock: SandboxClock) -> None:
    vendor = VendorClock(clock)
    vendor.hear({"date": FIXED})
    clock.set_back(3600)
    assert vendor.now() is None

    vendor.hear({"date": FIXED})
    assert vendor.now() == NOW


@pytest.mark.parametrize(("seconds", "ahead"), [(0, 0), (4, 0), (-4, 0), (6, 6), (-90, -90)])
def test_a_clock_that_is_nearly_ours_is_ours(clock: SandboxClock, seconds: int, ahead: int) -> None:
    vendor = VendorClock(clock)
    assert vendor.ahead() == timedelta(0)
    vendor.hear({"date": f"{NOW + timedelta(seconds=seconds):%a, %d %b %Y %H:%M:%S} GMT"})
    assert vendor.ahead() == timedelta(seconds=ahead)
