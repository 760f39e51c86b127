"""Links on the page: presses in cards, the pane beside the messages, and what a draft shows."""

from typing import Any

from aiohttp import web

from sandbox.slack import Outcome, SlackSandbox
from sandbox.slack.page.answers import Body, Refused, needed, optional, read_body
from sandbox.slack.page.viewers import Viewers
from sandbox.slack.unfurling.shared import Pane

PATIENCE = 3.0
"""Real seconds that the page waits for the app."""


class Links:
    """The POST routes of links."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Act in this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)

    async def press(self, request: web.Request) -> web.Response:
        """POST {user, channel, ts, url, action_id, value}: a button of a card."""
        body = await read_body(request)
        user, url = self._user(body), needed(body, "url")
        message = self._viewers.message(user, needed(body, "channel"), needed(body, "ts"))
        try:
            outcome = await self._slack.links.press(
                message,
                url,
                action_id=needed(body, "action_id"),
                user=user,
                value=optional(body, "value"),
            )
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None
        return _done(outcome)

    async def pane(self, request: web.Request) -> web.Response:
        """POST {user, channel, ts, url}: open the pane; answers {entity, error}."""
        body = await read_body(request)
        user, url = self._user(body), needed(body, "url")
        message = self._viewers.message(user, needed(body, "channel"), needed(body, "ts"))
        try:
            shown = await self._slack.links.open_pane(message, url, user=user)
            found = shown or await self._slack.until(
                lambda: self._slack.links.pane(url, user=user), timeout=PATIENCE
            )
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None
        except TimeoutError:
            raise Refused("The app did not say anything about this.", status=200) from None
        return web.json_response(_shown(found))

    async def press_in_pane(self, request: web.Request) -> web.Response:
        """POST {user, url, text}: a button of an open pane."""
        body = await read_body(request)
        user, url, text = self._user(body), needed(body, "url"), needed(body, "text")
        try:
            outcome = await self._slack.links.press_in_pane(url, text=text, user=user)
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None
        return _done(outcome)

    async def compose(self, request: web.Request) -> web.Response:
        """POST {user, text}: what somebody is writing; answers {cards} as its writer sees them."""
        body = await read_body(request)
        user, text = self._user(body), needed(body, "text")
        unfurl_id, outcome = await self._slack.links.compose(text, user=user)
        cards: dict[str, Any] = {}
        if outcome.deliveries:
            try:
                cards = await self._slack.until(
                    lambda: self._slack.links.drafted(unfurl_id), timeout=PATIENCE
                )
            except TimeoutError:
                cards = {}
        return web.json_response({"cards": list(cards.values())})

    def _user(self, body: Body) -> str:
        return self._viewers.person(needed(body, "user")).id


def _shown(pane: Pane | None) -> dict[str, Any]:
    assert pane is not None
    return {"entity": pane.entity, "error_shown": pane.error}


def _done(outcome: Outcome) -> web.Response:
    if outcome.error:
        raise Refused(f'The app did not answer as it should: "{outcome.error}".', status=200)
    return web.json_response({"outcome": {"status": outcome.status}})
