"""giosg: website workflows and the raw events behind their steps (docs.giosg.com)."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar, Unpack

from pydantic import SecretStr

from bot.clock import Clock
from bot.http.addresses import path_segment
from bot.http.client import ClientOptions, VendorClient
from bot.http.coalescing import Coalescer
from bot.http.connection import Connection
from bot.http.content import ContentKind
from bot.http.credentials import SecretHeader
from bot.http.exchange import HttpLimits
from bot.http.fields import iso_instant
from bot.http.service_check import ServiceCheck
from bot.http.shared_downloads import SharedDownloads
from bot.http.streaming import Download
from bot.tables.columns import TextTable
from bot.workflows import wire
from bot.workflows.model import (
    CSV,
    GIOSG,
    XLSX,
    ChartQuestion,
    Filter,
    Owner,
    Sidedata,
    SourceQuestion,
    StepQuestion,
    Workflow,
    WorkflowInfo,
)
from bot.workflows.settings import GiosgSettings

T = TypeVar("T")

BASE_URL = "https://api.giosg.com"
SERVICE_URL = "https://service.giosg.com"
KINDS: Final = {CSV: ContentKind.CSV, XLSX: ContentKind.WORKBOOK}
MOST_PAGES = 100


class Giosg(VendorClient):
    """giosg's reporting API with one user's token; it only reads.

    The detail of an error begins with one of the codes of `wire.refusal_text` where one status has
    several meanings. Trailing slashes of the addresses are there or not exactly as the vendor's
    pages have them.
    """

    vendor = GIOSG
    limits = HttpLimits(largest_download=16 * 1024**3)
    """An export may be larger than a file in Slack, as it can come compressed or in parts."""
    describe = staticmethod(wire.refusal_text)

    def __init__(
        self,
        api_token: SecretStr,
        *,
        base_url: str = BASE_URL,
        service_url: str = SERVICE_URL,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Prepare the connections; nothing is sent yet."""
        super().__init__(**options)
        secrets = [SecretHeader("Authorization", api_token, prefix="Token ")]
        self._reports = self._connect(base_url, secrets=secrets)
        self._service = self._connect(service_url, secrets=secrets)
        self._owner: Owner | None = None
        self._shared = Coalescer[Any](self._clock)
        self._files = SharedDownloads()

    async def check(self) -> ServiceCheck:
        """Ask whose token this is."""
        owner = await self._ask_owner(patient=False)
        return ServiceCheck(account=owner.organization or owner.name)

    async def owner(self) -> Owner:
        """Return whose token this is and the organization; asked once, as a user has only one."""
        if self._owner is None:
            self._owner = await self._shared.ask("owner", self._ask_owner)
        return self._owner

    async def workflows(self) -> tuple[Workflow, ...]:
        """Return all workflows of the organization."""
        found: tuple[Workflow, ...] = await self._shared.ask("workflows", self._all_workflows)
        return found

    async def workflow(self, workflow_id: str) -> Workflow:
        """Return one workflow."""
        path = f"{await self._objectives()}/{path_segment(GIOSG, workflow_id)}"
        return await self._get(path, wire.workflow)

    async def info(self, workflow_id: str) -> WorkflowInfo:
        """Return a workflow's kind and the moments of its first and last event."""
        path = f"{await self._report(workflow_id)}/info/"
        found: WorkflowInfo = await self._shared.ask(path, partial(self._get, path, wire.info))
        return found

    async def sidedata(self, workflow_id: str, *, start: datetime, end: datetime) -> Sidedata:
        """Return the counts beside the chart from `start` to `end`."""
        path = f"{await self._report(workflow_id)}/sidedata/"
        body = {"interval": interval(start, end)}
        fetch = partial(self._post, path, body, wire.sidedata)
        found: Sidedata = await self._shared.ask((path, start, end), fetch)
        return found

    async def chart(self, asked: ChartQuestion) -> TextTable:
        """Return the figures of a workflow's chart as pairs of path and value.

        The vendor's page calls it a draft and shows no answer, so nothing of it is understood here.
        """
        path = f"{await self._report(asked.workflow_id)}/query/"
        body = {
            "filters": list(map(_filter, asked.filters)),
            "interval": interval(asked.start, asked.end),
        }
        found: TextTable = await self._shared.ask(
            (path, asked), partial(self._post, path, body, wire.chart_rows)
        )
        return found

    async def step_events(self, asked: StepQuestion, *, basic: bool | None = None) -> TextTable:
        """Return the events of a step in memory; `basic` is about their detail, no more is known.

        For a whole export use `download_step`.
        """
        path = f"{await self._report(asked.workflow_id)}/step/{asked.step}"
        return await self._post(path, step_body(asked, basic=basic), wire.event_rows)

    async def source_events(self, asked: SourceQuestion, *, basic: bool | None = None) -> TextTable:
        """Return the events that belong to no step, today the outer goals of interactions."""
        path = f"{await self._report(asked.workflow_id)}/source_data"
        return await self._post(path, source_body(asked, basic=basic), wire.event_rows)

    @asynccontextmanager
    async def download_step(self, asked: StepQuestion, form: str) -> AsyncIterator[Download]:
        """Open the events of a step as a file; `form` is CSV or XLSX.

        A small file that several ask for at the same time is fetched once. Content that is no such
        file is refused with the vendor's own short message. A period without events may be
        NOT_FOUND with the code "data", a header alone, or no bytes at all.
        """
        fetch = partial(self._fetched_step, asked, form)
        async with self._files.open((asked, form), fetch) as download:
            yield download

    @asynccontextmanager
    async def _fetched_step(self, asked: StepQuestion, form: str) -> AsyncIterator[Download]:
        path = f"{await self._report(asked.workflow_id)}/step/{asked.step}/download/"
        body = {**step_body(asked), "format": form}
        async with self._reports.open_download(
            path, method="POST", json=body, kind=KINDS[form]
        ) as download:
            yield download

    async def _ask_owner(self, *, patient: bool = True) -> Owner:
        answer = await self._service.call("GET", "api/v5/users/me", safe=True, patient=patient)
        return await answer.read(wire.owner)

    async def _objectives(self) -> str:
        return f"api/objectives/v1/orgs/{await self._organization()}/workflows"

    async def _report(self, workflow_id: str) -> str:
        workflow = path_segment(GIOSG, workflow_id)
        return f"api/reporting/workflow/v1/orgs/{await self._organization()}/workflows/{workflow}"

    async def _organization(self) -> str:
        return path_segment(GIOSG, (await self.owner()).organization_id)

    async def _all_workflows(self) -> tuple[Workflow, ...]:
        path = await self._objectives()
        found: dict[str, Workflow] = {}
        asked: set[str] = set()
        while path and path not in asked and len(asked) < MOST_PAGES:
            asked.add(path)
            page, path = await self._get(path, wire.workflows)
            found |= {one.id: one for one in page}
        return tuple(found.values())

    async def _get(self, path: str, parse: Callable[[Any], T]) -> T:
        answer = await self._reports.call("GET", path, safe=True)
        return await answer.read(parse)

    async def _post(self, path: str, body: dict[str, Any], parse: Callable[[Any], T]) -> T:
        # These questions are asked by POST, but they are reads: repeating them changes nothing.
        answer = await self._reports.call("POST", path, safe=True, json=body)
        return await answer.read(parse)


def interval(start: datetime, end: datetime) -> dict[str, str]:
    """Return the vendor's interval of two aware instants.

    Our `end` is exclusive and is sent as it is: whether the vendor counts the last instant in is
    not documented. No `time_zone` is sent, as the workflow pages know none.
    """
    written = partial(iso_instant, timespec="milliseconds")
    return {"start": written(start), "end": written(end)}


def step_body(asked: StepQuestion, *, basic: bool | None = None) -> dict[str, Any]:
    """Return the JSON that asks for the events of a step; what was not asked for is left out."""
    # Index 0 is the source step, which the vendor requires and does not use.
    steps = [{}, *({"actions": list(actions)} if actions else {} for actions in asked.actions)]
    return {
        **_common(asked, basic=basic),
        **({"step_data": steps} if asked.actions else {}),
    }


def source_body(asked: SourceQuestion, *, basic: bool | None = None) -> dict[str, Any]:
    """Return the JSON that asks for the events of no step."""
    return _common(asked, basic=basic)


def _common(asked: StepQuestion | SourceQuestion, *, basic: bool | None) -> dict[str, Any]:
    return {
        "filters": list(map(_filter, asked.filters)),
        "interval": interval(asked.start, asked.end),
        "target": asked.target,
        **({} if asked.limit is None else {"limit": asked.limit}),
        **({} if basic is None else {"basic": basic}),
    }


def _filter(one: Filter) -> dict[str, Any]:
    return {"property": one.name, "values": list(one.values)}


async def open_giosg(
    settings: GiosgSettings, clock: Clock, stack: AsyncExitStack
) -> Connection[Giosg]:
    """Return the connection to giosg, closed with the stack; off without a token."""
    client = None
    if settings.api_token is not None:
        client = Giosg(
            settings.api_token,
            clock=clock,
            at_home=settings.is_of_a_workspace,
            base_url=settings.base_url,
            service_url=settings.service_url,
        )
    return await Connection.opened(GIOSG, client, stack, at_home=settings.is_of_a_workspace)
