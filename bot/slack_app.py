"""The Bolt app: signatures, identity, and the services put where handlers can name them."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.asking.forms import Forms
from bot.asking.question import QuestionKinds
from bot.clock import Clock
from bot.errors import BotError, NotKeptError, SlackError, SlackUnreachableError
from bot.feature import Switches
from bot.jobs.admission import Admission
from bot.jobs.inbox import Inbox
from bot.jobs.tasks import Tasks
from bot.outbox.rules import backoff
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.people import Home
from bot.slack.refusals import RefusalKind, kind_of
from bot.store.opening import DatabaseAwayError
from bot.workspaces.installations import NOT_INSTALLED

T = TypeVar("T")
PATIENCE_SECONDS = 600.0
LONGEST_PAUSE = 30.0
UNTIL_ANSWERED = "until_answered"
"""In the context of a request: a stack that is closed once it is answered."""
OnWait = Callable[[BotError, float], None]
"""Told why something has to be waited for, and for how many seconds."""


class Services:
    """What handlers may use: the door for requests, and what their forms need."""

    def __init__(
        self,
        inbox: Inbox,
        tasks: Tasks,
        kinds: QuestionKinds,
        forms: Forms,
        admission: Admission,
        directory: Directory,
        switches: Switches,
        more: Iterable[object],
    ) -> None:
        """Hold these; `more` are the features' own, found by their class."""
        self.inbox = inbox
        self.tasks = tasks
        self.kinds = kinds
        self.forms = forms
        self.admission = admission
        self.directory = directory
        self.switches = switches
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
    team: str
    url: str
    enterprise_id: str = ""
    is_enterprise_install: bool = False
    scopes: frozenset[str] = frozenset()

    @property
    def workspace(self) -> str:
        """What our rows are of: the workspace, or the whole organisation if installed there."""
        return self.enterprise_id if self.is_enterprise_install else self.team_id

    @property
    def home(self) -> Home:
        """The workspace that is ours."""
        return Home(self.team_id, self.enterprise_id, self.user_id)


def note_waiting(error: BotError, seconds: float) -> None:
    """Write a line that Slack, or the database, is waited for."""
    event = "waiting_for_database" if isinstance(error, DatabaseAwayError) else "waiting_for_slack"
    log.get().warning(event, why=str(error), again_in_seconds=round(seconds))


async def patiently(
    ask: Callable[[], Awaitable[T]], clock: Clock, *, waiting: OnWait = note_waiting
) -> T:
    """Return what Slack or the database answers, asked again for ten minutes while it is away.

    Slack is also waited for while it is busy. Raises SlackError where it refuses, and the error of
    what is away after that time.
    """
    waited = 0.0
    for attempt in count(1):
        try:
            return await ask()
        except (SlackError, SlackUnreachableError, DatabaseAwayError) as error:
            pause = _pause(error, attempt)
            if pause is None or waited + pause > PATIENCE_SECONDS:
                raise
            waiting(error, pause)
            await clock.sleep(pause)
            waited += pause
    raise AssertionError


def _pause(
    error: SlackError | SlackUnreachableError | DatabaseAwayError, attempt: int
) -> float | None:
    """Return how long to wait before asking again, or None where that is of no use."""
    seconds = min(backoff(attempt), LONGEST_PAUSE)
    if not isinstance(error, SlackError):
        return seconds
    if kind_of(error.code) in {RefusalKind.LATER, RefusalKind.UNSURE}:
        return max(seconds, error.retry_after or 0.0)
    return error.retry_after


async def identify(slack: Slack) -> Identity:
    """Ask Slack who the token belongs to. Raises SlackError and SlackUnreachableError."""
    answer = await slack.call("auth.test")
    scopes = str(answer["headers"].get("x-oauth-scopes", ""))
    return Identity(
        team_id=answer.get("team_id", ""),
        user_id=answer.get("user_id", ""),
        bot_id=answer.get("bot_id", ""),
        name=answer.get("user", "flowbot"),
        team=answer.get("team", ""),
        url=answer.get("url", ""),
        enterprise_id=answer.get("enterprise_id") or "",
        is_enterprise_install=bool(answer.get("is_enterprise_install")),
        scopes=frozenset(part.strip() for part in scopes.split(",") if part.strip()),
    )


Authorize = Callable[..., Awaitable[AuthorizeResult | None]]
"""Says by which token Bolt works for the workspace of a request."""
ServicesOf = Callable[[AsyncBoltContext], AbstractAsyncContextManager[Services]]
"""Gives the services of the workspace that a request's context names, for as long as it takes.

It raises LookupError where Flowbot is not installed there.
"""


class _AsyncApp(AsyncApp):
    """Bolt's app, with something in each request's context that ends once it is answered.

    A middleware alone has ended when its listener begins.
    """

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Return the answer to a request."""
        async with AsyncExitStack() as until_answered:
            req.context[UNTIL_ANSWERED] = until_answered
            return await super().async_dispatch(req)


class _Provide(AsyncMiddleware):
    """Puts the services where Bolt and the boundary find them by name, until there is an answer.

    A class, as Bolt gathers some thirty arguments for each call of a function.
    """

    def __init__(self, services: ServicesOf) -> None:
        self._services = services

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  # Bolt's name
    ) -> BoltResponse:
        until_answered: AsyncExitStack = req.context[UNTIL_ANSWERED]
        try:
            services = await until_answered.enter_async_context(self._services(req.context))
        except LookupError:  # of an event that needs no token, as that of a second farewell
            return BoltResponse(status=200, body=NOT_INSTALLED)
        req.context["services"] = services
        await next()
        return resp


async def _explain(error: Exception, body: dict[str, Any]) -> BoltResponse | None:
    """Answer what broke before a listener began: nothing could be read or written down.

    Slack sends an event again; a person reads why. Anything else is a bug.
    """
    if isinstance(error, NotKeptError):
        is_event = body.get("type") == "event_callback"
        return BoltResponse(status=503) if is_event else BoltResponse(status=200, body=str(error))
    log.get().error("request_broke", exc_info=error)
    return None


def build_app(
    *,
    client: AsyncWebClient,
    authorize: Authorize,
    services: ServicesOf,
    register: Callable[[AsyncApp], None],
) -> AsyncApp:
    """Return the app with everything that `register` adds, for all workspaces of the process.

    `process_before_response` spares Bolt's polling of 10 ms; it means that a listener may only
    parse, write one row and acknowledge. What `authorize` says is all there is to it: no request
    asks auth.test. What comes over HTTP is dispatched by the door alone, which has verified it by
    then.
    """
    bolt_log = logging.getLogger("bolt")
    bolt_log.setLevel(logging.ERROR)  # it finds SLACK_BOT_TOKEN by itself and warns of not using it
    app = _AsyncApp(
        name="flowbot",
        logger=bolt_log,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        client=client,
        attaching_function_token_enabled=False,  # steps are told of with our own
        authorize=authorize,  # type: ignore[arg-type]  # None is for a stranger, and Bolt's too
        process_before_response=True,
        user_facing_authorize_error_message=NOT_INSTALLED,
    )
    bolt_log.setLevel(logging.WARNING)
    app.error(_explain)
    app.use(_Provide(services))
    register(app)
    return app
