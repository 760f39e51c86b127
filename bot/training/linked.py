"""What a link to a flow shows: how many are done, and for one alone who is overdue."""

import re
from collections.abc import Iterator
from typing import Final

from bot.asking.linking.things import LinkCard, LinkedThing, LinkFact, stated
from bot.clock import Clock
from bot.slack.blocks.wording import counted, some_of
from bot.training.core.aggregation import completion_rate
from bot.training.core.measures import people
from bot.training.model import OVERDUE, Assignment, ReportFilter, TrainingReport
from bot.training.names import TrainingNames
from bot.training.question import ReportQuestion
from bot.training.reading import ReportReader

FLOW: Final = LinkedThing(
    kind="momoflow_flow",
    noun="flow",
    form=re.compile(r"(?=.*[0-9_])[A-Za-z0-9_-]{1,100}"),
    example="flow_123abc",
)


class FlowLinks:
    """Raises VendorError."""

    def __init__(self, reader: ReportReader, names: TrainingNames, clock: Clock) -> None:
        """Call flows by what they are called here."""
        self._reader = reader
        self._names = names
        self._clock = clock

    async def card(self, flow_id: str) -> LinkCard:
        """Return the card of a flow."""
        report = (await self._reader.one(ReportFilter(flow_id))).report
        named = await self._names.known(flow_id)
        overdue = [each for each in report.assignments if each.status == OVERDUE]
        return LinkCard(
            title=report.flow_name or named.name,
            news=_news(report, people(overdue)),
            facts=stated(("Average time", report.average_time)),
            details=(*self._next(report), *_overdue(overdue)),
            question=ReportQuestion(named.name, flow_id=flow_id),
        )

    def _next(self, report: TrainingReport) -> Iterator[LinkFact]:
        now = self._clock.now()
        dates = [each.scheduled_at for each in report.scheduled if each.scheduled_at]
        ahead = [each for each in dates if each > now]
        if ahead:
            yield LinkFact("Next assignment", min(ahead))


def _news(report: TrainingReport, overdue: int) -> str:
    rate = completion_rate(report.completed, report.total)
    if rate is None:
        return "Nobody is assigned."
    done = f"{report.completed:,} of {report.total:,} done ({rate:.0f}%)"
    if not overdue:
        return f"{done}, nobody is overdue."
    return f"{counted(overdue, 'person is', 'people are')} overdue; {done}."


def _overdue(overdue: list[Assignment]) -> tuple[LinkFact, ...]:
    names = list(dict.fromkeys(each.email for each in overdue))
    return stated(("Overdue", some_of(names)))
