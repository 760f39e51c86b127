"""Who is registered for an event, who came and for how long, and how the number grew."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.core.attendance import Attendance, CurvePoint
from bot.core.budget import fit
from bot.core.surveys import Headline
from bot.model.messages import Answer, Block
from bot.model.webinars import ROLES, Event, Registrant
from bot.rendering.blocks import bold, context, header, message, paragraph, plain, prose
from bot.rendering.charts import bar, counts_chart, percent, trend_chart
from bot.rendering.dates import day_and_month
from bot.rendering.events import EventAsking, closing, event_buttons, note, title_of, when
from bot.rendering.tables import Cell, data_table, number, words
from bot.rendering.wording import counted, signed

FOR_YOU: Final = "Only you can see this: it has e-mail addresses and phone numbers in it"
_COLUMNS: Final = ("Person", "E-mail", "Phone", "Attended", "Minutes", "Entered", "Left", "Role")


def registrants_answer(
    event: Event,
    registrants: Sequence[Registrant],
    sums: Attendance,
    asking: EventAsking,
    *,
    personal: bool,
) -> Answer:
    """Return counts and attendance, then everybody; `personal` says that only the asker sees it."""
    held = _is_held(event, sums, asking)
    whole = message(
        f"{title_of(event)}: {_spoken(sums, held=held)}",
        header(title_of(event)),
        paragraph(plain("Begins: "), when(event)),
        *_sums(sums, held=held),
        *([context(FOR_YOU)] if personal else []),
        *_everybody(registrants, asking),
    )
    first, *more = fit(whole, closing=closing(asking))
    return Answer(first, thread=tuple(more))


def registrations_answer(
    event: Event, sums: Attendance, points: Sequence[CurvePoint], asking: EventAsking
) -> Answer:
    """Return the registrations so far and their curve, without anybody's name."""
    so_far = f"{counted(sums.registered, 'registration')} so far"
    grown = _grown(points)
    chart = trend_chart(
        "Registrations",
        [(day_and_month(each.day), each.registered) for each in points],
        series="Registered",
        axes=("Day", "Registered"),
    )
    whole = message(
        f"{title_of(event)}: {so_far}{grown and f', {grown}'}.",
        *note(asking),
        header(title_of(event)),
        paragraph(
            bold(so_far), plain(f"\n{grown}" if grown else ""), plain("\nBegins: "), when(event)
        ),
        *([chart] if chart else [context("The curve grows with each look; this is the first.")]),
        *(
            [context("Counted from Flowbot's first look, as FLOW has no date of registration")]
            if chart
            else []
        ),
    )
    buttons = event_buttons(event, past=False)
    first, *more = fit(whole, closing=(*closing(asking), buttons))
    return Answer(first, thread=tuple(more))


def summary_answer(
    event: Event,
    sums: Attendance,
    asking: EventAsking,
    *,
    attendee_chat: int | None,
    operator_chat: int | None,
    survey: Headline | None,
    with_file: bool,
) -> Answer:
    """Return how an event went, without anybody's name: attendance, chat volume, survey headline.

    The chats are numbers of messages, None where FLOW gives none; `with_file` says that the
    compiled report is in the thread.
    """
    chats = _chats(attendee_chat, operator_chat)
    lines = (chats, _survey(survey), "The compiled report is in the thread." if with_file else "")
    whole = message(
        " ".join([f"{title_of(event)}: {_spoken(sums, held=True)}", *filter(None, lines)]),
        *note(asking),
        header(title_of(event)),
        paragraph(plain("Held: "), when(event)),
        *_sums(sums, held=True),
        *(paragraph(plain(line)) for line in lines if line),
    )
    first, *more = fit(whole, closing=(*closing(asking), event_buttons(event, past=True)))
    return Answer(first, thread=tuple(more))


def _is_held(event: Event, sums: Attendance, asking: EventAsking) -> bool:
    """Return whether the event has begun: by its start, or because somebody came."""
    begun = event.starts_at is not None and event.starts_at <= asking.now
    return begun or sums.attended > 0


def _spoken(sums: Attendance, *, held: bool) -> str:
    registered = f"{sums.registered:,} registered"
    if not held or sums.rate is None:
        return f"{registered}."
    came = f"{sums.attended:,} attended ({percent(sums.rate)}), {counted(sums.no_shows, 'no-show')}"
    return f"{registered}, {came}.{_minutes(sums)}"


def _minutes(sums: Attendance) -> str:
    if sums.average_minutes is None or sums.median_minutes is None:
        return ""
    middle = f"half of them longer than {sums.median_minutes:g}"
    return f" They stayed {sums.average_minutes:g} minutes on average, {middle}."


def _sums(sums: Attendance, *, held: bool) -> Iterator[Block]:
    hosts = f"{counted(sums.hosts, 'host')} not counted" if sums.hosts else ""
    if not sums.registered:
        yield paragraph(*prose("Nobody has registered yet."))
    elif held:
        yield paragraph(bold(f"{bar(sums.rate)} attended"), plain(f"\n{_spoken(sums, held=True)}"))
        points = (("Attended", sums.attended), ("No-shows", sums.no_shows))
        chart = counts_chart("Attendance", points, series="Guests")
        yield from [chart] if chart else []
    else:
        yield paragraph(bold(_spoken(sums, held=False)), plain("\nThe event has not begun yet."))
    if hosts:
        yield context(hosts)


def _everybody(registrants: Sequence[Registrant], asking: EventAsking) -> tuple[Block, ...]:
    ordered = sorted(registrants, key=lambda each: (each.is_host, not each.attended, each.email))
    return data_table(
        "Registrants, those who came first",
        columns=_COLUMNS,
        rows=map(_row, ordered),
        total=len(registrants),
        more="An export has everybody." if asking.export_value else "",
    )


def _row(each: Registrant) -> tuple[Cell, ...]:
    return (
        words(f"{each.first_name} {each.last_name}".strip()),
        words(each.email),
        words(each.phone),
        words("yes" if each.attended else "no"),
        number(each.minutes),
        words(f"{each.entered_at:%Y-%m-%d %H:%M}" if each.entered_at else ""),
        words(f"{each.left_at:%Y-%m-%d %H:%M}" if each.left_at else ""),
        words(ROLES.get(each.role or 0, "guest")),
    )


def _grown(points: Sequence[CurvePoint]) -> str:
    """Return how many came since the first look that the curve has, or an empty text."""
    if len(points) < 2:  # noqa: PLR2004 - one point is no curve
        return ""
    grown = points[-1].registered - points[0].registered
    return f"{signed(grown)} since {day_and_month(points[0].day)}"


def _chats(attendee: int | None, operator: int | None) -> str:
    facts = (
        "" if attendee is None else f"{counted(attendee, 'message')} of the audience",
        "" if operator is None else f"{counted(operator, 'message')} of the hosts",
    )
    told = ", ".join(fact for fact in facts if fact)
    return f"Chat: {told}." if told else ""


def _survey(survey: Headline | None) -> str:
    if survey is None:
        return ""
    answers = f"Survey: {counted(survey.answers, 'answer')}"
    if survey.average is not None:
        return f"{answers}; {survey.question}: {survey.average:g} on average."
    if survey.question:
        return f"{answers}; {survey.question}: {survey.top} ({survey.top_count:,} of them)."
    return f"{answers}."
