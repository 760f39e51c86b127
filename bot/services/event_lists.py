"""Which events a list of /flow-events holds."""

from datetime import datetime, timedelta

from bot.clients.flowapp import FlowApp
from bot.model.webinars import Event

WEEK = timedelta(days=7)


async def listed_events(flowapp: FlowApp, view: str, now: datetime) -> tuple[Event, ...]:
    """Return the events of a list; those of the week are what runs and what begins in it."""
    if view == "all":
        return await flowapp.events()
    if view != "week":
        return await flowapp.events(view)
    running, coming = await flowapp.events("current"), await flowapp.events("future")
    soon = (each for each in coming if each.starts_at and each.starts_at <= now + WEEK)
    return (*running, *soon)
