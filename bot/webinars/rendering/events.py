"""Webinars: lists of events, and one event as a card with what can be done about it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from math import inf
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import zone_words
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import (
    Element,
    bold,
    bullets,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import clean, cut
from bot.slack.blocks.tables import Cell, TableBudget, data_table, words
from bot.slack.blocks.wording import counted, field_words, some_of
from bot.slack.messages import Answer, Block, Message
from bot.webinars.model import ROLES, Event, Phase
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering.buttons import event_buttons, event_choices
from bot.webinars.rendering.event_words import (
    SOURCE,
    length_words,
    own_time,
    short_title,
    span_words,
    start_of,
    title_of,
    when_cell,
    when_words,
)

_COUNTED: Final = {
    "future": ("upcoming event", ""),
    "current": ("event", " running now"),
    "past": ("past event", ""),
    "today": ("event", " today"),
    "week": ("event", " in the next 7 days"),
    "all": ("event", ""),
}
"""What the events of a list are called, before and after their number."""
_NONE: Final = {
    "future": "No upcoming events",
    "current": "No event is running now",
    "past": "No past events",
    "today": "No events today",
    "week": "No events in the next 7 days",
    "all": "FLOW has no events",
}
_ANALYTICS: Final = TableBudget(rows=50, characters=2_500)
_LONGEST_DESCRIPTION: Final = 400
_SHOWN_NAMES: Final = 3


def event_list(events: Sequence[Event], occasion: Occasion, *, which: str, on: str = "") -> Answer:
    """Return the events; `which` of EVENT_LISTS, and `on` which days, with a space before it.

    The next is first, and of past ones the latest; of all, those to come are before the past.
    """
    if not events:
        return _no_events(which, occasion, on)
    ordered = _in_order(events, which, occasion.now)
    table = data_table(
        f"Events, {zone_words(occasion.zone)}",
        columns=("When", "Event", "Hosts"),
        rows=(_row(each, occasion) for each in ordered),
        total=len(events),
        more="Export for the full list." if occasion.key else "",
    )
    shape = Shape(
        news=_list_news(ordered, which, occasion, on),
        body=table,
        buttons=event_choices(ordered, occasion),
        facts=(SOURCE,),
    )
    return laid_out(shape, occasion)


def event_card(event: Event, occasion: Occasion, *, phase: Phase, public: bool = False) -> Answer:
    """Return one event with its buttons; `public` is what everybody may see, without buttons."""
    described = clean(event.description, newlines=True).strip()
    facts = _facts(event, occasion.zone)
    shape = Shape(
        news=_card_news(event, occasion, phase),
        body=(
            *([paragraph(plain(cut(described, _LONGEST_DESCRIPTION)))] if described else []),
            *([bullets(*facts)] if facts else []),
        ),
        buttons=() if public else event_buttons(event, phase, occasion),
        facts=("As everybody can see it" if public else "", SOURCE),
        thread=_more(event, described),
        orders=not public and phase is Phase.TO_COME,
        exports=not public and phase is not Phase.TO_COME,
    )
    return laid_out(shape, occasion)


def host_names(event: Event, roles: Collection[int | None] | None = None) -> str:
    """Return the hosts' names, without their addresses; of some roles only, if given."""
    return ", ".join(
        clean(each.name).strip() or "unnamed"
        for each in event.hosts
        if roles is None or each.role in roles
    )


def _no_events(which: str, occasion: Occasion, on: str) -> Answer:
    other, label = ("past", "Past events") if which == "future" else ("future", "Upcoming events")
    shape = Shape(
        news=f"No {_COUNTED[which][0]}s{on}" if on else _NONE[which],
        buttons=() if which == "all" and not on else offer(label, EventsQuestion(other)),
        facts=(SOURCE,),
        exports=False,
    )
    return laid_out(shape, occasion)


def _list_news(ordered: Sequence[Event], which: str, occasion: Occasion, on: str) -> str:
    noun, after = _COUNTED[which]
    count = f"{counted(len(ordered), noun)}{after}{on}"
    if which == "current":
        return f"{count}: {some_of([short_title(each) for each in ordered], _SHOWN_NAMES)}"
    ahead = (each for each in ordered if _is_ahead(each, occasion.now))
    told = ordered[0] if which == "past" else next(ahead, None)
    if told is None:
        return count
    word = "latest" if which == "past" else "next"
    when = when_words(told, occasion.zone, this_year=occasion.now.year)
    return f"{count}; {word}: {short_title(told)}, {when}"


def _card_news(event: Event, occasion: Occasion, phase: Phase) -> str:
    title, year = short_title(event), occasion.now.year
    draft = " (draft)" if event.published is False else ""
    if phase is Phase.RUNNING:
        return f"{title} is on, since {when_words(event, occasion.zone, this_year=year)}{draft}"
    over = " (over)" if phase is Phase.OVER else draft
    return f"{title}: {span_words(event, occasion.zone, this_year=year)}{over}"


def _row(event: Event, occasion: Occasion) -> tuple[Cell, ...]:
    draft = " (draft)" if event.published is False else ""
    return (
        when_cell(event, occasion),
        words(f"{title_of(event)}{draft}"),
        words(host_names(event)),
    )


def _facts(event: Event, zone: str) -> list[tuple[Element, ...]]:
    early = event.early_access_minutes
    pairs = (
        ("Organizers", host_names(event, [role for role in ROLES if ROLES[role] == "organizer"])),
        ("Presenters", host_names(event, [role for role in ROLES if ROLES[role] == "presenter"])),
        ("Other hosts", ", ".join(each.name for each in event.hosts if each.role not in ROLES)),
        ("Doors open", "" if early is None else f"{early:g} minutes before"),
        ("Lasts", length_words(event)),
        ("Recorded", "yes" if event.recorded else ""),
        ("Replays", "yes" if event.replays else ""),
    )
    local = [(plain(line),) for line in own_time(event, zone)]
    return [*local, *((plain(f"{label}: "), bold(fact)) for label, fact in pairs if fact.strip())]


def _more(event: Event, described: str) -> tuple[Message, ...]:
    """Return what nobody asked for, for the thread: a long description, questions, figures."""
    blocks = (
        *([paragraph(plain(described))] if len(described) > _LONGEST_DESCRIPTION else []),
        *_questions(event),
        *_analytics(event),
    )
    return (message(f"More about {title_of(event)}.", *blocks),) if blocks else ()


def _questions(event: Event) -> Iterator[Block]:
    if event.questions:
        yield paragraph(bold("Feedback questions"))
        yield bullets(*[(plain(each),) for each in event.questions])


def _analytics(event: Event) -> tuple[Block, ...]:
    return data_table(
        "FLOW's own figures",
        columns=("Field", "Value"),
        rows=((words(field_words(path)), words(value)) for path, value in event.analytics),
        total=len(event.analytics),
        budget=_ANALYTICS,
    )


def _is_ahead(event: Event, now: datetime) -> bool:
    starts = start_of(event)
    return starts is not None and starts > now


def _in_order(events: Sequence[Event], which: str, now: datetime) -> list[Event]:
    """Return the events by their start, those without one last."""

    def key(event: Event) -> tuple[bool, float, str]:
        starts = start_of(event)
        if starts is None:
            return True, inf, event.title
        is_past = which == "past" or (which == "all" and starts <= now)
        seconds = starts.timestamp()
        return is_past, -seconds if is_past else seconds, event.title

    return sorted(events, key=key)
