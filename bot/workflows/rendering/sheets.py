"""Website workflows and their events as sheets of a file, and what their notes say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.core.arguments import quoted
from bot.asking.rendering.dates import period_words
from bot.slack.blocks.hour_charts import WEEKDAYS
from bot.slack.blocks.wording import field_words
from bot.tables.columns import Cell, Column, Kind, Notes, Sheet, TextTable, text_columns
from bot.tables.conversion import EVENTS, typed_sheet
from bot.workflows.model import CSV, Sidedata, Workflow, WorkflowInfo
from bot.workflows.rendering.event_tables import ChartFigures
from bot.workflows.rendering.exports import ExportSubject, export_filters, what_words
from bot.workflows.rendering.workflows import kind_words


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
        kind_words(info.kind),
        info.published,
        info.first_event_at,
        info.last_event_at,
        info.id,
    )
    return Sheet("Workflow", columns, (row,))


def rows_sheet(rows: TextTable, form: str) -> Sheet:
    """Return events that are in memory: typed for a workbook, as they came for CSV."""
    if form == CSV:
        return Sheet(EVENTS, text_columns(rows.columns), rows.rows)
    return typed_sheet(EVENTS, rows)


def chart_sheets(figures: ChartFigures) -> list[Sheet]:
    """Return the figures of a chart as a workbook has them: ids whole, headings in words."""
    columns = tuple(map(field_words, figures.table.columns))
    sheets = [typed_sheet(figures.title, replace(figures.table, columns=columns))]
    if figures.alone:
        alone = tuple((field_words(name), value) for name, value in figures.alone)
        sheets.append(typed_sheet("More figures", TextTable(("Figure", "Value"), alone)))
    return sheets


def count_rows(counts: Sidedata) -> TextTable:
    """Return the counts beside a chart as rows."""
    totals = (("Visitors", counts.visitors), ("Sessions", counts.sessions))
    rows = [
        *((name, "", f"{count}") for name, count in totals if count is not None),
        *(("Hour", f"{hour:02}:00", f"{count:g}") for hour, count in counts.by_hour),
        *(("Weekday", WEEKDAYS[(day - 1) % 7], f"{count:g}") for day, count in counts.by_weekday),
        *((field_words(path), "", value) for path, value in counts.more),
    ]
    return TextTable(("Figure", "When", "Count"), tuple(rows))


def export_notes(subject: ExportSubject, *, made_at: datetime) -> Notes:
    """Return where the figures of an export come from."""
    return Notes(
        title=f"{subject.workflow}: {what_words(subject.question)}",
        source=f"giosg, workflow {quoted(subject.workflow)}",
        made_at=made_at,
        period=period_words(subject.period),
        filters=export_filters(subject.question),
        zone=ZoneInfo(subject.period.zone),
        zone_name=subject.period.zone,
    )
