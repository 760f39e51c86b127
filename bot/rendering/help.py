"""What the commands can do, by example."""

from collections.abc import Sequence

from bot.model.asking import FIGURES
from bot.model.messages import Message
from bot.rendering.blocks import bold, bullets, code, context, message, paragraph, plain

_Examples = Sequence[tuple[str, str]]

_REPORTS: _Examples = (
    ("/flow-report onboarding last-30d", "who has completed the flow, and who is overdue"),
    ("/flow-report onboarding overdue detailed", "one status, with each person's modules"),
    ("/flow-report onboarding this-quarter by week", "completion over time"),
    ("/flow-report onboarding export xlsx", "the data as a file: csv, xlsx or pdf"),
    ("/flow-report onboarding overdue privately", "for your eyes only"),
)
_NAMES: _Examples = (
    ("/flow-report name onboarding flow_123abc", "call a flow id by a name"),
    ("/flow-report names", "all names"),
    ("/flow-report unname onboarding", "forget a name"),
)
_ASSIGN: _Examples = (
    (
        "/flow-report assign onboarding @ada due 2026-12-01 priority high",
        "assign a flow; you are asked before it happens",
    ),
)
_SUBSCRIBE: _Examples = (
    (
        "/flow subscribe report onboarding overdue weekdays 09:00 Europe/Berlin",
        "a digest in this channel",
    ),
    ("/flow list", "the digests of this channel; list all for every channel"),
)
_CHANGE: _Examples = (
    ("/flow now 3", "send a digest at once"),
    ("/flow pause 3", "stop it, until /flow resume 3"),
    ("/flow snooze 3 1w", "stop it for a while"),
    ("/flow history 3", "its past runs"),
    ("/flow remove 3", "end it"),
)
_RUN: _Examples = (
    ("/flow-run", "choose a flow and its input in a form"),
    ("/flow-run invoices", "start a flow that needs no input"),
    ("/flow-run status 3f2a9c1b", "how a run is; the first characters of its id are enough"),
    ("/flow-run list running", "running, failed, waiting or today"),
    ("/flow-run cancel 3f2a9c1b", "stop a run"),
)
_WATCH: _Examples = (
    ("/flow-run watch invoices", "tell this channel of its runs, whoever starts them"),
    ("/flow-run watch all failed stuck", "only of some: started, finished, failed, …"),
    ("/flow-run watches", "what this channel watches"),
    ("/flow-run unwatch invoices", "end it"),
)
_ANALYTICS: _Examples = (
    ("/flow-analytics Site hazards", "a summary of the last 30 days, and what changed"),
    ("/flow-analytics Site hazards over-time last-90d", "a figure over a period"),
    ('/flow-analytics Site hazards by-field "Severity"', "by the choices of a form field"),
    ("/flow-analytics Site hazards images last-7d", "the latest pictures"),
    ("/flow-analytics Site hazards awareness export xlsx", "as a file: csv or xlsx"),
    ("/flow-analytics form", "choose all of it in a form"),
)
_CHANNELS: _Examples = (
    ("/flow-analytics channels", "all channels of reports"),
    ("/flow-analytics fields Site hazards", "the fields that reports can be counted by"),
)
_FIGURES = f"Figures: {', '.join(FIGURES)}"
_TOLD = (
    "To be told of: started, finished, failed, needs-input, stuck (all but started unless you say)"
)
_PERIODS = (
    "Periods: today, yesterday, this-week, last-week, this-month, last-month, this-quarter, "
    "last-quarter, this-year, last-year, ytd, last-30d, 2026-01-01..2026-03-31"
)
_SCHEDULES = (
    "Schedules: daily 09:00, weekdays 9:00, mon,thu 08:30, monthly 1 09:00, monthly last 17:00, "
    "cron 0 9 * * 1-5; then a time zone, or yours is taken"
)
_STATUSES = "Statuses: overdue, in-progress, pending, completed"


def flow_help() -> Message:
    """Return the help of /flow: where reports are, and subscriptions."""
    return _help(
        "Flowbot brings training reports into Slack. Try /flow-report onboarding last-30d, or "
        "/flow subscribe report onboarding weekdays 09:00",
        (("Reports", _REPORTS[:1]), ("Subscribe", _SUBSCRIBE), ("Change a digest", _CHANGE)),
        (_SCHEDULES, "More: /flow-report help, /flow-run help, /flow-analytics help"),
    )


def report_help() -> Message:
    """Return the help of /flow-report."""
    return _help(
        "Training reports. Try /flow-report onboarding last-30d, overdue, by week, or export xlsx",
        (("Ask", _REPORTS), ("Names for flows", _NAMES), ("Assign", _ASSIGN)),
        (_STATUSES, _PERIODS, 'Quotes keep words together: "Ladder Safety"'),
    )


def run_help() -> Message:
    """Return the help of /flow-run."""
    return _help(
        "Smart Flows. Try /flow-run to choose one, /flow-run list running, or /flow-run watch all",
        (("Run", _RUN), ("Watch", _WATCH)),
        (_TOLD, 'Quotes are for names that begin with a command: /flow-run "List of guests"'),
    )


def analytics_help() -> Message:
    """Return the help of /flow-analytics."""
    return _help(
        "Field analytics. Try /flow-analytics channels, or /flow-analytics Site hazards summary",
        (("Ask", _ANALYTICS), ("Channels and fields", _CHANNELS)),
        (_FIGURES, _PERIODS, 'Quotes keep words together: by-field "Kind of injury"'),
    )


def _help(
    text: str, groups: Sequence[tuple[str, _Examples]], small_print: Sequence[str]
) -> Message:
    blocks = [
        block
        for title, examples in groups
        for block in (
            paragraph(bold(title)),
            bullets(*[(code(command), plain(f"  {does}")) for command, does in examples]),
        )
    ]
    return message(text, *blocks, *map(context, small_print))
