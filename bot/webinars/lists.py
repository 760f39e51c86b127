"""Which events a list of /flow-events holds."""

from datetime import datetime

from bot.webinars.client import FlowApp
from bot.webinars.core.weeks import begins_within_a_week
from bot.webinars.model import Event


async def listed_events(flowapp: FlowApp, view: str, now: datetime, zone: str) -> tuple[Event, ...]:
    """Return the events of a list; those of the week are what runs and what begins in it."""
    if view == "all":
        return await flowapp.events()
    if view != "week":
        return await flowapp.events(view)
    running, coming = await flowapp.events("current"), await flowapp.events("future")
    return (*running, *(each for each in coming if begins_within_a_week(each, now, zone)))
