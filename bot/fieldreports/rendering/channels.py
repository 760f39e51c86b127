"""The channels of field reports, and by which fields the reports of one can be counted."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.offers import MOST_BUTTONS, offer, opening
from bot.asking.rendering.presses import brief, menu_of
from bot.asking.rendering.shape import Shape, laid_out
from bot.fieldreports.core.command import DEFAULT_PERIOD
from bot.fieldreports.ids import FieldReportCallback
from bot.fieldreports.model import Channel, FormField
from bot.fieldreports.question import BY_FIELD, BY_STATE, BY_USER, SUMMARY, AnalyticsQuestion
from bot.fieldreports.rendering.notes import SOURCE
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import counted, field_words, some_of
from bot.slack.messages import Answer
from bot.tables.columns import Column, Kind, Sheet, text_columns

ListColumn = tuple[str, Callable[[Channel], object], Callable[[Channel], Cell]]
"""A name, what makes it worth showing, and the cell of a channel."""

_COLUMNS: Final[tuple[ListColumn, ...]] = (
    ("Channel", lambda _: True, lambda each: words(each.name)),
    ("Reports", lambda each: each.reports_count, lambda each: _count(each.reports_count)),
    ("Anonymous", lambda each: each.anonymous, lambda each: words("yes" if each.anonymous else "")),
    ("Description", lambda each: each.description, lambda each: words(each.description)),
)
_NONE: Final = "SaferMe shows Flowbot no channels. An operator of one can add Flowbot's account"


def channel_list(channels: Sequence[Channel], occasion: Occasion) -> Answer:
    """Return the channels, those with most reports first, with what brings the figures of one.

    A column with nothing in it is left out.
    """
    ordered = sorted(channels, key=lambda each: (-(each.reports_count or 0), each.name.casefold()))
    shown = [column for column in _COLUMNS if any(map(column[1], ordered))]
    table = data_table(
        "Channels of field reports",
        columns=[name for name, _, _ in shown],
        rows=([cell(each) for _, _, cell in shown] for each in ordered),
        total=len(channels),
        more="Export for the full list.",
    )
    shape = Shape(
        news=f"{counted(len(channels), 'channel')} of field reports" if channels else _NONE,
        body=table,
        buttons=_channel_buttons(ordered),
        facts=(SOURCE,),
        orders=False,
        exports=bool(channels),
    )
    return laid_out(shape, occasion)


def field_list(channel: Channel, fields: Sequence[FormField], occasion: Occasion) -> Answer:
    """Return the fields by which the reports of a channel can be counted, a button for each."""
    usable = [each for each in fields if each.selectable]
    rows = (
        (
            words(each.label),
            words(some_of(choices(each))),
        )
        for each in usable
    )
    name = channel.name or f"{channel.id}"
    none = f"{name} has no field with choices, so its reports can't be counted by one"
    some = f"Reports in {name} can be counted by {counted(len(usable), 'field')}"
    shape = Shape(
        news=some if usable else none,
        body=data_table(
            f"Fields of {name}", columns=("Field", "Choices"), rows=rows, total=len(usable)
        ),
        buttons=_field_buttons(channel, usable),
        facts=(SOURCE,),
        orders=False,
        exports=bool(usable),
    )
    return laid_out(shape, occasion)


def choices(field: FormField) -> list[str]:
    """Return the choices that a field has at present."""
    return [option.label for option in field.options if option.enabled]


def _channel_buttons(channels: Sequence[Channel]) -> tuple[Element, ...]:
    """Return a button for each of a few channels, else a menu of all."""
    if len(channels) > MOST_BUTTONS:
        choices = [(each.name, brief(_of(each))) for each in channels]
        form = FieldReportCallback.FIELD_ANALYTICS
        return menu_of("Choose a channel", choices) or opening("Choose a channel", form)
    made = (offer(each.name, _of(each), spoken=f"Summary of {each.name}") for each in channels)
    return tuple(chain.from_iterable(made))


def _field_buttons(channel: Channel, fields: Sequence[FormField]) -> tuple[Element, ...]:
    """Return a button for each of a few fields, else a menu; without any, what else is counted."""
    asked = [
        (
            each.label,
            _of(channel, BY_FIELD, field=each.label or f"{each.id}", field_id=f"{each.id}"),
        )
        for each in fields
    ]
    if len(asked) > MOST_BUTTONS:
        by_all = menu_of("Count by a field", [(label, brief(each)) for label, each in asked])
        if by_all:
            return by_all
    by_field = (offer(f"By {label}", each) for label, each in asked[:MOST_BUTTONS])
    others = (
        offer("By state", _of(channel, BY_STATE)),
        offer("By person", _of(channel, BY_USER)),
    )
    return tuple(chain.from_iterable(by_field if fields else others))


def _of(
    channel: Channel, figure: str = SUMMARY, *, field: str = "", field_id: str = ""
) -> AnalyticsQuestion:
    channel_id = f"{channel.id}"
    return AnalyticsQuestion(
        channel=channel.name or channel_id,
        figure=figure,
        period=DEFAULT_PERIOD,
        field=field,
        channel_id=channel_id,
        field_id=field_id,
    )


def _count(reports: int | None) -> Cell:
    return number(reports, "" if reports is None else f"{reports:,}")


def channels_sheet(channels: Iterable[Channel]) -> Sheet:
    """Return the channels by name as a table for a file."""
    columns = (
        Column("Channel"),
        Column("Reports", Kind.NUMBER),
        *text_columns(("Anonymous", "Description", "Number")),
    )
    rows = (
        (each.name, each.reports_count, each.anonymous, each.description, f"{each.id}")
        for each in sorted(channels, key=lambda each: each.name.casefold())
    )
    return Sheet("Channels", columns, rows)


def fields_sheet(fields: Iterable[FormField]) -> Sheet:
    """Return fields with all their choices as a table for a file."""
    columns = text_columns(("Field", "Kind", "Choices", "Number"))
    rows = (
        (each.label, field_words(each.kind), "; ".join(choices(each)), f"{each.id}")
        for each in fields
    )
    return Sheet("Fields", columns, rows)
