"""One file for each slash command."""

from slack_bolt.async_app import AsyncApp

from handlers import digests as flow
from handlers import training as report
from handlers.boundary import guarded
from handlers.commands import analytics, events, export, run


def register(app: AsyncApp) -> None:
    """Add every command."""
    app.command("/flow")(guarded(flow.flow))
    app.command("/flow-analytics")(guarded(analytics.analytics))
    app.command("/flow-events")(guarded(events.events))
    app.command("/flow-export")(guarded(export.export))
    app.command("/flow-report")(guarded(report.report))
    app.command("/flow-run")(guarded(run.run))
