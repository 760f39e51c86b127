"""What the commands can do, by example."""

from collections.abc import Sequence

from bot.slack.blocks.blocks import bold, bullets, code, context, message, paragraph, plain
from bot.slack.messages import Message

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
    ("/flow subscribe runs all last-7d weekdays 09:00", "a digest of Smart Flows"),
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
    ("/flow-run summary invoices last-7d", "how its runs went; all for every flow, csv for a file"),
    ("/flow-run cancel 3f2a9c1b", "stop a run"),
)
_WATCH: _Examples = (
    ("/flow-run watch invoices", "tell this channel of its runs, whoever starts them"),
    ("/flow-run watch all failed stuck", "only of some: started, finished, failed, …"),
    ("/flow-run watches", "what this channel watches"),
    ("/flow-run unwatch invoices", "end it"),
)
_LISTS: _Examples = (
    ("/flow-events future", "what is to come; also current, past, week and all"),
    ("/flow-events info Quarterly update", "one event; public at the end: as everybody sees it"),
    ("/flow-events operators", "who may run events; rooms lists what is always open"),
)
_EVENT: _Examples = (
    ("/flow-events registrants Quarterly update export csv", "who is registered, and who came"),
    ("/flow-events registrations Quarterly update", "how registrations grow, without names"),
    ("/flow-events summary Quarterly update", "how it went: attendance, chat, survey"),
    ("/flow-events surveys Quarterly update", "its surveys, their answers a click away"),
    (
        "/flow-events report Quarterly update attendee-chat",
        "as a file: compiled, registrants, attendee-chat, operator-chat or survey",
    ),
)
_DO: _Examples = (
    ("/flow-events register Quarterly update", "register somebody; the link comes to you alone"),
    ("/flow-events create", "create an event, with a preview before it is made"),
    ("/flow-events sign-on Open office", "a personal link into a room"),
)
_PERSONAL = (
    "E-mail addresses and phone numbers are for your eyes only, unless you put here at the end"
)
_WORKFLOWS: _Examples = (
    ("/flow-export workflows", "all workflows"),
    ("/flow-export info checkout", "one of them, and when it last had an event"),
    ("/flow-export checkout counts last-7d", "visitors, sessions, and when they came"),
    ("/flow-export checkout chart last-7d", "the figures of its chart, as giosg sends them"),
)
_STEPS: _Examples = (
    ("/flow-export checkout step 2 last-7d xlsx", "the events of a step as a file"),
    ("/flow-export checkout step 2 last-30d csv limit 5000 goal", "some rows, only with a goal"),
    ("/flow-export checkout step 2 action element-ab12cd34", "only of an action, or a label"),
    ("/flow-export checkout step 2 path element-ab > any > element-ef", "along the chart"),
    ("/flow-export checkout source yesterday show", "events of no step, in Slack without a file"),
    ("/flow-export checkout", "everything in a form"),
)
_CHANNELS: _Examples = (
    ("/flow-analytics channels", "the channels of field reports"),
    ("/flow-analytics fields Site reports", "by which fields its reports can be counted"),
    ("/flow-analytics form", "everything in a form"),
)
_FIGURES: _Examples = (
    ("/flow-analytics Site reports summary last-30d", "the whole picture, and what changed"),
    ("/flow-analytics Site reports over-time this-quarter", "how many, week by week"),
    ("/flow-analytics Site reports by-state", "also by-user, by-hour, by-weekday"),
    ('/flow-analytics Site reports by-field "Severity"', "by the choices of a field"),
    ("/flow-analytics Site reports heatmap", "days and hours as a picture"),
    ("/flow-analytics Site reports reads", "how much was read; awareness: who was alerted"),
    ("/flow-analytics Site reports images last-7d", "pictures"),
    ("/flow-analytics Site reports awareness export xlsx", "any of them as a file: csv or xlsx"),
)
_TOLD = (
    "To be told of: started, finished, failed, needs-input, stuck (all but started unless you say)"
)
_ASK: _Examples = (
    _REPORTS[0],
    ("/flow-run list running", "runs of Smart Flows; /flow-run starts one"),
    _LISTS[0],
    _STEPS[0],
    _FIGURES[0],
)
_COMMANDS = ("/flow-report", "/flow-run", "/flow-events", "/flow-export", "/flow-analytics")
_PERIODS = (
    "Periods: today, yesterday, this-week, last-week, this-month, last-month, this-quarter, "
    "last-quarter, this-year, last-year, ytd, last-30d, 2026-01-01..2026-03-31"
)
_SCHEDULES = (
    "Schedules: daily 09:00, weekdays 9:00, mon,thu 08:30, monthly 1 09:00, monthly last 17:00, "
    "cron 0 9 * * 1-5; then a time zone, or yours is taken"
)
_SHORTCUTS = (
    "In the menu of any answer or digest: Export data behind this, and Subscribe to this. In the "
    "shortcuts menu: a form for each service"
)
_STATUSES = "Statuses: overdue, in-progress, pending, completed"


def flow_help() -> Message:
    """Return the help of /flow: one example of each service, and subscriptions."""
    return _help(
        "Flowbot brings reports, runs, webinars, exports and field analytics into Slack. Try "
        "/flow-report onboarding last-30d, or /flow subscribe report onboarding weekdays 09:00",
        (("Ask", _ASK), ("Subscribe", _SUBSCRIBE), ("Change a digest", _CHANGE)),
        (_SCHEDULES, _SHORTCUTS, f"More: {', '.join(f'{each} help' for each in _COMMANDS)}"),
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


def events_help() -> Message:
    """Return the help of /flow-events."""
    return _help(
        "Webinars of FLOW. Try /flow-events future, info, registrants or report with an event, "
        "register or create",
        (("Look", _LISTS), ("One event", _EVENT), ("Do", _DO)),
        (_PERSONAL, 'Quotes keep words together: "Export of surveys"'),
    )


def export_help() -> Message:
    """Return the help of /flow-export."""
    return _help(
        "Events of website workflows from giosg. Try /flow-export workflows, or "
        "/flow-export checkout step 2 last-7d xlsx",
        (("Workflows", _WORKFLOWS), ("Events as a file", _STEPS)),
        (_PERIODS, 'Quotes keep words together: "Step by step"'),
    )


def analytics_help() -> Message:
    """Return the help of /flow-analytics."""
    return _help(
        "Analytics of field reports from SaferMe. Try /flow-analytics channels, or "
        "/flow-analytics Site reports summary last-30d",
        (("Channels", _CHANNELS), ("Figures", _FIGURES)),
        (_PERIODS,),
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
