"""Who did what, as a page for admins and as the table of a file."""

from collections.abc import Sequence
from typing import Final

from bot.asking.rendering.dates import weekday_and_time
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.jobs.audit import AuditRow
from bot.jobs.outcome import CameTo
from bot.policy.core.command import ShowAudit, ShowPolicy
from bot.slack.blocks.blocks import Element, actions, context, message
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import capital, counted
from bot.slack.messages import Message
from bot.tables.columns import Column, Kind, Sheet

TITLE: Final = "Who did what"
_COLUMNS: Final = (
    Column("When", Kind.MOMENT),
    Column("Who"),
    Column("Slack id"),
    Column("What"),
    Column("To what"),
    Column("Its id"),
    Column("Channel"),
    Column("Outcome"),
    Column("Second person"),
    Column("Why"),
)


def trail_page(
    rows: Sequence[AuditRow], *, total: int, zone: str, year: int, older: int = 0
) -> Message:
    """Return the rows of a page, in a zone (IANA); `older` is the last of them, if more follow."""
    if not rows:
        rules = actions(BlockId.REPORT_BUTTONS, *_rules())
        return message("Nothing was done yet.", headline("Nothing was done yet"), rules)
    news = f"{TITLE}: {counted(total, 'entry', 'entries')}"
    shown = ((words(cell) for cell in _cells(each, zone, year)) for each in rows)
    table = data_table(
        TITLE,
        columns=("When", "Who", "What", "Outcome"),
        rows=map(tuple, shown),
        total=len(rows),
        page_size=10,
    )
    small = context("Kept for 400 days · times in your zone")
    return message(f"{news}.", headline(news), *table, _row(older), small)


def sheet(rows: Sequence[AuditRow]) -> Sheet:
    """Return the rows as the table of a file."""
    found = (
        (
            each.at,
            each.user_name,
            each.user,
            each.action,
            each.thing.name,
            each.thing.id,
            each.channel,
            capital(each.came_to),
            each.by_name or each.by,
            each.reason,
        )
        for each in rows
    )
    return Sheet(TITLE, _COLUMNS, found)


def _cells(row: AuditRow, zone: str, year: int) -> tuple[str, ...]:
    thing = row.thing.name or row.thing.id
    done = f"{row.action}: {thing}" if thing else row.action
    when = weekday_and_time(row.at, zone, this_year=year)
    return when, row.user_name or row.user, done, _outcome(row)


def _outcome(row: AuditRow) -> str:
    by = row.by_name or row.by
    agreed = f", {by} agreed" if by and row.came_to in _AGREED else ""
    said = f" ({by})" if by and row.came_to is CameTo.REFUSED else ""
    return f"{capital(row.came_to)}{agreed}{said}"


_AGREED: Final = frozenset({CameTo.DONE, CameTo.FAILED, CameTo.IN_DOUBT, CameTo.DENIED})


def _row(older: int) -> dict[str, object]:
    more: tuple[Element, ...] = offer("Older", ShowAudit(older), privately=True) if older else ()
    exported = offer("Export CSV", ShowAudit(export="csv"), spoken="All of it as a file")
    return actions(BlockId.REPORT_BUTTONS, *more, *exported, *_rules())


def _rules() -> tuple[Element, ...]:
    return offer("Rules", ShowPolicy(), spoken="See who may do what", privately=True)
