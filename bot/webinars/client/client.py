"""FLOW webinars: events, registrations, reports and rooms (its help page "Flow API 0.0.4")."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Final, TypeVar, Unpack

from pydantic import SecretStr

from bot.clock import Clock
from bot.http.addresses import path_segment
from bot.http.client import ClientOptions, VendorClient
from bot.http.coalescing import Coalescer
from bot.http.connection import Connection
from bot.http.credentials import SecretHeader
from bot.http.fields import Rows
from bot.http.service_check import ServiceCheck
from bot.tables.columns import TextTable
from bot.webinars.client import reports, wire
from bot.webinars.client.wire import unwrapped
from bot.webinars.model import (
    ATTENDEE_CHAT,
    FLOW,
    OPERATOR_CHAT,
    REGISTRANTS,
    CompiledReport,
    CreatedEvent,
    Event,
    NewEvent,
    NewRegistration,
    Operator,
    Registrant,
    Registration,
    Room,
    Survey,
)
from bot.webinars.settings import FlowAppSettings

T = TypeVar("T")

BASE_URL = "https://prod.flowapp.com"
ROOT = "api/v1"
SESSIONS = f"{ROOT}/events/sessions"
REPORTS = f"{ROOT}/reports/events/sessions"
CSV_REPORTS: Final = {
    REGISTRANTS: "registrants",
    ATTENDEE_CHAT: "attendeeChat",
    OPERATOR_CHAT: "operatorChat",
}
"""Our names of the plain CSV reports and the vendor's."""
SEPARATOR: Final = "*_*"
"""Between e-mail, first and last name in the address of a room's sign-on."""


class FlowApp(VendorClient):
    """FLOW's API with one account's secret.

    Questions that are the same within some seconds are asked once; CSV reports are not kept and are
    asked for each time.
    """

    vendor = FLOW
    inner_status = staticmethod(wire.inner_status)
    reason = staticmethod(wire.reason)

    def __init__(
        self,
        api_secret: SecretStr,
        *,
        base_url: str = BASE_URL,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Prepare the connections; nothing is sent yet."""
        super().__init__(**options)
        self._http = self._connect(base_url, secrets=[SecretHeader("api-secret", api_secret)])
        self._shared = Coalescer[Any](self._clock)

    async def check(self) -> ServiceCheck:
        """Ask for the events that go on now, the shortest of FLOW's lists; it names no account."""
        answer = await self._http.call(
            "GET", SESSIONS, safe=True, params={"period": "current"}, patient=False
        )
        await answer.read(unwrapped(wire.events))
        return ServiceCheck()

    async def events(self, period: str | None = None, *, analytics: bool = False) -> Rows[Event]:
        """Return the events of a period (one of PERIODS), or all; with the vendor's own figures."""
        # The vendor's table says `periodName`, its sample `period`; the sample is known to work.
        asked = {"period": period} if period else {}
        more = {"simple_analytics": "1"} if analytics else {}
        return await self._ask(SESSIONS, wire.events, params={**asked, **more})

    async def event(self, token: str) -> Event:
        """Return one event as the account sees it, with its feedback questions."""
        return await self._ask(f"{SESSIONS}/{_part(token)}", wire.event)

    async def public_event(self, token: str) -> Event:
        """Return one event as everybody sees it."""
        parse = partial(wire.public_event, token=token)
        return await self._ask(f"{SESSIONS}/public/{_part(token)}", parse)

    async def registrants(self, token: str) -> Rows[Registrant]:
        """Return everybody registered for an event; hosts may be among them."""
        return await self._ask(f"{REPORTS}/registrants/{_part(token)}", wire.registrants)

    async def operators(self) -> tuple[Operator, ...]:
        """Return those who may run events of this account."""
        return await self._ask(f"{ROOT}/users", wire.operators)

    async def surveys(self, token: str) -> tuple[Survey, ...]:
        """Return the surveys of an event."""
        return await self._ask(f"{REPORTS}/surveys/{_part(token)}", wire.surveys)

    async def rooms(self, account_token: str) -> tuple[Room, ...]:
        """Return the rooms of the account; its token comes with each operator."""
        return await self._ask(f"{ROOT}/rooms/lookup/{_part(account_token)}", wire.rooms)

    async def compiled_report(self, token: str) -> CompiledReport:
        """Return the four reports on a past event that come in one answer."""
        return await self._get(
            f"{REPORTS}/csv/summary/{_part(token)}", unwrapped(reports.compiled_report)
        )

    async def csv_report(self, token: str, kind: str) -> TextTable:
        """Return a CSV report on a past event; `kind` is a key of CSV_REPORTS."""
        return await self._table(f"{REPORTS}/csv/{CSV_REPORTS[kind]}/{_part(token)}")

    async def survey_report(self, token: str, survey_id: int) -> TextTable:
        """Return what people answered to one survey."""
        return await self._table(f"{REPORTS}/csv/surveyDetail/{_part(token)}/{survey_id}")

    async def register(self, new: NewRegistration) -> Registration:
        """Register a person and return the personal link; never repeated by itself."""
        body = {
            "email": new.email,
            "firstName": new.first_name,
            "lastName": new.last_name,
            "eventSessionToken": new.token,
        }
        answer = await self._http.call("POST", f"{ROOT}/registrants", safe=False, json=body)
        return await answer.read(wire.registration)

    async def create_event(self, new: NewEvent) -> CreatedEvent:
        """Create an event; never repeated by itself. Any yes counts, as its body is unknown."""
        answer = await self._http.call("POST", f"{ROOT}/event", safe=False, json=event_body(new))
        return await answer.read(unwrapped(wire.created_event), load=wire.created_body)

    async def sign_on(
        self, room_id: int, *, email: str, first_name: str, last_name: str
    ) -> Registration:
        """Return a personal link into a room; never repeated, as this GET registers the person."""
        names = (_between(email), _between(first_name), _between(last_name))
        path = f"{ROOT}/rooms/register/{room_id}/{SEPARATOR.join(map(_part, names))}"
        answer = await self._http.call("GET", path, safe=False)
        return await answer.read(wire.registration)

    async def _ask(
        self, path: str, parse: Callable[[Any], T], *, params: Mapping[str, str] | None = None
    ) -> T:
        key = (path, *sorted((params or {}).items()))
        fetch = partial(self._get, path, unwrapped(parse), params=params)
        result: T = await self._shared.ask(key, fetch)
        return result

    async def _get(
        self, path: str, parse: Callable[[Any], T], *, params: Mapping[str, str] | None = None
    ) -> T:
        answer = await self._http.call("GET", path, safe=True, params=params)
        return await answer.read(parse)

    async def _table(self, path: str) -> TextTable:
        any_text = {"Accept": "text/csv, application/json, */*"}
        answer = await self._http.call("GET", path, safe=True, headers=any_text)
        return await reports.table(answer)


def event_body(new: NewEvent) -> dict[str, Any]:
    """Return the JSON that creates an event; what was left open is left out."""
    optional = {
        "published": new.published,
        "duration": new.duration,
        "earlyAccessPeriod": new.early_access_minutes,
        "videoRecord": new.recorded,
        "onDemandReplays": new.replays,
    }
    return {
        "creatorID": new.creator_id,
        "title": new.title,
        "description": new.description,
        "date": new.date.isoformat(),
        "time": new.time.strftime("%H:%M:%S"),
        "timezone": new.timezone,
        "operators": [
            {
                "id": host.id,
                "role": host.role,
                "micEnabled": host.microphone,
                "camEnabled": host.camera,
                "screenSharingEnabled": host.screen_sharing,
            }
            for host in new.hosts
        ],
        **{name: value for name, value in optional.items() if value is not None},
    }


def _part(value: str) -> str:
    return path_segment(FLOW, value)


def _between(value: str) -> str:
    """Return a name that cannot be taken for two; one nobody gave becomes a dash.

    No asterisk is left: "A*" before the separator would read as its beginning.
    """
    words = value.replace(SEPARATOR, " ").replace("*", " ")
    return " ".join(words.split()).strip(". ") or "-"


async def open_flowapp(
    settings: FlowAppSettings, clock: Clock, stack: AsyncExitStack
) -> Connection[FlowApp]:
    """Return the connection to FLOW, closed with the stack; off without a secret."""
    client = None
    if settings.api_secret is not None:
        client = FlowApp(
            settings.api_secret,
            clock=clock,
            at_home=settings.is_of_a_workspace,
            base_url=settings.base_url,
        )
    return await Connection.opened(FLOW, client, stack, at_home=settings.is_of_a_workspace)
