"""Every way into Flowbot from Slack: the whole surface, readable in one minute."""

from slack_bolt.async_app import AsyncApp

from handlers import actions, commands, events, shortcuts, views
from handlers import fieldreports as analytics


def register(app: AsyncApp) -> None:
    """Add every listener to the app."""
    commands.register(app)
    shortcuts.register(app)
    actions.register(app)
    views.register(app)
    events.register(app)
    analytics.register(app)
