"""The Bolt app: signatures, identity, and the services put where handlers can name them."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.asking.forms import Forms
from bot.asking.question import QuestionKinds
from bot.clock import Clock
from bot.errors import SlackUnreachableError
from bot.jobs.inbox import Inbox
from bot.jobs.tasks import Tasks
from bot.outbox.rules import backoff
from bot.slack.client import Slack

T = TypeVar("T")
IDENTIFY_ATTEMPTS = 6
"""With the pauses between them about a minute."""


class Services:
    """What handlers may use: the door for requests, and what their forms need."""

    def __init__(
        self, inbox: Inbox, tasks: Tasks, kinds: QuestionKinds, forms: Forms, more: Iterable[object]
    ) -> None:
        """Hold these; `more` are the features' own, found by their class."""
        self.inbox = inbox
        self.tasks = tasks
        self.kinds = kinds
        self.forms = forms
        self._by_class = {type(each): each for each in (forms, *more)}

    def of(self, service: type[T]) -> T:
        """Return the service of a class. Raises LookupError for one that nobody made."""
        found = self._by_class[service]
        assert isinstance(found, service)
        return found


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


class _Provide(AsyncMiddleware):
    """Puts the services where Bolt and the boundary find them by name.

    A class, as Bolt gathers some thirty arguments for each call of a function.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  # Bolt's name
    ) -> BoltResponse:
        req.context["services"] = self._services
        await next()
        return resp


def build_app(
    *,
    slack: Slack,
    identity: Identity,
    services: Services,
    register: Callable[[AsyncApp], None],
) -> AsyncApp:
    """Return the app with everything that `register` adds.

    `process_before_response` spares Bolt's polling of 10 ms; it means that a listener may only
    parse, write one row and acknowledge. The identity is given, so no request asks auth.test. What
    comes over HTTP is dispatched by the door alone, which has verified it by then.
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

    bolt_log = logging.getLogger("bolt")
    bolt_log.setLevel(logging.ERROR)  # it finds SLACK_BOT_TOKEN by itself and warns of not using it
    app = AsyncApp(
        name="flowbot",
        logger=bolt_log,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        client=slack.for_bolt(),
        authorize=authorize,
        process_before_response=True,
    )
    bolt_log.setLevel(logging.WARNING)
    app.use(_Provide(services))
    register(app)
    return app
