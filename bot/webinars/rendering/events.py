"""Webinars: lists of events, and one event as a card with what can be done about it."""

from collections.abc import Collection, Iterator, Sequence
from math import inf
from typing import Final

from bot.asking.core.options import in_quotes
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import day, day_and_time
from bot.asking.rendering.occasions import export_button, note, small_print
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    button,
    code,
    context,
    header,
    message,
    moment,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import clean, fit
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.tables import Cell, TableBudget, data_table, words
from bot.slack.blocks.wording import counted, some_of
from bot.slack.messages import Answer, Block
from bot.webinars.ids import WebinarAction, WebinarBlock
from bot.webinars.model import ROLES, Event, Phase

SOURCE: Final = "Source: FLOW"
_TITLES: Final = {
    "future": "to come",
    "current": "running now",
    "past": "in the past",
    "today": "today",
    "week": "in the next seven days",
    "all": "in all",
}
_ANALYTICS: Final = TableBudget(rows=50, characters=2_500)
_YEARS: Final = range(1970, 2101)


def event_list(events: Sequence[Event], occasion: Occasion, *, which: str) -> Answer:
    """Return the events, the next first, or for past ones the latest; `which` of EVENT_LISTS."""
    title = f"{counted(len(events), 'event')} {_TITLES[which]}"
    if not events:
        other = "past" if which == "future" else "future"
        return Answer(says(f"FLOW has no event {_TITLES[which]}. Try `/flow-events {other}`"))
    ordered = _in_order(events, latest_first=which == "past")
    names = some_of([f"{title_of(each)}, {when_words(each, occasion.zone)}" for each in ordered])
    table = data_table(
        f"Events {_TITLES[which]}, times in {occasion.zone}",
        columns=("When", "Event", "Hosts", "State", "Token"),
        rows=(_row(each, occasion.zone) for each in ordered),
        total=len(events),
        more="An export has them all." if occasion.key else "",
    )
    example = f"/flow-events info {in_quotes(title_of(ordered[0]))}"
    whole = message(
        f"{title}: {names}.",
        *note(occasion),
        paragraph(bold(title)),
        *table,
        paragraph(plain("About one of them: "), code(example)),
    )
    first, *more = fit(whole, closing=closing(occasion))
    return Answer(first, thread=tuple(more))


def event_card(event: Event, occasion: Occasion, *, phase: Phase, public: bool = False) -> Answer:
    """Return one event with its buttons; `public` is what everybody may see, without buttons."""
    whole = message(
        f"{title_of(event)}: {when_words(event, occasion.zone)}. {_spoken(event)}".strip(),
        header(title_of(event)),
        *([paragraph(plain(event.description))] if event.description.strip() else []),
        bullets(*_facts(event, phase)),
        *_questions(event),
        *_analytics(event),
    )
    buttons = () if public else event_buttons(event, phase)
    seen = (context("As everybody can see it"),) if public else ()
    first, *more = fit(whole, closing=(*seen, *closing(occasion, *buttons)))
    return Answer(first, thread=tuple(more))


def event_buttons(event: Event, phase: Phase) -> tuple[Element, ...]:
    """Return what can be done about an event: until its end registering, after it its report."""
    shown = title_of(event)
    next_step = (
        button("Compiled report", WebinarAction.COMPILED_REPORT, value=event.token)
        if phase is Phase.OVER
        else button("Register", WebinarAction.OPEN_REGISTER, value=event.token, style="primary")
    )
    return (
        next_step,
        button(
            "Registrants",
            WebinarAction.SHOW_REGISTRANTS,
            value=event.token,
            spoken=f"Show the registrants of {shown} to me alone",
        ),
        button("Surveys", WebinarAction.SHOW_SURVEYS, value=event.token),
    )


def title_of(event: Event) -> str:
    """Return the event's title on one line, or its token if it has none."""
    return clean(event.title).strip() or event.token


def when_words(event: Event, zone: str) -> str:
    """Return when it begins, in the zone or as the vendor says it; "no date" for neither."""
    if has_start(event) and event.starts_at:
        return f"{day_and_time(event.starts_at, zone)} {zone}"
    return clean(event.when).strip() or "no date"


def when(event: Event) -> Element:
    """Return when it begins, which each reader sees in their own zone, or the vendor's words."""
    if has_start(event) and event.starts_at:
        return moment(event.starts_at)
    return plain(f"{clean(event.when).strip() or 'no date'} {event.timezone}".strip())


def has_start(event: Event) -> bool:
    """Return whether the event has a start that Slack can show."""
    return event.starts_at is not None and event.starts_at.year in _YEARS


def closing(occasion: Occasion, *buttons: Element) -> tuple[Block, ...]:
    """Return the small print and a row of `buttons`, with the one that makes a file at its end."""
    small = small_print(occasion, SOURCE)
    row = (*buttons, *export_button(occasion))
    block_id = WebinarBlock.EVENT_BUTTONS if buttons else BlockId.REPORT_BUTTONS
    return (small, actions(block_id, *row)) if row else (small,)


def host_names(event: Event, roles: Collection[int | None] | None = None) -> str:
    """Return the hosts' names, without their addresses; of some roles only, if given."""
    return ", ".join(
        clean(each.name).strip() or "unnamed"
        for each in event.hosts
        if roles is None or each.role in roles
    )


def _row(event: Event, zone: str) -> tuple[Cell, ...]:
    return (
        words(when_words(event, zone).removesuffix(f" {zone}")),
        words(title_of(event)),
        words(host_names(event)),
        words(_state(event)),
        words(event.token),
    )


def _facts(event: Event, phase: Phase) -> list[tuple[Element, ...]]:
    early = event.early_access_minutes
    facts = (
        ("Doors open", "" if early is None else f"{early:g} minutes before"),
        ("Organizers", host_names(event, [role for role in ROLES if ROLES[role] == "organizer"])),
        ("Presenters", host_names(event, [role for role in ROLES if ROLES[role] == "presenter"])),
        ("Other hosts", ", ".join(each.name for each in event.hosts if each.role not in ROLES)),
        ("State", _state(event)),
        ("Recorded", _yes(event.recorded)),
        ("Replays", _yes(event.replays)),
        ("Token", event.token),
    )
    shown = [(plain(f"{label}: "), bold(fact)) for label, fact in facts if fact.strip()]
    begins = "Begins: " if phase is Phase.TO_COME else "Began: "
    return [(plain(begins), when(event), *_local_time(event)), *_duration(event), *shown]


def _local_time(event: Event) -> Iterator[Element]:
    """Yield when it begins for its hosts, as the other time is the reader's own."""
    if has_start(event) and event.starts_at and event.timezone:
        there = f"{day(event.starts_at)} {event.starts_at:%H:%M} {event.timezone}"
        yield plain(f", in its own zone {there}")


def _duration(event: Event) -> Iterator[tuple[Element, ...]]:
    """Yield the number as it came: its unit is only documented for creating an event."""
    if event.duration is not None:
        unit = " (FLOW names no unit here; it asks for hours)"
        yield plain("Duration: "), bold(f"{event.duration:g}"), plain(unit)


def _questions(event: Event) -> Iterator[Block]:
    if event.questions:
        yield paragraph(bold("Feedback questions"))
        yield bullets(*[(plain(each),) for each in event.questions])


def _analytics(event: Event) -> tuple[Block, ...]:
    return data_table(
        "FLOW's own figures, undocumented and shown as sent",
        columns=("Field", "Value"),
        rows=((words(path), words(value)) for path, value in event.analytics),
        total=len(event.analytics),
        budget=_ANALYTICS,
    )


def _spoken(event: Event) -> str:
    hosts = host_names(event)
    return f"With {hosts}." if hosts else ""


def _state(event: Event) -> str:
    return {True: "published", False: "draft", None: ""}[event.published]


def _yes(flag: bool | None) -> str:  # noqa: FBT001 - the value itself is said
    return {True: "yes", False: "no", None: ""}[flag]


def _in_order(events: Sequence[Event], *, latest_first: bool) -> list[Event]:
    """Return the events by their start, those without one last."""

    def key(event: Event) -> tuple[float, str]:
        if not has_start(event) or event.starts_at is None:
            return inf, event.title
        seconds = event.starts_at.timestamp()
        return (-seconds if latest_first else seconds), event.title

    return sorted(events, key=key)
