"""SaferMe: field reports and their analytics (saferme.github.io/saferme-api-docs, API v4)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Any, TypeVar, Unpack

from bot.clock import Clock
from bot.errors import VendorError
from bot.fieldreports.client import wire
from bot.fieldreports.client.members import Members
from bot.fieldreports.client.reader import Reader
from bot.fieldreports.client.session import (
    APP_ID,
    PATH,
    Login,
    Session,
    TokenKeeper,
    Tokens,
    headers_of,
    hidden_of,
)
from bot.fieldreports.client.wire import listed
from bot.fieldreports.model import (
    AWARENESS_FIGURES,
    READ_FIGURES,
    SAFERME,
    Awareness,
    Category,
    Channel,
    ChoiceCount,
    FieldForm,
    HourCount,
    ReadFigures,
    ReportBucket,
    ReportImage,
    ReportSpan,
    ReportState,
    StateCount,
    Team,
    TeamMember,
    UserCount,
    WeekdayCount,
)
from bot.fieldreports.settings import SaferMeSettings
from bot.http.client import ClientOptions, VendorClient
from bot.http.connection import Connection
from bot.http.content import ContentKind
from bot.http.exchange import HttpLimits
from bot.http.fields import iso_instant
from bot.http.service_check import ServiceCheck
from bot.http.streaming import Download

T = TypeVar("T")

BASE_URL = "https://api.safer.me"
NOWHERE = TokenKeeper()
BRIEF = HttpLimits(read=5.0, attempt=5.0)
"""While settings are tried somebody waits."""
NAMES = "first_name,last_name,email"
"""A team's members come without names unless these are asked for."""
CATEGORY = "name,label_name,parent_id,position"
"""Without these a category is a number alone."""


class SaferMe(VendorClient):
    """SaferMe's API with one account's session.

    The same question within some seconds is asked once. A session that has ended is refreshed or
    begun anew by itself; each new pair of tokens is kept before it is used. The detail of a 403
    begins with one of the codes of `wire.refusal_text`.
    """

    vendor = SAFERME
    describe = staticmethod(wire.refusal_text)

    def __init__(
        self,
        *,
        tokens: Tokens | None = None,
        login: Login | None = None,
        keeping: TokenKeeper = NOWHERE,
        team_id: int | None = None,
        base_url: str = BASE_URL,
        download_hosts: Iterable[str] = (),
        **options: Unpack[ClientOptions],
    ) -> None:
        """Prepare the connections; nothing is sent yet. `team_id` puts a team into context."""
        super().__init__(**options)
        self._team_id = team_id
        hidden = hidden_of(tokens) + ((login.password,) if login else ())
        self._session = Session(
            self._connect(base_url, headers={"X-AppId": APP_ID}, hidden=hidden),
            self._clock,
            tokens=tokens,
            login=login,
            keeping=keeping,
            use=self._use,
        )
        self._http = self._connect(
            base_url,
            secrets=headers_of(tokens),
            headers={"X-AppId": APP_ID} | _context(team_id),
            download_hosts=download_hosts,
            renew=self._session.renew_for_question,
            hidden=hidden,
        )
        self._closing.push_async_callback(self._session.aclose)
        self._read = Reader(self._http, self._session, self._clock)
        self._members = Members(self._some_people, self._clock)

    async def check(self) -> ServiceCheck:
        """Ask for the session itself, which the vendor shows without its tokens."""
        await self._session.ready()
        answer = await self._http.call("GET", PATH, safe=True, patient=False)
        return ServiceCheck(ends_at=await answer.read(wire.session_ends))

    async def renew(self) -> bool:
        """Replace the session's tokens now; return False where there is nothing to do it with."""
        return await self._session.renew()

    async def teams(self) -> tuple[Team, ...]:
        """Return the teams that the account belongs to."""
        return await self._read.every("teams", wire.team)

    async def channels(self, *, operable: bool = False) -> tuple[Channel, ...]:
        """Return the team's channels by name, or only those whose reports the account runs."""
        more = {"only_operable_by_me": "true"} if operable else {}
        return await self._read.every("channels", wire.channel, params={**self._team(), **more})

    async def forms(self) -> tuple[FieldForm, ...]:
        """Return the team's forms with their fields."""
        return await self._read.every("forms", wire.form, params=self._team())

    async def form(self, form_id: int) -> FieldForm:
        """Return one form; its number is probably the channel's."""
        return await self._read.one(f"forms/{form_id}", wire.one_form)

    async def states(self, channel_id: int) -> tuple[ReportState, ...]:
        """Return the states that reports of a channel can be in."""
        params = {"channel_id": str(channel_id)}
        return await self._read.every("report_states", wire.state, params=params)

    async def categories(self, channel_id: int) -> tuple[Category, ...]:
        """Return what can be chosen in a channel's fields of the kind Category."""
        path = f"channels/{channel_id}/categories"
        return await self._read.every(path, wire.category, params={"fields": CATEGORY})

    async def people(self, team_id: int, user_ids: Sequence[int]) -> dict[int, TeamMember]:
        """Return the team's members among these users; who has left is missing from it."""
        return await self._members.named(team_id, user_ids)

    async def images(self, asked: ReportSpan) -> tuple[ReportImage, ...]:
        """Return the pictures of reports; their addresses expire, so fetch them soon."""
        return await self._count("reports_images", asked, listed(wire.image))

    async def over_time(self, asked: ReportSpan) -> tuple[ReportBucket, ...]:
        """Return counts in buckets whose width the vendor chooses; empty ones may be missing."""
        return await self._count("reports_over_time", asked, listed(wire.bucket))

    async def by_choice(self, asked: ReportSpan, field_id: int) -> tuple[ChoiceCount, ...]:
        """Return counts by the choices of a selectable form field."""
        return await self._count(
            "reports_per_field_selection",
            asked,
            listed(wire.choice_count),
            more={"field_id": str(field_id)},
        )

    async def by_state(self, asked: ReportSpan) -> tuple[StateCount, ...]:
        """Return counts by report state."""
        return await self._count("reports_per_state", asked, listed(wire.state_count))

    async def by_user(self, asked: ReportSpan) -> tuple[UserCount, ...]:
        """Return counts by the number of a user; `people` knows their names."""
        return await self._count("reports_per_user", asked, listed(wire.user_count))

    async def by_hour(self, asked: ReportSpan) -> tuple[HourCount, ...]:
        """Return counts by hour of the day; empty ones may be missing."""
        return await self._count("reports_per_day_hour", asked, listed(wire.hour_count))

    async def by_weekday(self, asked: ReportSpan) -> tuple[WeekdayCount, ...]:
        """Return counts by weekday; empty ones may be missing."""
        return await self._count("reports_per_week_day", asked, listed(wire.weekday_count))

    async def reads(self, asked: ReportSpan, figures: Sequence[str] = READ_FIGURES) -> ReadFigures:
        """Return how much the reports were read; `figures` are some of READ_FIGURES."""
        more = {"fields": ",".join(figures)}
        return await self._count("reports_read", asked, wire.read_figures, more=more)

    async def awareness(
        self, asked: ReportSpan, figures: Sequence[str] = AWARENESS_FIGURES
    ) -> tuple[Awareness, ...]:
        """Return who was alerted to what; `figures` are some of AWARENESS_FIGURES."""
        more = {"fields": ",".join(figures)}
        return await self._count("user_awareness", asked, listed(wire.awareness), more=more)

    def picture(self, url: str) -> AbstractAsyncContextManager[Download]:
        """Open a picture by its address; content that is no picture is refused."""
        return self._http.open_download(url, kind=ContentKind.IMAGE)

    async def leave(self) -> None:
        """End a session that was begun here; one that cannot be ended ends by itself."""
        with suppress(VendorError):
            await self._session.leave()

    def _use(self, tokens: Tokens) -> None:
        self._http.replace_secrets(headers_of(tokens), hidden=hidden_of(tokens))

    def _team(self) -> dict[str, str]:
        return {"team_id": str(self._team_id)} if self._team_id else {}

    async def _some_people(self, team_id: int, user_ids: Sequence[int]) -> tuple[TeamMember, ...]:
        # The filter is a repeated name, which a mapping of parameters cannot hold.
        ids = "&".join(f"user_ids[]={one}" for one in user_ids)
        path = f"teams/{team_id}/team_users?{ids}"
        return await self._read.every(path, wire.person, params={"fields": NAMES})

    async def _count(
        self,
        name: str,
        asked: ReportSpan,
        parse: Callable[[Any], T],
        *,
        more: Mapping[str, str] | None = None,
    ) -> T:
        params = {
            "channel_id": str(asked.channel_id),
            "start_date": iso_instant(asked.start),
            "end_date": iso_instant(asked.end),
            **(more or {}),
        }
        headers = _context(asked.team_id or self._team_id)
        return await self._read.one(f"analytics/{name}", parse, params=params, headers=headers)


def _context(team_id: int | None) -> dict[str, str]:
    """Return the header that puts a team into context, where one is known."""
    return {"X-TeamId": str(team_id)} if team_id else {}


async def open_saferme(
    settings: SaferMeSettings,
    clock: Clock,
    stack: AsyncExitStack,
    *,
    tokens: Tokens | None,
    keeping: TokenKeeper = NOWHERE,
    limits: HttpLimits = SaferMe.limits,
) -> Connection[SaferMe]:
    """Return the connection to SaferMe, closed with the stack; off without account and tokens.

    `tokens` is the pair to begin with; `keeping` is where each one that takes its place is kept.
    """
    login = None
    if settings.email and settings.password:
        login = Login(settings.email, settings.password)
    client = None
    if login is not None or tokens is not None:
        client = SaferMe(
            clock=clock,
            at_home=settings.is_of_a_workspace,
            limits=limits,
            tokens=tokens,
            login=login,
            keeping=keeping,
            team_id=settings.team_id,
            base_url=settings.base_url,
            download_hosts=settings.download_hosts.split(","),
        )
    return await Connection.opened(SAFERME, client, stack, at_home=settings.is_of_a_workspace)


async def try_saferme(
    settings: SaferMeSettings, clock: Clock, stack: AsyncExitStack
) -> Connection[SaferMe]:
    """Return a connection to try settings with, closed with the stack.

    A pair of tokens is used as it is and never replaced, as that would kill it; a session that is
    begun with an account is ended again.
    """
    tokens = Tokens(settings.access_token) if settings.access_token else None
    saferme = await open_saferme(settings, clock, stack, tokens=tokens, limits=BRIEF)
    if saferme.is_on:
        stack.push_async_callback(saferme.client.leave)
    return saferme
