"""A local Slack: Web API, signed deliveries, Socket Mode, and no to what Slack says no to."""

from sandbox.slack.backend import Switches
from sandbox.slack.changes import Change
from sandbox.slack.delivery.outcome import Outcome
from sandbox.slack.identity import Identity
from sandbox.slack.messages import Message
from sandbox.slack.oauth.browser import Browser, Page
from sandbox.slack.sandbox import SlackSandbox
from sandbox.slack.tenant import Tenant
from sandbox.slack.uploads import File
from sandbox.slack.views import View

__all__ = [
    "Browser",
    "Change",
    "File",
    "Identity",
    "Message",
    "Outcome",
    "Page",
    "SlackSandbox",
    "Switches",
    "Tenant",
    "View",
]
