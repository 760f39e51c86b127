"""Who is overdue in a flow, asked of MomoFlow once for all who are reminded of it at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.http.connection import Connection
from bot.memory import Memory
from bot.training.client import MomoFlow
from bot.training.model import OVERDUE, Assignment, ReportFilter
from bot.training.rendering.statuses import flow_title

AGE = timedelta(minutes=5)
MOST = 50


@dataclass(frozen=True, slots=True)
class OverdueList:
    """Who is overdue in a flow, by address in small letters, those who wait longest first."""

    flow: str
    people: Mapping[str, Assignment]


class OverdueLists:
    """Raises VendorError; while MomoFlow is off, with how to switch it on."""

    def __init__(self, momoflow: Connection[MomoFlow], clock: Clock) -> None:
        """Ask `momoflow`."""
        self._momoflow = momoflow
        self._lists = Memory[str, OverdueList](MOST, age=AGE, now=clock.now)
        self._asking = defaultdict[str, asyncio.Lock](asyncio.Lock)

    @property
    def is_on(self) -> bool:
        """Whether MomoFlow is on."""
        return self._momoflow.is_on

    async def of(self, flow_id: str) -> OverdueList:
        """Return who was overdue some minutes ago at most."""
        async with self._asking[flow_id]:
            return self._lists.get(flow_id) or await self.anew(flow_id)

    async def anew(self, flow_id: str) -> OverdueList:
        """Return who is overdue at this moment."""
        report = await self._momoflow.client.report(ReportFilter(flow_id, status=OVERDUE))
        late = [each for each in report.assignments if each.status == OVERDUE and each.email]
        people: dict[str, Assignment] = {}
        for each in sorted(late, key=_assigned):
            people.setdefault(each.email.strip().casefold(), each)
        return self._lists.put(flow_id, OverdueList(flow_title(report), people))


def _assigned(one: Assignment) -> tuple[bool, datetime | str]:
    return one.assigned_at is None, one.assigned_at or ""
