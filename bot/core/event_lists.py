"""How events, operators and rooms of FLOW are picked by name."""

from collections.abc import Iterable

from bot.core.choices import Choice
from bot.model.webinars import Event, Operator, Room


def event_choices(events: Iterable[Event]) -> tuple[Choice, ...]:
    """Return the events to be named: by title or token, told apart by when they begin."""
    return tuple(
        Choice(each.token, each.title.strip() or each.token, _when(each)) for each in events
    )


def operator_choices(operators: Iterable[Operator]) -> tuple[Choice, ...]:
    """Return the operators to be named; namesakes are told apart by their company or number."""
    return tuple(
        Choice(f"{each.id}", each.name or f"Operator {each.id}", each.company or f"no. {each.id}")
        for each in operators
    )


def room_choices(rooms: Iterable[Room]) -> tuple[Choice, ...]:
    """Return the rooms to be named."""
    return tuple(Choice(f"{each.room_id}", each.title) for each in rooms)


def _when(event: Event) -> str:
    """Return when it begins in its own zone, or as the vendor says it."""
    if event.starts_at is None:
        return event.when
    return f"{event.starts_at:%Y-%m-%d %H:%M} {event.timezone}".strip()
