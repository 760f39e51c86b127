"""The record of a digest in words: what became of each planned time, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from bot.asking.core import zones
from bot.asking.rendering.dates import weekday_and_time
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.asking.subscription import ACTIVE, Subscription
from bot.digests.core.command import History
from bot.digests.core.outcomes import Cause, DigestRun, DigestState
from bot.digests.rendering.menus import now_button
from bot.digests.rendering.replies import about, said
from bot.digests.rendering.words import (
    next_words,
    place,
    state_words,
    title,
    with_zone,
    zone_of,
)
from bot.slack.blocks.blocks import actions, link, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import capital, counted, span_words
from bot.slack.messages import Message
from bot.tables.columns import Column, Kind, Sheet

_OUTCOMES: Final = {
    DigestState.MAKING: "being made",
    DigestState.TELLING: "on its way",
    DigestState.FILE_TO_COME: "sent, its file is on its way",
    DigestState.SENT: "sent",
    DigestState.INCOMPLETE: "not complete: its file did not come",
    DigestState.UNCHANGED: "not sent: nothing new",
    DigestState.NOT_MET: "not sent: its condition",
    DigestState.FAILED: "not sent: failed",
    DigestState.OFF: "not sent: its service is off",
    DigestState.GONE: "not sent: channel gone",
    DigestState.WITHHELD: "not sent: channel is shared",
    DigestState.IN_DOUBT: "in doubt",
    DigestState.PAUSED: "not sent: paused",
    DigestState.SNOOZED: "not sent: snoozed",
    DigestState.HOLIDAY: "not sent: holiday",
    DigestState.QUIET: "not sent: quiet hours",
    DigestState.MISSED: "not sent: Flowbot was not running",
    DigestState.REMOVED: "not sent: removed",
}
EXPORTED: Final = "csv"
_BY_HAND: Final = {Cause.PLANNED: "", Cause.NOW: " (by hand)", Cause.RESENT: " (resent)"}
_COLUMNS: Final = (
    Column("Planned", Kind.MOMENT),
    Column("What happened"),
    Column("In Slack", Kind.MOMENT),
    Column("Why"),
    Column("Sent by hand for"),
)


def outcome_words(run: DigestRun) -> str:
    """Return what became of one, such as "sent 9 h late" or "sent (by hand)"."""
    late = f" {span_words(run.late_by.total_seconds())} late" if run.late_by else ""
    outcome = _OUTCOMES[run.state]
    if run.state is DigestState.SENT:
        outcome = f"{outcome}{late}"
    return f"{outcome}{_BY_HAND[run.cause]}"


@dataclass(frozen=True, slots=True)
class HistoryView:
    """How a history is shown: `sent` of `total` digests came, at the moment `now`.

    `links` lead to messages in Slack, by the runs' ids.
    """

    links: Mapping[int, str]
    total: int
    sent: int
    now: datetime


def history(one: Subscription, runs: Sequence[DigestRun], shown: HistoryView) -> Message:
    """Return the runs in the order given, with a button for all of them as a file."""
    if not runs:
        coming = f" Next: {next_words(one, shown.now)}." if one.next_run_at else ""
        first = about(one, "Not sent yet: ", plain(f".{coming}"))
        return said(first, buttons=now_button(one))
    news = f"{capital(title(one))}: {shown.sent} of {counted(shown.total, 'digest')} sent"
    rows = [
        (words(_when(each.planned_at, one)), words(outcome_words(each)), words(each.reason))
        for each in runs
    ]
    reasons = any(each.reason for each in runs)
    columns = ("Planned", "What happened", *(("Why",) if reasons else ()))
    caption = f"Digest {one.id}, {zones.spoken(one.zone)}"
    table = data_table(caption, columns=columns, rows=rows, total=shown.total)
    exported = offer("Export", History(one.id, export=EXPORTED), spoken="All of it as a file")
    row = actions(BlockId.DIGEST_BUTTONS, *now_button(one), *exported)
    return message(news, headline(news), *table, *_linked(one, runs, shown.links), row)


def why(one: Subscription, last: DigestRun | None, shown: HistoryView, *, orderer: str) -> Message:
    """Return which digest it is, who ordered it, how the last one went and when the next comes.

    `orderer` is a name, as a mention would call them.
    """
    who = f" {orderer or 'Somebody'} ordered it on {_when(one.created_at, one)}."
    coming = f"Next: {next_words(one, shown.now)}." if one.next_run_at else ""
    after = coming if one.state == ACTIVE else f"{state_words(one, shown.now).rstrip('.')}."
    if one.trouble_id and last and last.reason == one.last_error:  # it need not be said twice
        after = "Paused until that is mended."
    went = _went(one, last) if last else "It has not run yet."
    first = about(one, f"Digest {one.id}: ", *place(one, "in"), plain(f" {with_zone(one)}.{who}"))
    told = paragraph(plain(f"{went} {after}".strip()))
    linked = _linked(one, [last], shown.links) if last else ()
    return said(first, told, *linked, buttons=now_button(one))


def _went(one: Subscription, last: DigestRun) -> str:
    told = f" It came on {_when(last.told_at, one)}." if last.told_at else ""
    reason = f" {last.reason}" if last.reason else ""
    planned = f"The last one was planned for {_when(last.planned_at, one)}"
    return f"{planned}: {outcome_words(last)}.{told}{reason}"


def sheet(one: Subscription, runs: Sequence[DigestRun]) -> Sheet:
    """Return the runs as a table for a file."""
    rows = [
        (each.planned_at, outcome_words(each), each.told_at, each.reason, each.asked_by)
        for each in runs
    ]
    return Sheet(f"Digest {one.id}", _COLUMNS, rows)


def _linked(
    one: Subscription, runs: Sequence[DigestRun], links: Mapping[int, str]
) -> tuple[dict[str, object], ...]:
    """Return a line with a link to each message that is in Slack; Slack itself gave the links."""
    shown = [
        element
        for each in runs
        if (url := links.get(each.id, ""))
        for element in (
            plain(" · "),
            link(_when(each.planned_at, one), url, hosts={urlsplit(url).hostname or ""}),
        )
    ]
    return (paragraph(plain("In Slack: "), *shown[1:]),) if shown else ()


def _when(moment: datetime, one: Subscription) -> str:
    return weekday_and_time(moment, zone_of(one), this_year=one.created_at.year)
