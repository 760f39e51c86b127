"""Lists of events, registrants and operators, and FLOW's reports, as sheets of a file."""

from collections.abc import Iterable, Mapping, Sequence

from bot.asking.occasion import Occasion
from bot.slack.blocks.blocks import context
from bot.slack.blocks.tables import file_message
from bot.slack.messages import Message
from bot.tables.columns import Column, Kind, Sheet, TextTable, text_columns
from bot.webinars.core.attendance import CurvePoint
from bot.webinars.model import ROLES, Event, Operator, Registrant, Room
from bot.webinars.rendering.events import closing
from bot.webinars.rendering.registrants import FOR_YOU


def events_sheet(events: Iterable[Event], *, title: str) -> Sheet:
    """Return the events, their beginnings as moments."""
    columns = (
        Column("Begins", Kind.MOMENT),
        *text_columns(("Time zone of the event", "Event", "Description")),
        Column("Duration, in the unit it was entered in", Kind.NUMBER),
        *text_columns(("Hosts", "Published", "Recorded", "Replays", "Token")),
    )
    rows = (
        (
            each.starts_at or each.when,
            each.timezone,
            each.title,
            each.description,
            each.duration,
            ", ".join(host.name for host in each.hosts),
            each.published,
            each.recorded,
            each.replays,
            each.token,
        )
        for each in events
    )
    return Sheet(title, columns, rows)


def registrants_sheet(registrants: Iterable[Registrant], *, title: str) -> Sheet:
    """Return everybody registered, hosts among them; times are as FLOW has them, without a zone."""
    columns = (
        *text_columns(("First name", "Last name", "E-mail", "Phone", "Location", "Role")),
        Column("Attended"),
        Column("Minutes", Kind.NUMBER),
        *text_columns(("Entered", "Left")),
    )
    rows = (
        (
            each.first_name,
            each.last_name,
            each.email,
            each.phone,
            each.location,
            ROLES.get(each.role or 0, "guest"),
            each.attended,
            each.minutes,
            each.entered_at or each.entered,
            each.left_at or each.left,
        )
        for each in registrants
    )
    return Sheet(title, columns, rows)


def registrations_sheet(points: Iterable[CurvePoint]) -> Sheet:
    """Return how many were registered at the end of each day that Flowbot saw."""
    columns = (
        Column("Day", Kind.DATE),
        Column("Registered", Kind.NUMBER),
        Column("More than the day before", Kind.NUMBER),
    )
    rows = ((each.day, each.registered, each.new) for each in points)
    return Sheet("Registrations", columns, rows)


def operators_sheet(operators: Iterable[Operator]) -> Sheet:
    """Return those who may run events."""
    columns = (
        *text_columns(("Person", "E-mail", "Title", "Company")),
        Column("Id", Kind.NUMBER),
    )
    rows = ((each.name, each.email, each.title, each.company, each.id) for each in operators)
    return Sheet("Operators", columns, rows)


def rooms_sheet(rooms: Iterable[Room]) -> Sheet:
    """Return the rooms that are always open; links into them are personal and in no file."""
    columns = (Column("Room"), Column("Number", Kind.NUMBER))
    return Sheet("Rooms", columns, ((each.title, each.room_id) for each in rooms))


def report_sheets(parts: Mapping[str, TextTable]) -> tuple[Sheet, ...]:
    """Return a report's tables as sheets; what their columns hold is not documented, so text."""
    return tuple(
        Sheet(title, text_columns(table.columns), table.rows, table.above, table.doubt)
        for title, table in parts.items()
    )


def rows_message(
    title: str, rows: Sequence[object], occasion: Occasion, *, export: str, personal: bool
) -> Message:
    """Return the parent message of a file of events, registrants or operators.

    Without any row there is no file, and the message says so; `personal` says that only the asker
    sees it.
    """
    small = ((context(FOR_YOU),) if personal else ()) + closing(occasion)
    return file_message(title, len(rows), form=export, vendor="FLOW", closing=small)
