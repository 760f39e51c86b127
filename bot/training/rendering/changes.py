"""What changed since the last report of the same kind, in a line."""

from typing import Final

from bot.asking.rendering.dates import day_and_month, local_day
from bot.slack.blocks.blocks import bold, moment, paragraph, plain
from bot.slack.blocks.wording import counted, signed, some_of
from bot.slack.messages import Block
from bot.training.core.changes import ReportChanges

_UNCHANGED: Final = "nothing changed"


def changes_text(changes: ReportChanges, zone: str) -> str:
    """Return the changes as one short sentence without names, such as "Since 12 Nov: +4 …"."""
    since = day_and_month(local_day(changes.since, zone))
    return f"Since {since}: {', '.join(_counts(changes)) or _UNCHANGED}."


def changes_block(changes: ReportChanges) -> Block:
    """Return the changes with the names behind them, each list capped."""
    since = (bold("Since "), moment(changes.since), plain(": "))
    facts = _counts(changes) or [_UNCHANGED]
    named = (
        ("Completed", changes.newly_completed),
        ("Overdue now", changes.newly_overdue),
        ("New", changes.newly_assigned),
    )
    lines = [f"\n{label}: {some_of(people)}" for label, people in named if people]
    return paragraph(*since, plain(", ".join(facts)), *map(plain, lines))


def _counts(changes: ReportChanges) -> list[str]:
    rate = changes.rate_delta
    facts = (
        f"{signed(changes.completed_delta)} completed" if changes.completed_delta else "",
        f"{signed(rate)} percentage points" if rate else "",
        f"{len(changes.newly_overdue):,} newly overdue" if changes.newly_overdue else "",
        f"{signed(changes.total_delta)} assigned" if changes.total_delta else "",
        f"{counted(changes.gone, 'person', 'people')} no longer listed" if changes.gone else "",
    )
    return [fact for fact in facts if fact]
