"""Who is registered for an event, who came and for how long, and how the number grew."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import day_and_month, sortable_time
from bot.asking.rendering.occasions import note, odd_rows
from bot.slack.blocks.blocks import bold, context, header, message, paragraph, plain, prose
from bot.slack.blocks.budget import fit
from bot.slack.blocks.charts import bar, counts_chart, percent, trend_chart
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import counted, signed
from bot.slack.messages import Answer, Block
from bot.webinars.core.attendance import Attendance, CurvePoint
from bot.webinars.model import FLOW, ROLES, Event, Phase, Registrant
from bot.webinars.rendering.events import closing, event_buttons, title_of, when

FOR_YOU: Final = "Only you can see this: it has e-mail addresses and phone numbers in it"
_COLUMNS: Final = ("Person", "E-mail", "Phone", "Role", "Attended", "Minutes", "Entered", "Left")
_BEFORE: Final = 4
"""Columns that say something before an event has begun."""


def registrants_answer(
    event: Event,
    registrants: Sequence[Registrant],
    sums: Attendance,
    occasion: Occasion,
    *,
    phase: Phase,
    personal: bool,
    odd: Sequence[str] = (),
) -> Answer:
    """Return counts and attendance, then everybody; `personal` says that only the asker sees it."""
    whole = message(
        f"{title_of(event)}: {attendance_words(sums, phase)}",
        header(title_of(event)),
        paragraph(plain("Begins: " if phase is Phase.TO_COME else "Began: "), when(event)),
        *attendance_blocks(sums, phase),
        *([context(FOR_YOU)] if personal else []),
        *_everybody(registrants, occasion, phase),
        *odd_rows(odd, "registrant", vendor=FLOW.title),
    )
    first, *more = fit(whole, closing=closing(occasion))
    return Answer(first, thread=tuple(more))


def registrations_answer(
    event: Event,
    sums: Attendance,
    points: Sequence[CurvePoint],
    occasion: Occasion,
    *,
    phase: Phase,
) -> Answer:
    """Return the registrations so far and their curve, without anybody's name."""
    so_far = counted(sums.registered, "registration")
    if phase is Phase.TO_COME:
        so_far = f"{so_far} so far"
    grown = _grown(points)
    begins = "Begins: " if phase is Phase.TO_COME else "Began: "
    whole = message(
        f"{title_of(event)}: {so_far}{grown and f', {grown}'}.",
        header(title_of(event)),
        *note(occasion),
        paragraph(
            bold(so_far),
            *([plain(f", {grown}")] if grown else []),
            plain(f"\n{begins}"),
            when(event),
        ),
        *_curve(points),
    )
    first, *more = fit(whole, closing=closing(occasion, *event_buttons(event, phase)))
    return Answer(first, thread=tuple(more))


def attendance_words(sums: Attendance, phase: Phase) -> str:
    """Return the numbers of an event's guests in a sentence or two."""
    registered = f"{sums.registered:,} registered"
    if phase is Phase.TO_COME or sums.rate is None:
        return f"{registered}."
    if phase is Phase.RUNNING:
        return f"{registered}, {sums.attended:,} came so far, {sums.no_shows:,} not yet."
    came = f"{sums.attended:,} attended ({percent(sums.rate)}), {counted(sums.no_shows, 'no-show')}"
    return f"{registered}, {came}.{_minutes(sums)}"


def attendance_blocks(sums: Attendance, phase: Phase) -> Iterator[Block]:
    """Yield the numbers of an event's guests, with a bar and a chart once it has begun."""
    sentence = attendance_words(sums, phase)
    if not sums.registered:
        yield paragraph(*prose("Nobody has registered."))
    elif phase is Phase.TO_COME:
        yield paragraph(bold(sentence), plain("\nThe event has not begun yet."))
    else:
        running = phase is Phase.RUNNING
        share = f"{bar(sums.rate)} {'came so far' if running else 'attended'}"
        yield paragraph(bold(share), plain(f"\n{sentence}"))
        absent = "Not yet" if running else "No-shows"
        points = (("Attended", sums.attended), (absent, sums.no_shows))
        chart = counts_chart("Attendance", points, series="Guests")
        yield from [chart] if chart else []
    if sums.hosts:
        yield context(f"{counted(sums.hosts, 'host')} not counted")


def _curve(points: Sequence[CurvePoint]) -> tuple[Block, ...]:
    chart = trend_chart(
        "Registrations",
        [(day_and_month(each.day), each.registered) for each in points],
        series="Registered",
        axes=("Day", "Registered"),
    )
    if not chart:
        return (context("The curve grows with each look; this is the first."),)
    return chart, context("Counted from Flowbot's first look, as FLOW has no date of registration")


def _minutes(sums: Attendance) -> str:
    if sums.average_minutes is None or sums.median_minutes is None:
        return ""
    middle = f"half of them longer than {sums.median_minutes:g}"
    return f" They stayed {sums.average_minutes:g} minutes on average, {middle}."


def _everybody(
    registrants: Sequence[Registrant], occasion: Occasion, phase: Phase
) -> tuple[Block, ...]:
    ordered = sorted(registrants, key=lambda each: (each.is_host, not each.attended, each.email))
    zoned = any(each.entered_at and each.entered_at.tzinfo for each in ordered)
    times = f"times in {occasion.zone}" if zoned else "times as FLOW gives them, without a zone"
    begun = phase is not Phase.TO_COME or any(each.attended for each in ordered)
    shown = None if begun else _BEFORE
    return data_table(
        f"Registrants, those who came first; {times}" if begun else "Registrants",
        columns=_COLUMNS[:shown],
        rows=(_row(each, occasion.zone)[:shown] for each in ordered),
        total=len(registrants),
        more="An export has everybody." if occasion.key else "",
    )


def _row(each: Registrant, zone: str) -> tuple[Cell, ...]:
    return (
        words(f"{each.first_name} {each.last_name}".strip()),
        words(each.email),
        words(each.phone),
        words(ROLES.get(each.role or 0, "guest")),
        words("yes" if each.attended else "no"),
        number(each.minutes),
        words(_moment(each.entered_at, each.entered, zone)),
        words(_moment(each.left_at, each.left, zone)),
    )


def _moment(read: datetime | None, said: str, zone: str) -> str:
    """Return a time that sorts as text, or the vendor's words where they cannot be read."""
    if read is None:
        return said.strip(" 0:-") and said
    return sortable_time(read, zone) if read.tzinfo else f"{read:%Y-%m-%d %H:%M}"


def _grown(points: Sequence[CurvePoint]) -> str:
    """Return how many came since the first look that the curve has, or an empty text."""
    if len(points) < 2:  # noqa: PLR2004 - one point is no curve
        return ""
    grown = points[-1].registered - points[0].registered
    return f"{signed(grown)} since {day_and_month(points[0].day)}"
