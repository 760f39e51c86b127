"""Words that all messages on Smart Flows runs share: names, states, durations, the way out."""

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.asking.rendering.dates import sortable_time, weekday_and_time
from bot.asking.rendering.occasions import source_words
from bot.redaction import without_secrets
from bot.runs.core.history import Usual
from bot.runs.core.watching import RunState
from bot.runs.model import (
    CANCELED,
    ERROR,
    INTERRUPTED,
    QUEUED,
    RUNNING,
    SELECT_FLOW,
    SMART_FLOWS,
    SUCCESS,
    USER_INPUT,
    WAITING,
    WARNING,
    VendorRef,
)
from bot.slack.blocks.blocks import Element, link
from bot.slack.blocks.budget import clean, cut
from bot.slack.blocks.wording import capital, counted

SOURCE: Final = source_words(SMART_FLOWS.title)
LONGEST_NAME: Final = 120
LONGEST_WORDS: Final = 500
"""So much of one text of the vendor's is shown."""
NAMELESS: Final = "A Smart Flow"

_STATES: Final = {
    QUEUED: "queued",
    RUNNING: "running",
    WAITING: "waiting for somebody outside",
    USER_INPUT: "waiting for an answer",
    SELECT_FLOW: "waiting for somebody to choose a flow",
    SUCCESS: "done",
    WARNING: "done with warnings",
    ERROR: "failed",
    CANCELED: "cancelled",
    INTERRUPTED: "interrupted",
}
_NO_REASONS: Final = {"failed", "error", "interrupted"}
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_STEPS: Final = ((10 * _MINUTE, _MINUTE), (_HOUR, 5 * _MINUTE), (_DAY, 10 * _MINUTE))


def flow_name(flow: VendorRef) -> str:
    """Return what a flow is called, on one line; its id, or "A Smart Flow", if it has no name."""
    return cut(clean(flow.name), LONGEST_NAME, empty=flow.id or NAMELESS)


def state_words(status: str) -> str:
    """Return a status for the middle of a sentence; one we do not know, as the vendor sent it."""
    return _STATES.get(status) or cut(clean(status), LONGEST_NAME, empty="in an unknown state")


def state_title(status: str) -> str:
    """Return a status to stand alone, such as "Done with warnings"."""
    return capital(state_words(status))


def vendor_words(text: str) -> str:
    """Return a text of the vendor's on one line and not too long; empty for a blank one."""
    return cut(clean(text), LONGEST_WORDS, empty="").strip()


def vendor_report(text: str) -> str:
    """Return what the vendor reports of a run, such as an error, without secrets in it.

    Whoever wrote the flow wrote the text, and it is read by all in the channel.
    """
    return vendor_words(without_secrets(text))


def sentence_of(text: str) -> str:
    """Return the vendor's words with a full stop unless they end in some mark; empty for none."""
    words = vendor_report(text)
    return words if not words or words[-1] in ".!?…:" else f"{words}."


def exactly(taken: timedelta) -> str:
    """Return a duration in its two largest units, such as "4 min 12 s" or "1 d 3 h"."""
    seconds = max(0, round(taken.total_seconds()))
    minutes, hours, days = seconds // _MINUTE, seconds // _HOUR, seconds // _DAY
    if days:
        return _two((days, "d"), (hours % 24, "h"))
    if hours:
        return _two((hours, "h"), (minutes % 60, "min"))
    if minutes:
        return _two((minutes, "min"), (seconds % 60, "s"))
    return f"{seconds} s"


def roughly(taken: timedelta) -> str:
    """Return a duration so coarse that a card with it rarely needs an edit: by 1, 5, 10 minutes."""
    seconds = int(taken.total_seconds())
    if seconds < _MINUTE:
        return "less than a minute"
    step = next((step for below, step in _STEPS if seconds < below), _HOUR)
    return exactly(timedelta(seconds=seconds // step * step))


def usually(usual: Usual | None) -> str:
    """Return how long a flow usually takes, such as "usually 4 min 12 s"; empty if unknown."""
    return f"usually {exactly(usual.median)}" if usual else ""


def spoken(run: RunState) -> str:
    """Return how a run is, such as "running, 40%"; for one that is gone, that it was removed."""
    if run.gone:
        return "removed by Smart Flows' cleanup"
    percentage = "" if run.percentage is None or run.ended else f", {run.percentage}%"
    return f"{state_words(run.status)}{percentage}"


def facts(run: RunState) -> str:
    """Return what tells a run from others of its flow: how it is and since when."""
    since = f", started {sortable_time(run.created_at, 'UTC')} UTC" if run.created_at else ""
    return f"{spoken(run)}{since}"


def ended_words(run: RunState) -> str:
    """Return how a run ended and after how long, such as "is done after 4 min 12 s"."""
    be = "" if run.status == ERROR else "was " if run.status in (CANCELED, INTERRUPTED) else "is "
    after = f" after {exactly(run.duration)}" if run.duration is not None else ""
    return f"{be}{state_words(run.status)}{after}"


def why(step: str, reason: str) -> str:
    """Return why a run failed, as a sentence; `step` is the first that did, both may be empty.

    A reason that names the step needs no other word of it, and one that only says that it failed
    is none.
    """
    name, said = vendor_words(step), sentence_of(reason)
    if said.rstrip(".").casefold() in _NO_REASONS:
        said = ""
    if name and not said:
        return f"The step “{name}” failed."
    return said if not name or name.casefold() in said.casefold() else f"{name}: {said}"


def news_of(run: RunState) -> str:
    """Return a run and how it is, such as "Invoice run: failed after 4 min 12 s"."""
    after = f" after {exactly(run.duration)}" if run.duration is not None and not run.gone else ""
    return f"{flow_name(run.flow)}: {spoken(run)}{after}"


def since_words(run: RunState, zone: str) -> str:
    """Return when a run began, such as "Thu 3 Dec, 10:00"; empty where that is not known."""
    try:
        return weekday_and_time(run.created_at, zone) if run.created_at else ""
    except OverflowError:  # a vendor's date at the edge of the calendar
        return ""


def panel(label: str, url: str) -> tuple[Element, ...]:
    """Return a link to the vendor's panel, nothing without an https address.

    Whoever passes the address has checked that its host is the project's own.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as an unclosed bracket
        return ()
    made = link(label, url, hosts={host})
    return (made,) if made["type"] == "link" else ()


def documents_words(count: int) -> str:
    """Return the sentence on what follows in the thread; empty for nothing."""
    if not count:
        return ""
    return f"{counted(count, 'document')} {'follows' if count == 1 else 'follow'}."


def _two(first: tuple[int, str], second: tuple[int, str]) -> str:
    return " ".join(f"{number} {unit}" for number, unit in (first, second) if number)
