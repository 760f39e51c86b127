"""Which events a list of /flow-events holds."""

from datetime import datetime

from bot.clients.flowapp import FlowApp
from bot.core.event_weeks import begins_within_a_week
from bot.model.webinars import Event


async def listed_events(flowapp: FlowApp, view: str, now: datetime, zone: str) -> tuple[Event, ...]:
    """Return the events of a list; those of the week are what runs and what begins in it."""
    if view == "all":
        return await flowapp.events()
    if view != "week":
        return await flowapp.events(view)
    running, coming = await flowapp.events("current"), await flowapp.events("future")
    return (*running, *(each for each in coming if begins_within_a_week(each, now, zone)))
