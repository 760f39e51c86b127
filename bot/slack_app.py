"""The Bolt app: signatures, identity, and the services put where handlers can name them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.clients.slack import Slack
from bot.clock import Clock
from bot.core.delivery import backoff
from bot.errors import SlackUnreachableError
from bot.services.forms import Forms
from bot.services.inbox import Inbox
from bot.services.run_forms import RunForms

IDENTIFY_ATTEMPTS = 6
"""With the pauses between them about a minute."""


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers may use: the door for wishes, and the forms that cannot wait for a job."""

    inbox: Inbox
    forms: Forms
    runs: RunForms


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, as auth.test said."""

    team_id: str
    user_id: str
    bot_id: str
    name: str
    scopes: frozenset[str] = frozenset()


async def identify(
    slack: Slack, clock: Clock, *, waiting: Callable[[], None] = lambda: None
) -> Identity:
    """Ask Slack who the token belongs to, patiently while it cannot be reached.

    Raises SlackError when the token is refused, SlackUnreachableError after all attempts.
    """
    for attempt in range(1, IDENTIFY_ATTEMPTS):
        try:
            return _identity(await slack.call("auth.test"))
        except SlackUnreachableError:
            waiting()
            await clock.sleep(backoff(attempt))
    return _identity(await slack.call("auth.test"))


def _identity(answer: Mapping[str, Any]) -> Identity:
    scopes = str(answer["headers"].get("x-oauth-scopes", ""))
    return Identity(
        team_id=answer.get("team_id", ""),
        user_id=answer.get("user_id", ""),
        bot_id=answer.get("bot_id", ""),
        name=answer.get("user", "flowbot"),
        scopes=frozenset(part.strip() for part in scopes.split(",") if part.strip()),
    )


def build_app(
    *,
    slack: Slack,
    identity: Identity,
    signing_secret: str,
    services: Services,
    register: Callable[[AsyncApp], None],
) -> AsyncApp:
    """Return the app with everything that `register` adds.

    `process_before_response` spares Bolt's polling of 10 ms; it means that a listener may only
    parse, write one row and acknowledge. The identity is given, so no request asks auth.test.
    """
    authorized = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team_id,
        bot_user_id=identity.user_id,
        bot_id=identity.bot_id,
        bot_token=slack.token,
    )

    async def authorize(**_: Any) -> AuthorizeResult:
        return authorized

    app = AsyncApp(
        name="flowbot",
        signing_secret=signing_secret,
        client=slack.for_bolt(),
        authorize=authorize,
        process_before_response=True,
    )

    async def with_services(context: Any, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002  # Bolt's name
        context["services"] = services
        await next()

    app.use(with_services)
    register(app)
    return app
