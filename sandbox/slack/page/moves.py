"""Where the clock's buttons lead: wall-clock times in somebody's zone, as moments."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_SECONDS = 366 * 24 * 3600


def next_time(now: datetime, at: str, zone: str) -> datetime:
    """Return the next moment after `now` when a wall clock in `zone` shows "HH:MM"; ValueError."""
    wall = now.astimezone(ZoneInfo(zone))
    target = datetime.combine(wall.date(), time.fromisoformat(at), ZoneInfo(zone))
    return target if target > now else target + timedelta(days=1)


def same_time_tomorrow(now: datetime, zone: str) -> datetime:
    """Return the moment a calendar day later when a wall clock in `zone` shows the same."""
    return now.astimezone(ZoneInfo(zone)) + timedelta(days=1)
