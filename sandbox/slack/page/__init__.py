"""The sandbox's web page: a Slack to open in a browser, drawn from the local Slack's state."""

from sandbox.slack.page.routes import mount

__all__ = ["mount"]
