"""What is said of scoreboards in Slack."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.asking.core import zones
from bot.asking.rendering.dates import soon, weekday_and_time
from bot.asking.rendering.offers import offer, opening
from bot.digests.ids import DigestCallback
from bot.digests.rendering.words import schedule_words, state_words, zone_of
from bot.scoreboards.core.shown import ShownFigures
from bot.scoreboards.intents import AddFigure, ListFigures, RefreshBoard, RemoveFigure, StopBoard
from bot.scoreboards.model import BoardFigure
from bot.scoreboards.rendering.section import NONE, values_of
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    channel,
    confirm,
    context,
    header,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message

BLOCK: Final = "scoreboard"
NO_FIGURES: Final = "That has no figures that could stand on a scoreboard."
PERSONAL: Final = (
    "That tells of single people, and everybody in the channel reads its canvas. A scoreboard "
    "shows figures alone."
)
_EMPTY: Final = "There's no scoreboard in this channel yet."
_HOW: Final = "Put figures into the channel's canvas, and I keep them up to date."


def preview(one: BoardFigure, shown: ShownFigures, wanted: AddFigure) -> Message:
    """Return a figure as it would stand in the canvas, with the button that puts it there."""
    add = offer("Add to the canvas", wanted, style="primary", chooses=True)
    late = () if add else (context("That is too long for a button. Use the form instead."),)
    zone = zones.spoken(zone_of(one.order))
    return message(
        f"This would stand in the channel's canvas: {one.title}.",
        paragraph(plain("This would stand in the channel's canvas:")),
        *_table(one, shown),
        context(
            f"Checked {schedule_words(one.order)} ({zone}), rewritten when something changed. "
            "What people write around it stays."
        ),
        *late,
        *((actions(f"{BLOCK}:preview", *add),) if add else ()),
    )


def added(one: BoardFigure, now: datetime, *, remark: str = "") -> Message:
    """Return that a figure is kept up to date in the canvas from now on."""
    at = soon(one.order.next_run_at, now, zone_of(one.order)) if one.order.next_run_at else ""
    coming = f", {schedule_words(one.order)}" + (f". Next: {at}" if at else "")
    lead, more = "Done. I'll keep ", f" up to date in this channel's canvas{coming}."
    return message(
        f"{lead}{one.title}{more}",
        paragraph(plain(lead), bold(one.title), plain(more)),
        *((context(remark),) if remark else ()),
        actions(
            f"{BLOCK}:added",
            *offer("All figures", ListFigures(), privately=True),
            *_remove(one, "Take it off"),
        ),
    )


def already(one: BoardFigure) -> Message:
    """Return that a channel has a figure already."""
    return message(
        f"{one.title} is on this channel's scoreboard already.",
        paragraph(bold(one.title), plain(" is on this channel's scoreboard already.")),
        actions(f"{BLOCK}:added", *offer("All figures", ListFigures(), privately=True)),
    )


def figure_list(found: Sequence[BoardFigure], now: datetime, *, may_manage: bool) -> Message:
    """Return what stands on a channel's scoreboard, and what can be done about it."""
    if not found:
        new = opening("New figure", DigestCallback.NEW, about=new_figure(), style="primary")
        return message(
            _EMPTY,
            paragraph(bold(_EMPTY), plain(f" {_HOW}")),
            actions(f"{BLOCK}:empty", *new),
        )
    count = counted(len(found), "figure")
    rows = [
        (plain(f"{one.order.id} \N{MIDDLE DOT} "), bold(one.title), plain(f": {_state(one, now)}"))
        for one in found
    ]
    buttons = (
        *offer("Update now", RefreshBoard(), spoken="Read all figures now", privately=True),
        *(_remove(found[0], "Take it off") if len(found) == 1 else ()),
        *offer("Stop all", StopBoard(), spoken="Stop this channel's scoreboard", privately=True),
    )
    row = (actions(f"{BLOCK}:list", *buttons),) if may_manage else ()
    said = f"{count} on this channel's scoreboard"
    return message(said, paragraph(bold(said)), bullets(*rows), *row)


def refreshing(found: Sequence[BoardFigure]) -> Message:
    """Return that figures are being read."""
    what = found[0].title if len(found) == 1 else counted(len(found), "figure")
    return says(f"I'm reading {what} now. The canvas changes where something is new.")


def removed(one: BoardFigure) -> Message:
    """Return that a figure is read no more."""
    return says(
        f"I no longer update {one.title}. Its section stays in the canvas and says so; delete it "
        "there if you like."
    )


def ask_stop(found: Sequence[BoardFigure]) -> Message:
    """Return what would stop, before it does."""
    count = counted(len(found), "figure")
    names = [(plain(one.title),) for one in found]
    stop = offer("Stop updating", StopBoard(sure=True), style="danger")
    return message(
        f"I would stop updating {count}.",
        paragraph(plain(f"I would stop updating {count}. What stands in the canvas stays:")),
        bullets(*names),
        actions(f"{BLOCK}:stop", *stop),
    )


def stopped(found: Sequence[BoardFigure]) -> Message:
    """Return that all figures of a channel are read no more."""
    count = counted(len(found), "figure")
    return says(f"Done. I no longer update {count} in this channel's canvas, and each says so.")


def not_updated(one: BoardFigure, said: str, *, now: datetime) -> Message:
    """Return to an owner what went wrong."""
    again = soon(one.order.next_run_at, now, zone_of(one.order)) if one.order.next_run_at else ""
    more = f" I'll try again {again}." if again else ""
    lead = "I couldn't update "
    return message(
        f"{lead}{one.title}: {said}{more}",
        paragraph(
            plain(lead),
            bold(one.title),
            plain(" on the scoreboard of "),
            channel(one.order.channel),
            plain(f". {said}{more}"),
        ),
        actions(f"{BLOCK}:failed", *offer("Try now", RefreshBoard(one.order.id))),
    )


def at_home(found: Sequence[BoardFigure], now: datetime, *, more: bool) -> Iterator[Block]:
    """Yield a person's figures as a section of the Home tab."""
    if not found:
        return
    yield header("My scoreboards")
    for one in found:
        words_of = (plain(" \N{MIDDLE DOT} "), channel(one.order.channel))
        yield paragraph(bold(one.title), *words_of, plain(f" \N{MIDDLE DOT} {_state(one, now)}"))
        yield actions(
            f"{BLOCK}:home:{one.order.id}",
            *offer("Update now", RefreshBoard(one.order.id)),
            *_remove(one, "Stop"),
        )
    if more:
        yield context("And more in other channels: /flow scoreboard list shows a channel's.")


def new_figure() -> str:
    """Return what opens the form for a figure of the conversation in which it is pressed."""
    return '{"taker":"scoreboards"}'


def _remove(one: BoardFigure, label: str) -> tuple[Element, ...]:
    asks = confirm(
        title="Stop updating?",
        text=f"I no longer update {one.title}. Its section stays in the canvas and says so.",
        yes="Stop updating",
        no="Keep",
    )
    spoken = f"Stop updating {one.title}"
    return offer(label, RemoveFigure(one.order.id), spoken=spoken, asks=asks)


def _state(one: BoardFigure, now: datetime) -> str:
    since = one.shown.since
    stands = f", figures of {weekday_and_time(since, zone_of(one.order))}" if since else ""
    return f"{schedule_words(one.order)}. {state_words(one.order, now)}{stands}"


def _table(one: BoardFigure, shown: ShownFigures) -> tuple[Block, ...]:
    rows = [[words(name), words(now)] for name, now, _, _ in values_of(one, shown)]
    columns = (one.title, "Now")
    return data_table(one.title, columns=columns, rows=rows, total=len(rows)) or (
        paragraph(plain(NONE)),
    )
