"""Lists of events, registrants and operators, and FLOW's reports, as sheets of a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from re import compile as pattern

from bot.asking.occasion import Occasion
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.wording import FORMATS, capital, counted
from bot.slack.messages import Message
from bot.tables.cell_types import ColumnSigns, columns_of, signs_of, typed_rows
from bot.tables.columns import Cell, Column, Kind, Sheet, TextTable, text_columns
from bot.webinars.core.attendance import CurvePoint
from bot.webinars.model import ROLES, Event, Operator, Registrant, Room
from bot.webinars.rendering.event_words import LONGEST_HOURS, SOURCE, end_of, length_words
from bot.webinars.rendering.registrants import FOR_YOU

_LOCAL = pattern(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?")
"""A moment of a report, which names no zone."""


def events_sheet(events: Iterable[Event], *, title: str) -> Sheet:
    """Return the events, their beginnings as moments."""
    columns = (
        Column("Begins", Kind.MOMENT),
        *text_columns(("Time zone of the event", "Event", "Description")),
        Column("Ends", Kind.MOMENT),
        Column("Duration (hours)", Kind.NUMBER),
        *text_columns(("Hosts", "Published", "Recorded", "Replays", "FLOW token")),
    )
    rows = (
        (
            each.starts_at or each.when,
            each.timezone,
            each.title,
            each.description,
            end_of(each),
            _hours(each),
            ", ".join(host.name for host in each.hosts),
            each.published,
            each.recorded,
            each.replays,
            each.token,
        )
        for each in events
    )
    return Sheet(title, columns, rows)


def _hours(event: Event) -> float | str | None:
    """Return how long an event lasts; what are hardly hours, as words."""
    if event.duration is None or 0 < event.duration <= LONGEST_HOURS:
        return event.duration
    return length_words(event)


def registrants_sheet(registrants: Iterable[Registrant], *, title: str) -> Sheet:
    """Return everybody registered, hosts among them; times of no zone are FLOW's own."""
    people = tuple(registrants)
    zoned = any(each.entered_at and each.entered_at.tzinfo for each in people)
    columns = (
        *text_columns(("First name", "Last name", "E-mail", "Phone", "Location", "Role")),
        Column("Attended"),
        Column("Minutes", Kind.NUMBER),
        Column("Entered", Kind.MOMENT, zoned=zoned),
        Column("Left", Kind.MOMENT, zoned=zoned),
    )
    rows = (
        (
            each.first_name,
            each.last_name,
            each.email,
            each.phone,
            each.location,
            capital(ROLES.get(each.role or 0, "guest")),
            each.attended,
            each.minutes,
            each.entered_at or each.entered,
            each.left_at or each.left,
        )
        for each in people
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
    """Return a report's tables as sheets; what their columns hold is read from their cells.

    Real dates and numbers are such, and what only looks like a number, as phones do, stays text.
    """
    return tuple(_report_sheet(title, table) for title, table in parts.items())


def _report_sheet(title: str, table: TextTable) -> Sheet:
    signs = signs_of(table.rows) or [ColumnSigns() for _ in table.columns]
    local = {at for at, cells in enumerate(zip(*table.rows, strict=True)) if _are_moments(cells)}
    columns = [
        Column(each.name, Kind.MOMENT, zoned=False) if at in local else each
        for at, each in enumerate(columns_of(table.columns, signs))
    ]
    rows = (
        [_moment(cell) if at in local else cell for at, cell in enumerate(row)]
        for row in typed_rows(table.rows, signs)
    )
    return Sheet(title, columns, rows, table.above, table.doubt)


def _are_moments(cells: Iterable[str]) -> bool:
    """Return whether a column has dates with times of no zone, and nothing else."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(isinstance(_moment(cell), datetime) for cell in said)


def _moment(cell: Cell) -> Cell:
    if not isinstance(cell, str) or not _LOCAL.fullmatch(cell):
        return cell
    try:
        return datetime.fromisoformat(cell)
    except ValueError:  # such as the 30th of February
        return cell


def rows_message(
    title: str, rows: Sequence[object], occasion: Occasion, *, export: str, personal: bool
) -> Message:
    """Return the parent message of a file of events, registrants or hosts.

    Without any row there is no file, and the message says so; `personal` says that only the asker
    sees it.
    """
    file = f"{FORMATS[export]} file in the thread ({counted(len(rows), 'row')})"
    shape = Shape(
        news=f"{title}: {file if rows else 'nothing there yet, so there is no file'}",
        facts=(FOR_YOU if personal else "", SOURCE),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion).message
