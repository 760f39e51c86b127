"""The window in which somebody makes a token for an assistant outside Slack."""

from slack_bolt.async_app import AsyncApp

from bot.mcp.tokens.desk import TOKEN_FORM
from handlers.forms import add_form

FORMS = (TOKEN_FORM,)
"""The forms of this surface, which buttons open."""


def register(app: AsyncApp) -> None:
    """Add the window."""
    for form in FORMS:
        add_form(app, form)
