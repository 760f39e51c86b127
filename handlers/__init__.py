"""Every way into Flowbot from Slack: the whole surface, readable in one minute."""

from slack_bolt.async_app import AsyncApp

from handlers import actions, analytics, commands, events, shortcuts, views


def register(app: AsyncApp) -> None:
    """Add every listener to the app."""
    commands.register(app)
    shortcuts.register(app)
    actions.register(app)
    views.register(app)
    events.register(app)
    analytics.register(app)
