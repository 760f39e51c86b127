"""Help: what can be typed, by example; as a value of each command, and as a message."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks.blocks import bold, bullets, code, context, message, paragraph, plain
from bot.slack.messages import Message

Example = tuple[str, str]
"""A command that can be typed, and what it does."""
PERIODS = (
    "Periods: today, yesterday, this-week, last-week, this-month, last-month, this-quarter, "
    "last-quarter, this-year, last-year, ytd, last-30d, 2026-01-01..2026-03-31"
)
_SUBSCRIBE: Sequence[Example] = (
    (
        "/flow subscribe report onboarding overdue weekdays 09:00 Europe/Berlin",
        "a digest in this channel",
    ),
    ("/flow subscribe runs all last-7d weekdays 09:00", "a digest of Smart Flows"),
    ("/flow list", "the digests of this channel; list all for every channel"),
)
_CHANGE: Sequence[Example] = (
    ("/flow now 3", "send a digest at once"),
    ("/flow pause 3", "stop it, until /flow resume 3"),
    ("/flow snooze 3 1w", "stop it for a while"),
    ("/flow history 3", "its past runs"),
    ("/flow remove 3", "end it"),
)
_SCHEDULES = (
    "Schedules: daily 09:00, weekdays 9:00, mon,thu 08:30, monthly 1 09:00, monthly last 17:00, "
    "cron 0 9 * * 1-5; then a time zone, or yours is taken"
)
_SHORTCUTS = (
    "In the menu of any answer or digest: Export data behind this, and Subscribe to this. In the "
    "shortcuts menu: a form for each service"
)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The help of one command: a sentence, groups of examples by title, and small print."""

    text: str
    groups: Sequence[tuple[str, Sequence[Example]]]
    small_print: Sequence[str] = ()


def help_message(page: HelpPage) -> Message:
    """Return the help of a command."""
    blocks = [
        block
        for title, examples in page.groups
        for block in (
            paragraph(bold(title)),
            bullets(*[(code(command), plain(f"  {does}")) for command, does in examples]),
        )
    ]
    return message(page.text, *blocks, *map(context, page.small_print))


def flow_help(leads: Sequence[Example], commands: Sequence[str]) -> Message:
    """Return the help of /flow: one example of each service, and subscriptions."""
    return help_message(
        HelpPage(
            "Flowbot brings reports, runs, webinars, exports and field analytics into Slack. Try "
            "/flow-report onboarding last-30d, or /flow subscribe report onboarding weekdays 09:00",
            (("Ask", leads), ("Subscribe", _SUBSCRIBE), ("Change a digest", _CHANGE)),
            (_SCHEDULES, _SHORTCUTS, f"More: {', '.join(f'{each} help' for each in commands)}"),
        )
    )
