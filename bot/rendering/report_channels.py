"""The channels of field reports, and by which fields the reports of one can be counted."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core.analytics_arguments import typed
from bot.core.arguments import quoted
from bot.core.budget import fit
from bot.exports.columns import Column, Kind, Sheet, text_columns
from bot.model.fieldreports import Channel, FormField
from bot.model.messages import Answer, Message
from bot.rendering.blocks import bold, code, context, header, message, paragraph, plain, says
from bot.rendering.dates import day_and_time
from bot.rendering.tables import data_table, number, words
from bot.rendering.wording import counted, some_of


def channel_list(
    channels: Sequence[Channel], *, now: datetime, zone: str, footer: str = ""
) -> Answer:
    """Return the channels by name, with how many reports each has and a command to try.

    `footer` tells who asked, or of the subscription.
    """
    if not channels:
        return Answer(says("SaferMe shows Flowbot's account no channel of reports."))
    ordered = sorted(channels, key=lambda each: each.name.casefold())
    counts = counted(len(channels), "channel")
    rows = (
        (
            words(each.name),
            number(each.reports_count),
            words("yes" if each.anonymous else ""),
            words(each.description),
            words(f"{each.id}"),
        )
        for each in ordered
    )
    whole = message(
        f"{counts} of field reports: {', '.join(each.name for each in ordered)}",
        paragraph(bold(counts), plain(" of field reports")),
        *data_table(
            "Channels of field reports",
            columns=("Channel", "Reports", "Anonymous", "Description", "Number"),
            rows=rows,
            total=len(channels),
        ),
        paragraph(
            plain("The figures of one: "), code(f"/flow-analytics {typed(ordered[0].name)} summary")
        ),
    )
    small = context(footer, "Source: SaferMe", f"{day_and_time(now, zone)} {zone}")
    first, *more = fit(whole, closing=(small,))
    return Answer(first, thread=tuple(more))


def field_list(channel: str, fields: Sequence[FormField], *, footer: str = "") -> Message:
    """Return the fields by which the reports of a channel can be counted, and how."""
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
            words(some_of([option.label for option in each.options])),
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
