"""The channels of field reports, and by which fields the reports of one can be counted."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.asking.core.arguments import quoted
from bot.asking.occasion import Occasion
from bot.asking.rendering.occasions import small_print
from bot.fieldreports.core.command import typed
from bot.fieldreports.model import Channel, FormField
from bot.slack.blocks.blocks import bold, code, context, header, message, paragraph, plain, says
from bot.slack.blocks.budget import fit
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import counted, some_of
from bot.slack.messages import Answer, Message
from bot.tables.columns import Column, Kind, Sheet, text_columns

ListColumn = tuple[str, Callable[[Channel], object], Callable[[Channel], Cell]]
"""A name, what makes it worth showing, and the cell of a channel."""

_COLUMNS: Final[tuple[ListColumn, ...]] = (
    ("Channel", lambda _: True, lambda each: words(each.name)),
    ("Reports", lambda each: each.reports_count, lambda each: number(each.reports_count)),
    ("Anonymous", lambda each: each.anonymous, lambda each: words("yes" if each.anonymous else "")),
    ("Description", lambda each: each.description, lambda each: words(each.description)),
    ("Number", lambda _: True, lambda each: words(f"{each.id}")),
)


def channel_list(channels: Sequence[Channel], occasion: Occasion) -> Answer:
    """Return the channels by name, with how many reports each has and a command to try.

    A column with nothing in it is left out.
    """
    if not channels:
        return Answer(says("SaferMe shows Flowbot's account no channel of reports."))
    ordered = sorted(channels, key=lambda each: each.name.casefold())
    counts = counted(len(channels), "channel")
    shown = [column for column in _COLUMNS if any(map(column[1], ordered))]
    largest = max(ordered, key=lambda each: each.reports_count or 0)
    whole = message(
        f"{counts} of field reports: {', '.join(each.name for each in ordered)}",
        paragraph(bold(counts), plain(" of field reports")),
        *data_table(
            "Channels of field reports",
            columns=[name for name, _, _ in shown],
            rows=([cell(each) for _, _, cell in shown] for each in ordered),
            total=len(channels),
        ),
        paragraph(
            plain("The figures of one: "), code(f"/flow-analytics {typed(largest.name)} summary")
        ),
    )
    first, *more = fit(whole, closing=(small_print(occasion, "Source: SaferMe"),))
    return Answer(first, thread=tuple(more))


def field_list(channel: str, fields: Sequence[FormField], *, footer: str = "") -> Message:
    """Return the fields by which the reports of a channel can be counted, and how.

    `footer` is that of the occasion.
    """
    usable = [each for each in fields if each.selectable]
    if not usable:
        return says(
            f"The form of {quoted(channel)} has no field to choose from, so its reports cannot be "
            "counted by one. Try by-state or by-user."
        )
    rows = (
        (
            words(each.label),
            words(each.kind),
            words(some_of([option.label for option in each.options if option.enabled])),
            words(f"{each.id}"),
        )
        for each in usable
    )
    command = (
        f"/flow-analytics {typed(channel)} by-field {typed(usable[0].label or str(usable[0].id))}"
    )
    return message(
        f"{channel}: {counted(len(usable), 'field')}: {', '.join(each.label for each in usable)}",
        header(channel),
        *data_table(
            "Fields that reports can be counted by",
            columns=("Field", "Kind", "Choices", "Number"),
            rows=rows,
            total=len(usable),
        ),
        paragraph(plain("To count by one: "), code(command)),
        context(footer, "Source: SaferMe"),
    )


def channels_sheet(channels: Iterable[Channel]) -> Sheet:
    """Return the channels by name as a table for a file."""
    columns = (
        Column("Channel"),
        Column("Reports", Kind.NUMBER),
        *text_columns(("Anonymous", "Description")),
        Column("Number", Kind.NUMBER),
    )
    rows = (
        (each.name, each.reports_count, each.anonymous, each.description, each.id)
        for each in sorted(channels, key=lambda each: each.name.casefold())
    )
    return Sheet("Channels", columns, rows)


def fields_sheet(fields: Iterable[FormField]) -> Sheet:
    """Return fields with all their choices as a table for a file."""
    columns = (*text_columns(("Field", "Kind", "Choices")), Column("Number", Kind.NUMBER))
    rows = (
        (each.label, each.kind, "; ".join(option.label for option in each.options), each.id)
        for each in fields
    )
    return Sheet("Fields", columns, rows)
