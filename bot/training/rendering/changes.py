"""What changed since the last report of the same kind: a line, and the names behind it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.asking.rendering.dates import local_day, weekday_and_time
from bot.slack.blocks.blocks import bold, message, paragraph, plain
from bot.slack.blocks.wording import counted, some_of
from bot.slack.messages import Message
from bot.training.core.changes import ReportChanges
from bot.training.model import COMPLETED, OVERDUE
from bot.training.rendering.statuses import status_word

_NAMED: Final = 3
_LISTED: Final = 50


def changes_line(changes: ReportChanges, *, status: str, zone: str, now: datetime) -> str:
    """Return "Since the last digest (04:15): 3 more completed (+6.6 pts)"; nothing for nothing."""
    since = moment_words(changes.since, zone, now)
    facts = list(_facts(changes, status))
    if not facts:
        return ""
    local = since.removesuffix(" today")
    begun = f"Since the last digest ({local})" if changes.by_digest else f"Since {since}"
    return f"{begun}: {', '.join(facts)}"


def changes_names(changes: ReportChanges) -> tuple[Message, ...]:
    """Return who is behind the changes, for the thread; nothing where the line has all names."""
    named = (
        ("Completed", changes.newly_completed),
        ("Overdue now", changes.newly_overdue if len(changes.newly_overdue) > _NAMED else ()),
        ("Newly assigned", changes.newly_assigned),
    )
    lines = [
        piece
        for label, people in named
        if people
        for piece in (bold(f"{label}: "), plain(f"{some_of(people, _LISTED)}\n"))
    ]
    return (message("Who is behind the changes", paragraph(*lines)),) if lines else ()


def moment_words(when: datetime, zone: str, now: datetime) -> str:
    """Return "04:15 today", "04:15 yesterday" or "Thu 12 Nov, 04:15"."""
    then, today = local_day(when, zone), local_day(now, zone)
    told = weekday_and_time(when, zone, this_year=today.year)
    near = {today: "today", today - timedelta(days=1): "yesterday"}.get(then)
    return f"{told[-len('04:15') :]} {near}" if near else told


def _facts(changes: ReportChanges, status: str) -> Iterator[str]:
    yield from _completed(changes)
    late = changes.newly_overdue
    if late:
        names = f" ({', '.join(late)})" if len(late) <= _NAMED else ""
        yield f"{len(late):,} newly overdue{names}"
    if changes.total_delta:
        kind = "more" if changes.total_delta > 0 else "fewer"
        yield f"{abs(changes.total_delta):,} {kind} assigned"
    if changes.gone:
        if status in {OVERDUE, COMPLETED} or status:
            yield f"{changes.gone:,} no longer {status_word(status)}"
        else:
            yield f"{counted(changes.gone, 'person', 'people')} no longer listed"


def _completed(changes: ReportChanges) -> Iterator[str]:
    points = ""
    if changes.rate_delta:
        sign = "+" if changes.rate_delta > 0 else "\N{MINUS SIGN}"
        points = f"{sign}{abs(changes.rate_delta):.1f}".removesuffix(".0") + " pts"
    if changes.completed_delta:
        kind = "more" if changes.completed_delta > 0 else "fewer"
        yield f"{abs(changes.completed_delta):,} {kind} completed{points and f' ({points})'}"
    elif points:
        yield f"completion {points}"
