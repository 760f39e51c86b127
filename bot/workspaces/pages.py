"""What a browser shows on the way into a workspace. Nothing that was sent is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from slack_bolt.response import BoltResponse

from bot.workspaces.model import Installation

STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:12vh auto;padding:0 1em;"
    "color:#1d1c1d;background:#fff}h1{font-size:1.4em}a{color:#1264a3}"
    "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#5db3ff}}"
)
CONTENT_TYPE: Final = "text/html; charset=utf-8"
AGAIN: Final = "Start again"
FAILURES: Final[Mapping[str, tuple[str, str]]] = {
    "access_denied": (
        "Flowbot was not installed",
        "You cancelled it in Slack, so nothing has changed.",
    ),
    "invalid_browser": (
        "This link belongs to another browser",
        "Open the install page in the browser in which you will press Allow, and keep cookies on.",
    ),
    "invalid_state": (
        "This link has expired",
        "It is good once, for ten minutes. Is Flowbot in your workspace by now? Then all is done.",
    ),
    "missing_code": (
        "Slack sent no code along",
        "Please open the install page, not this address.",
    ),
    "invalid_code": (
        "Slack did not confirm the installation",
        "Its code may have expired, or Slack is not reachable at the moment.",
    ),
    "stranger": (
        "This Flowbot is not open to your workspace",
        "Nothing was kept. Ask whoever runs it to let your workspace in, then install it again.",
    ),
    "not_kept": (
        "Flowbot could not write it down",
        "Its database does not answer at the moment. Try again in a minute.",
    ),
    "too_many": (
        "Too many installations at once",
        "Try again in ten minutes.",
    ),
    "invalid_team_for_non_distributed_app": (
        "This app is not open to other workspaces yet",
        "Whoever runs Flowbot has to activate its public distribution at Slack.",
    ),
    "scope_not_allowed_on_enterprise": (
        "Your organisation does not allow this app's rights",
        "Ask an admin of your Slack organisation.",
    ),
    "unapproved_scope": (
        "Your organisation has not approved this app yet",
        "Ask an admin of your Slack organisation to approve it.",
    ),
    "cannot_install_an_org_installed_app": (
        "Flowbot is installed for your whole organisation",
        "An admin of the organisation can add it to your workspace.",
    ),
}
"""By Bolt's reason or by Slack's word: the heading, and what to do."""
UNKNOWN: Final = (
    "Flowbot could not be installed",
    "Slack ended it. Try again; if it stays, tell whoever runs Flowbot.",
)


@dataclass(frozen=True, slots=True)
class InstallPages:
    """The pages; `install_path` is where to begin again."""

    install_path: str

    def install(self, slack_url: str) -> str:
        """Return the page that leads to Slack's own."""
        return _html(
            "Add Flowbot to Slack",
            "Reports, runs, webinars, exports, field analytics and digests in your channels. "
            "Slack shows what Flowbot may do before you decide.",
            (slack_url, "Add to Slack"),
        )

    def installed(self, one: Installation) -> BoltResponse:
        """Return the page after the last step."""
        if one.is_org_wide:
            profile = f"{one.workspace}/integrations/profile/{one.app_id}"
            link = f"https://app.slack.com/manage/{profile}/workspaces/add"
            text = f"Flowbot is installed for {one.name}, but in no workspace yet."
            return _page(_html("One step is left", text, (link, "Add it to workspaces")), 200)
        text = (
            f"Flowbot is in {one.name}. Invite it to a channel with /invite @Flowbot, then "
            "type /flow help."
        )
        link = f"https://app.slack.com/client/{one.workspace}"
        return _page(_html("You're all set", text, (link, "Open Slack")), 200)

    def failed(self, why: str, *, status: int) -> BoltResponse:
        """Return the page for what went wrong, by a word of ours, Bolt's or Slack's."""
        heading, text = FAILURES.get(why, UNKNOWN)
        return _page(_html(heading, text, (self.install_path, AGAIN)), status)


def _html(heading: str, text: str, link: tuple[str, str]) -> str:
    address, label = link
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(heading)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(heading)}</h1><p>{escape(text)}</p>"
        f'<p><a href="{escape(address)}">{escape(label)}</a></p></body></html>'
    )


def _page(html: str, status: int) -> BoltResponse:
    return BoltResponse(status=status, body=html, headers={"Content-Type": CONTENT_TYPE})
