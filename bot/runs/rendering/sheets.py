"""Runs of Smart Flows as a sheet of a file."""

from collections.abc import Iterable
from datetime import datetime

from bot.runs.model import Execution
from bot.runs.rendering.words import flow_name, state_title
from bot.tables.columns import Cell, Column, Kind, Sheet

_COLUMNS = (
    Column("Flow"),
    Column("State"),
    Column("Started", Kind.MOMENT),
    Column("Ended", Kind.MOMENT),
    Column("Seconds", Kind.NUMBER),
    Column("Started by"),
    Column("Id"),
)


def runs_sheet(runs: Iterable[Execution], *, title: str) -> Sheet:
    """Return the runs in the order given; the end is when an ended one was last changed."""
    return Sheet(title, _COLUMNS, (_row(each) for each in runs))


def _row(run: Execution) -> tuple[Cell, ...]:
    ended = run.modified_at if run.ended else None
    took = ended - run.created_at if ended and run.created_at else None
    return (
        flow_name(run.flow),
        state_title(run.status),
        _second(run.created_at),
        _second(ended),
        round(took.total_seconds()) if took else None,
        run.created_by.name,
        run.id,
    )


def _second(when: datetime | None) -> datetime | None:
    return when.replace(microsecond=0) if when else None
