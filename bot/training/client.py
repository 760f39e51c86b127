"""MomoFlow: training reports, exports and assignments (its API pages: docs.momoflow.app/api)."""

from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from typing import Any, Unpack

from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.client import ClientOptions, VendorClient
from bot.http.coalescing import Coalescer
from bot.http.connection import Connection
from bot.http.credentials import SecretHeader
from bot.http.fields import iso_instant
from bot.http.service_check import ServiceCheck
from bot.http.streaming import Download
from bot.training.model import (
    MOMOFLOW,
    AssignmentReceipt,
    NewAssignment,
    ReportFilter,
    TrainingReport,
)
from bot.training.settings import MomoFlowSettings
from bot.training.wire import (
    Export,
    parse_assigned,
    parse_export,
    parse_report,
    refusal_text,
)

BASE_URL = "https://api.momoflow.com"
FORMATS = {"csv": "csv", "xlsx": "excel", "pdf": "pdf"}
"""Our names of the export formats and the vendor's."""
AGGREGATE_METRICS = ["completion_rate", "average_duration"]
"""The only two that the vendor's page ever shows."""
NO_FLOW = "flowbot-check"
"""The id of no flow: that it is unknown is said to a good key alone, and the id is named then."""


class MomoFlow(VendorClient):
    """MomoFlow's API with one organisation's key.

    The detail of NOT_FOUND begins with one of the codes of `wire.refusal_text`.
    """

    vendor = MOMOFLOW
    describe = staticmethod(refusal_text)

    def __init__(
        self,
        api_key: SecretStr,
        *,
        base_url: str = BASE_URL,
        download_hosts: Iterable[str] = (),
        **options: Unpack[ClientOptions],
    ) -> None:
        """Prepare the connections; nothing is sent yet."""
        super().__init__(**options)
        self._http = self._connect(
            base_url,
            secrets=[SecretHeader("Authorization", api_key, prefix="Bearer ")],
            download_hosts=download_hosts,
        )
        self._reports = Coalescer[TrainingReport](self._clock)
        self._exports = Coalescer[Export](self._clock)

    async def check(self) -> ServiceCheck:
        """Ask for the report on a flow that nobody has; MomoFlow has no call about the key itself.

        It counts as one of the 50 reports of a minute.
        """
        try:
            await self._report(ReportFilter(NO_FLOW), patient=False)
        except VendorError as error:
            if error.reason is not Reason.NOT_FOUND or NO_FLOW not in error.detail:
                raise
        return ServiceCheck()

    async def report(self, asked: ReportFilter) -> TrainingReport:
        """Return the report on one flow; the same question within some seconds is asked once.

        With `asked.by` the answer is undocumented: figures and assignments may then be missing
        from it (0 and empty), and what else it holds is in `aggregate`.
        """
        return await self._reports.ask(asked, partial(self._report, asked))

    async def export(self, asked: ReportFilter, form: str) -> Export:
        """Return the link to the report as a file; `form` is "csv", "xlsx" or "pdf".

        The same question within some seconds gets the same link; how long one lives nobody says,
        so ask for it right before the download.
        """
        return await self._exports.ask((asked, form), partial(self._export, asked, form))

    def download(self, export: Export) -> AbstractAsyncContextManager[Download]:
        """Open the exported file; an expired link is NOT_FOUND."""
        return self._http.open_download(export.url)

    async def assign(self, new: NewAssignment) -> AssignmentReceipt:
        """Assign a flow to a person; never repeated, as the vendor promises no idempotency."""
        answer = await self._http.call("POST", "v1/flows/assign", safe=False, json=assign_body(new))
        return await answer.read(partial(parse_assigned, asked=new))

    async def _report(self, asked: ReportFilter, *, patient: bool = True) -> TrainingReport:
        # A report is asked for by POST, but it is a read: repeating it changes nothing.
        answer = await self._http.call(
            "POST", "v1/flows/report", safe=True, json=report_body(asked), patient=patient
        )
        return await answer.read(partial(parse_report, asked=asked))

    async def _export(self, asked: ReportFilter, form: str) -> Export:
        body = {**report_body(asked), "format": FORMATS[form]}
        answer = await self._http.call("POST", "v1/flows/report", safe=True, json=body)
        return await answer.read(parse_export)


def report_body(asked: ReportFilter) -> dict[str, Any]:
    """Return the JSON that asks for a report; what was not asked for is left out.

    Our `end` is exclusive and is sent as it is: whether the vendor counts the last instant in is
    not documented, and at most that one instant is counted twice.
    """
    body: dict[str, Any] = {"flowId": asked.flow_id}
    if asked.start is not None:
        body["startDate"] = iso_instant(asked.start)
    if asked.end is not None:
        body["endDate"] = iso_instant(asked.end)
    if asked.status:
        body["status"] = asked.status
    if asked.detailed:
        body["detailed"] = True
    if asked.by:
        body["aggregate"] = {"by": asked.by, "metrics": AGGREGATE_METRICS}
    return body


def assign_body(new: NewAssignment) -> dict[str, Any]:
    """Return the JSON that makes an assignment; what was left empty is left out."""
    optional = {
        "dueDate": iso_instant(new.due_at) if new.due_at else "",
        "priority": new.priority,
        "notes": new.notes,
    }
    given = {name: value for name, value in optional.items() if value}
    return {"flowId": new.flow_id, "userEmail": new.email, **given}


async def open_momoflow(
    settings: MomoFlowSettings, clock: Clock, stack: AsyncExitStack
) -> Connection[MomoFlow]:
    """Return the connection to MomoFlow, closed with the stack; off without a key."""
    client = None
    if settings.api_key is not None:
        client = MomoFlow(
            settings.api_key,
            clock=clock,
            at_home=settings.is_of_a_workspace,
            base_url=settings.base_url,
            download_hosts=settings.download_hosts.split(","),
        )
    return await Connection.opened(MOMOFLOW, client, stack, at_home=settings.is_of_a_workspace)
