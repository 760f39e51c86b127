"""Who is registered for an event, who came and for how long, and how the number grew."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import day_and_month, local_day
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.charts import bar, percent, trend_chart
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import counted, left_out
from bot.slack.messages import Answer, Block
from bot.webinars.core.attendance import Attendance, CurvePoint
from bot.webinars.model import FLOW, ROLES, Event, Phase, Registrant
from bot.webinars.rendering.buttons import event_buttons
from bot.webinars.rendering.event_words import SOURCE, minutes_words, short_title, span_words

FOR_YOU: Final = "Only you see this, as it has personal data"
NO_TREND: Final = "No trend yet: I start counting today."
_BEFORE: Final = ("Person", "E-mail", "Phone")
_BEGUN: Final = ("Person", "E-mail", "Came", "Minutes")


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
    shape = Shape(
        news=attendance_news(event, sums, phase),
        body=_everybody(registrants, occasion, phase),
        buttons=event_buttons(event, phase, occasion, but="registrants"),
        facts=(
            _held_words(event, sums, occasion, phase),
            FOR_YOU if personal else "",
            hosts_words(sums),
            left_out(odd, "registrant", vendor=FLOW.title),
            SOURCE,
        ),
    )
    return laid_out(shape, occasion)


def registrations_answer(
    event: Event,
    sums: Attendance,
    points: Sequence[CurvePoint],
    occasion: Occasion,
    *,
    phase: Phase,
) -> Answer:
    """Return the registrations so far and their curve, without anybody's name."""
    so_far = " so far" if phase is Phase.TO_COME else ""
    chart = _curve(points, occasion)
    shape = Shape(
        news=f"{short_title(event)}: {counted(sums.registered, 'registration')}{so_far}",
        changed=_grown(points) if chart else NO_TREND,
        body=(chart,) if chart else (),
        buttons=event_buttons(event, phase, occasion, but="registrations"),
        facts=(
            span_words(event, occasion.zone, this_year=occasion.now.year),
            f"Counted since {day_and_month(points[0].day)}" if chart else "",
            SOURCE,
        ),
    )
    return laid_out(shape, occasion)


def attendance_news(event: Event, sums: Attendance, phase: Phase) -> str:
    """Return how many registered or came, as the first line."""
    title, registered = short_title(event), f"{sums.registered:,}"
    if not sums.registered:
        return f"{title}: nobody registered{'' if phase is Phase.OVER else ' yet'}"
    if phase is Phase.TO_COME or sums.rate is None:
        return f"{title}: {registered} registered"
    if phase is Phase.RUNNING:
        return f"{title}: {sums.attended:,} of {registered} came so far"
    return f"{title}: {sums.attended:,} of {registered} attended ({percent(sums.rate)})"


def held_lines(event: Event, sums: Attendance, occasion: Occasion, phase: Phase) -> Iterator[str]:
    """Yield when it is, how many came of all, and how long they stayed."""
    begun = phase is not Phase.TO_COME and bool(sums.registered)
    if begun:
        word = "came so far" if phase is Phase.RUNNING else "attended"
        yield f"{bar(sums.rate)} {word}"
    yield _held_words(event, sums, occasion, phase)
    if phase is Phase.OVER and sums.average_minutes is not None:
        yield f"Average stay {_stay_words(sums.average_minutes, sums.median_minutes)}."


def hosts_words(sums: Attendance) -> str:
    """Return how many hosts are not counted among the guests."""
    return f"{counted(sums.hosts, 'host')} not counted" if sums.hosts else ""


def _stay_words(average: float, median: float | None) -> str:
    """Return how long people stayed; minutes alone need their unit once."""
    told = minutes_words(average)
    if median is None:
        return told
    middle = minutes_words(median)
    both = "h" not in told + middle
    return f"{told} (median {middle.removesuffix(' min') if both else middle})"


def _held_words(event: Event, sums: Attendance, occasion: Occasion, phase: Phase) -> str:
    """Return when it is, and once it has begun how many of the registered are not there."""
    when = span_words(event, occasion.zone, this_year=occasion.now.year)
    if phase is Phase.TO_COME:
        return f"Begins {when}"
    running = phase is Phase.RUNNING
    absent = f"{sums.no_shows:,} not yet here" if running else counted(sums.no_shows, "no-show")
    begins = "Running: " if running else ""
    return f"{begins}{when} · {absent}" if sums.registered else f"{begins}{when}"


def _curve(points: Sequence[CurvePoint], occasion: Occasion) -> Block | None:
    """Return the curve; the day that is not over yet is called today."""
    today = local_day(occasion.now, occasion.zone)
    return trend_chart(
        "Registrations",
        [
            ("today, so far" if each.day == today else day_and_month(each.day), each.registered)
            for each in points
        ],
        series="Registered",
        axes=("Day", "Registered"),
    )


def _everybody(
    registrants: Sequence[Registrant], occasion: Occasion, phase: Phase
) -> tuple[Block, ...]:
    ordered = sorted(registrants, key=lambda each: (each.is_host, not each.attended, each.email))
    begun = phase is not Phase.TO_COME or any(each.attended for each in ordered)
    return data_table(
        "Registrants, those who came first" if begun else "Registrants",
        columns=_BEGUN if begun else _BEFORE,
        rows=(_row(each, begun=begun) for each in ordered),
        total=len(registrants),
        more="Export for the full list." if occasion.key else "",
    )


def _row(each: Registrant, *, begun: bool) -> tuple[Cell, ...]:
    role = f" ({ROLES[each.role]})" if each.role in ROLES else ""
    person = words(f"{each.first_name} {each.last_name}".strip() + role)
    if not begun:
        return person, words(each.email), words(each.phone)
    minutes = each.minutes
    stayed = number(minutes, "" if minutes is None else f"{minutes:.0f}")
    return person, words(each.email), words("yes" if each.attended else "no"), stayed


def _grown(points: Sequence[CurvePoint]) -> str:
    """Return how many came since the first look that the curve has."""
    grown = points[-1].registered - points[0].registered
    since = f"Since {day_and_month(points[0].day)}: "
    if not grown:
        return f"No change since {day_and_month(points[0].day)}"
    return f"{since}{abs(grown):,} {'more' if grown > 0 else 'fewer'}"
