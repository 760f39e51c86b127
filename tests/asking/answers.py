"""Every kind of answer, by a command that brings it; and the two shortcuts in a message's menu."""

from sandbox.slack import Message
from sandbox.slack.views import View
from tests.asking.seeing import table
from tests.stage import Stage

EXPORT, SUBSCRIBE = "export_data", "subscribe_to_this"
UPDATE = '"Quarterly update"'
HELD = '"Safety briefing: ladders & roofs"'
SPRING = '"Spring campaign"'
HAZARDS = '"Site hazards"'

ASKED: dict[str, tuple[str, ...]] = {
    "report": (
        "/flow-report onboarding last-30d",
        "/flow-report onboarding overdue detailed",
        "/flow-report onboarding this-quarter by week",
        "/flow-report onboarding export csv",
    ),
    "runs": (
        "/flow-run list running",
        "/flow-run list failed",
        "/flow-run list waiting",
        "/flow-run list today",
        "/flow-run list failed export csv",
        "/flow-run summary",
        '/flow-run summary "Travel request" last-30d',
        '/flow-run summary "Travel request" last-30d xlsx',
    ),
    "export": (
        "/flow-export workflows",
        "/flow-export workflows csv",
        f"/flow-export info {SPRING}",
        f"/flow-export {SPRING} step 1 last-7d csv",
        f"/flow-export {SPRING} step 1 last-7d show limit 5",
        f"/flow-export {SPRING} source last-7d show",
        f"/flow-export {SPRING} counts last-7d",
        f"/flow-export {SPRING} chart last-7d",
    ),
    "events": (
        *(f"/flow-events {view}" for view in ("future", "current", "past", "week", "all")),
        "/flow-events future export csv",
        f"/flow-events info {UPDATE}",
        f"/flow-events registrants {UPDATE} here",
        f"/flow-events registrations {UPDATE}",
        f"/flow-events surveys {HELD}",
        f"/flow-events summary {HELD}",
        f"/flow-events report {HELD} here",
        "/flow-events operators here",
        "/flow-events rooms",
    ),
    "analytics": (
        *(
            f"/flow-analytics {HAZARDS} {figure} last-30d"
            for figure in (
                *("summary", "over-time", "by-state", "by-user", "by-field Severity", "by-hour"),
                *("by-weekday", "heatmap", "reads", "awareness", "images"),
            )
        ),
        f"/flow-analytics {HAZARDS} awareness export xlsx",
        "/flow-analytics channels",
        "/flow-analytics channels xlsx",
        f"/flow-analytics fields {HAZARDS}",
    ),
}
"""By kind of question, every view of it; a test holds the table to the model."""


async def answered(stage: Stage, command: str) -> Message:
    """Ask for an event that is surely one, and return the message for all to see."""
    precise = await _precise(stage, command)
    before = len(stage.said())
    await stage.command(precise)
    told = stage.said()[before:]
    assert told, stage.whispered()
    return told[0]


async def opened(stage: Stage, shortcut: str, shown: Message, *, user: str = "UADA") -> View:
    """Choose a shortcut in a message's menu and return the window it opens."""
    outcome = await stage.slack.message_shortcut(shortcut, message=shown, user=user)
    assert (outcome.status, outcome.error) == (200, "")
    view = stage.slack.view_of(user)
    assert view is not None
    return view


async def exported(stage: Stage, shown: Message, *, user: str = "UADA") -> View:
    """Export what is behind a message as CSV, and wait for it."""
    view = await opened(stage, EXPORT, shown, user=user)
    assert view.raw["callback_id"] == EXPORT, view.raw
    outcome = await stage.slack.submit(view, values={"format": {"format": "csv"}}, user=user)
    assert outcome.errors == {}
    await stage.settle()
    return view


async def subscribed(stage: Stage, shown: Message, *, user: str = "UADA") -> View:
    """Order what a message tells as a digest, and wait for the confirmation."""
    view = await opened(stage, SUBSCRIBE, shown, user=user)
    assert view.raw["callback_id"] == SUBSCRIBE, view.raw
    values = {"schedule": {"schedule": "mon 09:00"}}
    outcome = await stage.slack.submit(view, values=values, user=user)
    assert outcome.errors == {}
    await stage.settle()
    return view


async def _precise(stage: Stage, command: str) -> str:
    """Return the command with an event's token in place of a title that several sessions have."""
    for title, where in ((UPDATE, "future"), (HELD, "past")):
        if title in command:
            await stage.command(f"/flow-events {where}")
            rows = table(stage.said()[-1], "Events")
            return command.replace(title, next(row[4] for row in rows if row[1] == title[1:-1]))
    return command
