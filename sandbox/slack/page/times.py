"""Moving the sandbox's clock on, by the buttons of the page."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.page import drawings
from sandbox.slack.page.answers import Body, Refused, needed, read_body
from sandbox.slack.page.viewers import Viewers

MOST = timedelta(days=366)


def next_time(now: datetime, at: str, zone: str) -> datetime:
    """Return the next moment after `now` when a wall clock in `zone` shows "HH:MM"; ValueError."""
    wall = now.astimezone(ZoneInfo(zone))
    target = datetime.combine(wall.date(), time.fromisoformat(at), ZoneInfo(zone))
    return target if target > now else target + timedelta(days=1)


def same_time_tomorrow(now: datetime, zone: str) -> datetime:
    """Return the moment a calendar day later when a wall clock in `zone` shows the same."""
    return now.astimezone(ZoneInfo(zone)) + timedelta(days=1)


class Times:
    """The route of the clock."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Move this Slack's clock."""
        self._clock = slack.clock
        self._viewers = Viewers(slack)

    async def move(self, request: web.Request) -> web.Response:
        """POST {advance_seconds} | {to: ISO} | {next: "HH:MM" | "day", user}: move the time on."""
        body = await read_body(request)
        try:
            target = self._target(body, self._clock.now())
        except (ValueError, OverflowError):
            raise Refused("That is not a time to move the clock to.") from None
        if not self._clock.now() <= target <= self._clock.now() + MOST:
            raise Refused("The clock goes on by up to a year at once, and never back.")
        self._clock.advance(to=target)
        return web.json_response(drawings.time(self._clock))

    def _target(self, body: Body, now: datetime) -> datetime:
        if "advance_seconds" in body:
            return now + timedelta(seconds=_number(body["advance_seconds"]))
        if "to" in body:
            return _aware(datetime.fromisoformat(needed(body, "to")))
        zone = self._viewers.person(needed(body, "user")).tz
        until = needed(body, "next")
        return same_time_tomorrow(now, zone) if until == "day" else next_time(now, until, zone)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("advance_seconds is a number.")
    return value


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Refused("Name the zone of that time, such as 2026-03-02T09:00:00+01:00.")
    return moment
