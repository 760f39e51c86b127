"""What links to a Smart Flow and to one of its runs show."""

from typing import Final

from bot.asking.linking.things import TASK, UUID, LinkCard, LinkedThing, LinkForm, stated
from bot.clock import Clock
from bot.http.connection import Connection
from bot.runs.client.client import SmartFlows
from bot.runs.core.history import usual
from bot.runs.core.watching import RunState, merge
from bot.runs.ids import RunCallback, as_that_run
from bot.runs.model import Details, Execution
from bot.runs.question import RunsQuestion
from bot.runs.rendering.runs import reason_of
from bot.runs.rendering.words import (
    exactly,
    flow_name,
    spoken,
    state_title,
    usually,
    vendor_report,
    vendor_words,
)
from bot.runs.store.executions import ExecutionStore
from bot.runs.vendor import Project
from bot.slack.blocks.wording import capital, counted

_EXAMPLE: Final = "5d2f5e0a-77f1-4f0b-8a0e-3a2f6cf0b111"
FLOW: Final = LinkedThing(kind="smart_flow", noun="flow", form=UUID, example=_EXAMPLE)
RUN: Final = LinkedThing(
    kind="smart_flow_run", noun="run", form=UUID, example=_EXAMPLE, entity=TASK
)


class RunLinks:
    """Raises VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        executions: ExecutionStore,
        project: Project,
        clock: Clock,
    ) -> None:
        """Know from `executions` what is usual of a flow."""
        self._smartflows = smartflows
        self._executions = executions
        self._project = project
        self._clock = clock

    async def flow_card(self, flow_id: str) -> LinkCard:
        """Return the card of a flow."""
        flow = await self._smartflows.client.flow(flow_id)
        name = vendor_words(flow.name) or flow.id
        taken = usually(usual(await self._executions.durations(flow.id)))
        return LinkCard(
            title=name,
            news=vendor_words(flow.description),
            facts=stated(("Takes", taken)),
            details=stated(("Changed", flow.modified_at), ("Input", vendor_words(flow.input_name))),
            question=RunsQuestion(name, flow.id),
            form=LinkForm("Run", RunCallback.RUN_FLOW, name),
            changed_at=flow.modified_at,
        )

    async def run_card(self, execution_id: str) -> LinkCard:
        """Return the card of a run."""
        seen = await self._smartflows.client.execution(execution_id)
        run = merge(None, seen, self._clock.now(), self._project.ahead())
        details = seen.details or Details()
        return LinkCard(
            title=flow_name(seen.flow),
            news=_news(run),
            state=state_title(seen.status),
            facts=stated(
                ("Started", seen.created_at),
            ),
            details=stated(
                ("Started by", vendor_words(seen.created_by.name)),
                ("Why", capital(vendor_report(reason_of(run, details)))),
                ("Waits for", vendor_words(details.waiting_for)),
                ("Documents", _documents(seen)),
            ),
            question=RunsQuestion(seen.flow.name, seen.flow.id),
            form=_again(run),
            changed_at=seen.modified_at,
        )


def _news(run: RunState) -> str:
    after = f" after {exactly(run.duration)}" if run.duration is not None else ""
    return f"{capital(spoken(run))}{after}."


def _again(run: RunState) -> LinkForm | None:
    """Return the form that runs it as it was; none of one that goes on."""
    about = as_that_run(run.id)
    return LinkForm("Run again", RunCallback.RUN_FLOW, about) if run.ended else None


def _documents(seen: Execution) -> str:
    found = seen.outputs or (seen.details.documents if seen.details else ())
    return counted(len(found), "document") if found else ""
