"""The record of a digest in words: what became of each planned time, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.asking.core import zones
from bot.asking.rendering.dates import weekday_and_time
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.asking.subscription import ACTIVE, ENDED, Subscription
from bot.digests.core.outcomes import ARRIVED, Cause, DigestRun, DigestState
from bot.digests.core.past import History, Resend
from bot.digests.rendering.menus import (
    history_button,
    now_button,
    snooze_buttons,
    stop_button,
)
from bot.digests.rendering.replies import about, said
from bot.digests.rendering.words import (
    next_words,
    place,
    state_words,
    title,
    with_zone,
    zone_of,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    context,
    link,
    message,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import capital, counted, span_words
from bot.slack.messages import Block, Message
from bot.tables.columns import Column, Kind, Sheet

_OUTCOMES: Final = {
    DigestState.MAKING: "being made",
    DigestState.TELLING: "on its way",
    DigestState.FILE_TO_COME: "sent, its file is on its way",
    DigestState.SENT: "sent",
    DigestState.INCOMPLETE: "not complete: its file did not come",
    DigestState.UNCHANGED: "not sent: nothing new",
    DigestState.NOT_MET: "not sent: condition not met",
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
_UNDER_WAY: Final = frozenset({DigestState.MAKING, DigestState.TELLING})
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
    """How a page of a history is shown: `sent` of `total` digests came, at the moment `now`.

    `links` lead to messages in Slack, by the runs' ids.
    """

    links: Mapping[int, str]
    total: int
    sent: int
    now: datetime
    has_more: bool = False
    before: int = 0
    """The row of the record before which these are; 0 for the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """What is asked of a digest: of the one `planned` then, of one `by_hand`, or of the last.

    `orderer` is a name, as a mention would call them.
    """

    links: Mapping[int, str]
    orderer: str
    now: datetime
    planned: datetime | None = None
    by_hand: bool = False


def history(one: Subscription, runs: Sequence[DigestRun], shown: HistoryView) -> Message:
    """Return a page of runs in the order given, each with a button that sends it once more."""
    going = now_button(one) if one.state != ENDED else ()
    if not runs:
        coming = f" Next: {next_words(one, shown.now)}." if one.next_run_at else ""
        first = about(one, "Not sent yet: ", plain(f".{coming}"))
        return said(first, buttons=going)
    news = f"{capital(title(one))}: {shown.sent} of {counted(shown.total, 'digest')} sent"
    older = (
        *(_page("Earlier", one, before=runs[-1].id) if shown.has_more else ()),
        *(_page("Latest", one) if shown.before else ()),
    )
    exported = offer("Export", History(one.id, export=EXPORTED), spoken="All of it as a file")
    row = actions(BlockId.DIGEST_BUTTONS, *older, *going, *exported)
    rows = (_run_row(each, one) for each in runs)
    facts = context(f"Digest {one.id}", capital(zones.spoken(one.zone)), _ended(one))
    return message(news, headline(news), *rows, *_linked(one, runs, shown.links), row, facts)


def _page(label: str, one: Subscription, *, before: int = 0) -> tuple[Element, ...]:
    return offer(label, History(one.id, before=before, turned=True))


def _run_row(run: DigestRun, one: Subscription) -> Block:
    """Return a run with its reason, and a button beside it, where there is such a time to tell."""
    line = f"{_when(run.planned_at, one)} · {outcome_words(run)}"
    row = section(*filter(None, (line, run.reason)))
    again = _again(run, one)
    return {**row, "accessory": again[0]} if again else row


def _again(run: DigestRun, one: Subscription) -> tuple[Element, ...]:
    """Return the button that sends what was planned for that time; none of one on its way."""
    if run.cause is not Cause.PLANNED or run.state in _UNDER_WAY:
        return ()
    local = run.planned_at.astimezone(ZoneInfo(zone_of(one)))
    wanted = Resend(one.id, local.date(), at=f"{local:%H:%M}")
    label = "Resend" if run.state in ARRIVED else "Send now"
    return offer(label, wanted, spoken=f"Send the digest of {_when(run.planned_at, one)} once more")


def _ended(one: Subscription) -> str:
    return "This digest is over" if one.state == ENDED else ""


def why(one: Subscription, run: DigestRun | None, shown: WhyView) -> Message:
    """Return which digest it is and under what condition, who ordered it, how one went and why.

    And when the next comes. `run` is the one that is asked about, or the last; None where there is
    none on record.
    """
    ordered = f" {shown.orderer or 'Somebody'} ordered it on {_when(one.created_at, one)}."
    begins = f"Digest {one.id}: "
    first = about(one, begins, *place(one, "in"), plain(f" {with_zone(one)}.{ordered}"))
    told = " ".join(filter(None, (_went(one, run, shown), _after(one, run, shown.now))))
    linked = _linked(one, [run], shown.links) if run else ()
    going = (*now_button(one), *snooze_buttons(one)[1:], *stop_button(one))
    buttons = (*(() if one.state == ENDED else going), *history_button(one))
    return said(first, paragraph(plain(told)), *linked, buttons=buttons)


def _after(one: Subscription, run: DigestRun | None, now: datetime) -> str:
    """Return what comes next, or why nothing does, and the last error unless that was said."""
    if one.state == ENDED:
        return "It is over."
    if one.trouble_id and run and run.reason == one.last_error:  # it need not be said twice
        return "Paused until that is mended."
    if one.state != ACTIVE:
        return f"{state_words(one, now).rstrip('.')}."
    error = one.last_error if one.last_error and (not run or run.reason != one.last_error) else ""
    coming = f"Next: {next_words(one, now)}." if one.next_run_at else ""
    return " ".join(filter(None, (f"The last one failed: {error}" if error else "", coming)))


def _went(one: Subscription, run: DigestRun | None, shown: WhyView) -> str:
    if shown.by_hand:
        return "Somebody asked for this one with Send now."
    if run is None:
        planned = shown.planned
        return (
            f"This one was planned for {_when(planned, one)}." if planned else "It has not run yet."
        )
    told = f" It came on {_when(run.told_at, one)}." if run.told_at else ""
    reason = f" {run.reason}" if run.reason else ""
    which = "This one" if shown.planned else "The last one"
    return (
        f"{which} was planned for {_when(run.planned_at, one)}: {outcome_words(run)}.{told}{reason}"
    )


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
