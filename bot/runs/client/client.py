"""Smart Flows: who we are there, executions and their documents."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar, Unpack

from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.addresses import path_segment
from bot.http.client import ClientOptions, VendorClient
from bot.http.coalescing import Coalescer
from bot.http.connection import Connection
from bot.http.credentials import SecretHeader
from bot.http.fields import Fields
from bot.http.service_check import ServiceCheck
from bot.http.streaming import Download
from bot.runs.client.requests import (
    created_since,
    filter_body,
    has_more,
    narrowed,
    paging,
    since_day,
)
from bot.runs.client.wire import (
    parse_account,
    parse_document,
    parse_execution,
    parse_flow,
    parse_license,
    parse_panel,
    parse_progress,
    parse_statistics,
    parse_system,
    rows,
)
from bot.runs.model import (
    SMART_FLOWS,
    Account,
    Document,
    Execution,
    ExecutionFilter,
    ExecutionPage,
    Flow,
    FlowPage,
    License,
    Panel,
    Progress,
    Statistics,
    SystemInfo,
)
from bot.runs.settings import SmartFlowsSettings

T = TypeVar("T")

XML = 'application/xml; charset="utf-8"'
PAGE = 50
LONGEST_POLL = 30
"""Seconds; the vendor's default, as its maximum is not documented."""
POLL_GRACE = 15.0
"""So much longer than its `timeout` we wait for the answer to a long poll."""
CLOCK_SKEW = timedelta(minutes=2)
"""Its answers and its rows may be dated by different machines."""
NEWEST_FIRST = "createdAt,desc"
LAST_CHANGED_FIRST = "modifiedAt,desc"
"""Plausible and unverified: a server may refuse it (REJECTED) or ignore it."""


class SmartFlows(VendorClient):
    """One Smart Flows project with one user's key.

    NOT_FOUND for an execution or a document that was known means that the vendor's cleanup took it.
    """

    vendor = SMART_FLOWS

    def __init__(
        self, api_key: SecretStr, *, base_url: str, **options: Unpack[ClientOptions]
    ) -> None:
        """Prepare the connections; nothing is sent yet. `base_url` is the host root."""
        super().__init__(**options)
        self._http = self._connect(
            f"{base_url.rstrip('/')}/api/v1", secrets=[SecretHeader("X-API-Key", api_key)]
        )
        self._flows = Coalescer[FlowPage](self._clock)

    async def check(self) -> ServiceCheck:
        """Ask whose key this is, and how long the project is licensed, where it tells that."""
        account = await self._get("users/me", parse_account, patient=False)
        try:
            licensed = await self._get("system/license", parse_license, patient=False)
        except VendorError:
            licensed = License()
        return ServiceCheck(
            account=account.name,
            quota=licensed.words,
            lacks=(*account.lacks, *licensed.lacks),
        )

    async def flows(self, *, page: int = 0, size: int = PAGE, search: str = "") -> FlowPage:
        """Return one page of flows by name; the same question within seconds is asked once."""
        query = paging(page=page, size=size, sort="displayName,asc", search=search)
        return await self._flows.ask((page, size, search), partial(self._flow_page, query, size))

    async def flow(self, flow_id: str) -> Flow:
        """Return one flow."""
        return await self._get(f"flows/{_id(flow_id)}", parse_flow)

    async def start(self, flow_id: str, xml: bytes | None = None) -> Progress:
        """Start a flow that stops where a person is needed, and return its first progress.

        `xml` is UTF-8 that was checked before (core.xml_input). Never repeated: after an error with
        `uncertain` look with `started_since` whether it was carried out after all.
        """
        answer = await self._http.call(
            "POST",
            "flows/executions",
            safe=False,
            params={"flowId": flow_id},
            content=xml,
            headers=None if xml is None else {"Content-Type": XML},
        )
        return await answer.read(_one(parse_progress))

    async def start_batch(self, flow: str, values: Mapping[str, Any] | None = None) -> Execution:
        """Start a flow (by id or name) that skips all user input; never repeated, see `start`."""
        answer = await self._http.call(
            "POST",
            "flows/executions/start",
            safe=False,
            params={"flow": flow},
            json=None if values is None else dict(values),
        )
        return await answer.read(_one(parse_execution))

    async def started_since(
        self,
        flow_id: str,
        since: datetime,
        *,
        by: str = "",
        known: Collection[str] = (),
        skew: timedelta = CLOCK_SKEW,
    ) -> Execution | None:
        """Return the execution that an uncertain start of this flow made, or None.

        That is the oldest one from `since` on (by the vendor's clock, less `skew`) which is not in
        `known`, the ids whose start was confirmed, and was made by the account `by`.
        """
        page = await self.executions(flow_id=flow_id)
        found = created_since(page.rows, since - skew)
        ours = (one for one in found if not by or one.created_by.id in ("", by))
        return next((one for one in ours if one.id not in known), None)

    async def progress(self, execution_id: str, *, wait: int = 0) -> Progress:
        """Return how far an execution is, at once or after at most `wait` seconds (up to 30).

        What ends the wait early is the vendor's secret; at its end comes the progress as it is.
        """
        seconds = min(max(wait, 0), LONGEST_POLL)
        answer = await self._http.call(
            "GET",
            f"flows/executions/{_id(execution_id)}/progress",
            safe=True,
            # Left out, the vendor would hold the answer back for 30 s.
            params={"timeout": str(seconds)},
            read=seconds + POLL_GRACE if seconds else None,
        )
        return await answer.read(_one(parse_progress))

    async def answer(self, execution_id: str, values: Mapping[str, Any]) -> Progress:
        """Answer the question of an execution (Question.answer) and return how it goes on."""
        answer = await self._http.call(
            "POST",
            f"flows/executions/{_id(execution_id)}/progress",
            safe=False,
            json=dict(values),
        )
        return await answer.read(_one(parse_progress))

    async def cancel(self, execution_id: str) -> Progress:
        """Ask for an execution to be cancelled; it may still be running in the answer.

        The address without `/progress`, which the vendor's guide prints, may delete the record.
        """
        path = f"flows/executions/{_id(execution_id)}/progress"
        answer = await self._http.call("DELETE", path, safe=False)
        return await answer.read(_one(parse_progress))

    async def execution(self, execution_id: str) -> Execution:
        """Return one execution with its details."""
        return await self._get(f"flows/executions/{_id(execution_id)}", parse_execution)

    async def batch_status(self, execution_id: str, *, output: str = "") -> Execution:
        """Return a batch execution with all its outputs, or with one (by id or name)."""
        path = f"flows/executions/{_id(execution_id)}/status"
        return await self._get(path, parse_execution, {"output": output} if output else None)

    async def executions(
        self,
        *,
        flow_id: str = "",
        page: int = 0,
        size: int = PAGE,
        sort: str = NEWEST_FIRST,
    ) -> ExecutionPage:
        """Return one page of executions, of one flow or of all."""
        path = f"flows/{_id(flow_id)}/executions" if flow_id else "flows/executions"
        query = paging(page=page, size=size, sort=sort)
        answer = await self._http.call("GET", path, safe=True, params=query)
        return await answer.read(partial(_page, size=size))

    async def filtered(
        self,
        asked: ExecutionFilter,
        *,
        page: int = 0,
        size: int = PAGE,
        sort: str = NEWEST_FIRST,
    ) -> ExecutionPage:
        """Return one page of the executions that fit; `more` is of what the vendor sent."""
        body = filter_body(asked)
        if not body:  # what an empty group means is not documented
            found = await self.executions(page=page, size=size, sort=sort)
            return replace(found, rows=narrowed(found.rows, asked))
        # Asked for by POST, but it is a read: repeating it changes nothing.
        answer = await self._http.call(
            "POST",
            "flows/executions/filter",
            safe=True,
            params=paging(page=page, size=size, sort=sort),
            json=body,
        )
        found = await answer.read(partial(_page, size=size))
        return replace(found, rows=narrowed(found.rows, asked))

    async def statistics(self, *, since: date, by: str = "Day") -> Statistics:
        """Return the vendor's counts; `by` is a grouping of its own, such as "Hour" and "Week".

        They begin with a day of the vendor's own zone, and are of all flows, as both are all that
        is documented: `per_flow` tells flows apart.
        """
        answer = await self._http.call(
            "POST",
            "flows/executions/statistics",
            safe=True,
            params={"groupTimeBy": by},
            json=since_day(since),
        )
        return await answer.read(_one(parse_statistics))

    async def document(self, document_id: str) -> Document:
        """Return what the vendor says of a document."""
        return await self._get(f"documents/{_id(document_id)}", parse_document)

    def content(self, document: Document) -> AbstractAsyncContextManager[Download]:
        """Open a document's bytes."""
        return self._http.open_download(
            f"documents/{_id(document.id)}/content",
            headers={"Accept": "application/octet-stream, */*"},
            pages="html" in document.content_type.casefold(),
        )

    async def input_data(self, data_id: str, *, largest: int) -> bytes:
        """Return what a run was started with, XML or JSON; TOO_LARGE beyond `largest` bytes."""
        content = bytearray()
        async with self._http.open_download(f"data/{_id(data_id)}/content") as download:
            async for chunk in download.chunks:
                content += chunk
                if len(content) > largest:
                    raise VendorError(SMART_FLOWS, Reason.TOO_LARGE)
        return bytes(content)

    async def me(self) -> Account:
        """Return whom the key belongs to; the cheapest check of a credential."""
        return await self._get("users/me", parse_account)

    async def system(self) -> SystemInfo:
        """Return the name and version of the vendor's installation."""
        return await self._get("system/info", parse_system)

    async def panel(self) -> Panel:
        """Return where people can answer in a browser; it needs no key and may not exist."""
        return await self._get("settings/public", parse_panel)

    async def _flow_page(self, query: Mapping[str, str], size: int) -> FlowPage:
        answer = await self._http.call("GET", "flows", safe=True, params=query)
        found = await answer.read(lambda payload: rows(payload, parse_flow))
        return FlowPage(found, has_more(len(found), size))

    async def _get(
        self,
        path: str,
        parse: Callable[[Fields], T],
        params: Mapping[str, str] | None = None,
        *,
        patient: bool = True,
    ) -> T:
        answer = await self._http.call("GET", path, safe=True, params=params, patient=patient)
        return await answer.read(_one(parse))


def _id(identity: str) -> str:
    """Return an id as part of an address; one that cannot be is NOT_FOUND without asking."""
    return path_segment(SMART_FLOWS, identity)


def _one(parse: Callable[[Fields], T]) -> Callable[[Any], T]:
    """Return `parse` for an answer that is one object."""
    return lambda payload: parse(Fields(payload))


def _page(payload: Any, *, size: int) -> ExecutionPage:
    found = rows(payload, parse_execution)
    return ExecutionPage(found, has_more(len(found), size))


async def open_smartflows(
    settings: SmartFlowsSettings, clock: Clock, stack: AsyncExitStack
) -> Connection[SmartFlows]:
    """Return the connection to Smart Flows, closed with the stack; off without key and address."""
    client = None
    if settings.api_key is not None and settings.base_url is not None:
        client = SmartFlows(
            settings.api_key,
            clock=clock,
            at_home=settings.is_of_a_workspace,
            base_url=settings.base_url,
            is_public=settings.is_of_a_workspace,
        )
    return await Connection.opened(SMART_FLOWS, client, stack, at_home=settings.is_of_a_workspace)
