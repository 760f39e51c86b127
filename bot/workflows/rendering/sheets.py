"""Website workflows as sheets of a file."""

from collections.abc import Iterable

from bot.tables.columns import Cell, Column, Kind, Sheet, text_columns
from bot.workflows.model import Workflow, WorkflowInfo


def workflows_sheet(workflows: Iterable[Workflow]) -> Sheet:
    """Return all workflows by name."""
    columns = (
        *text_columns(("Workflow", "Description")),
        Column("Changed", Kind.MOMENT),
        Column("Id"),
    )
    ordered = sorted(workflows, key=lambda each: each.name.casefold())
    rows = ((each.name, each.description, each.modified_at, each.id) for each in ordered)
    return Sheet("Workflows", columns, rows)


def info_sheet(info: WorkflowInfo) -> Sheet:
    """Return what one workflow is and from when to when it has events, in one row."""
    columns = (
        *text_columns(("Workflow", "Description", "Kind", "Published")),
        Column("First event", Kind.MOMENT),
        Column("Last event", Kind.MOMENT),
        Column("Id"),
    )
    row: tuple[Cell, ...] = (
        info.name,
        info.description,
        info.kind,
        info.published,
        info.first_event_at,
        info.last_event_at,
        info.id,
    )
    return Sheet("Workflow", columns, (row,))
