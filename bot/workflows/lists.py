"""The list of website workflows, and what one of them is: in Slack and as a file."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.asking.composing import Composed, Occasion, kept
from bot.asking.subscription import Subscription, whose
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.clock import Clock
from bot.digests.rendering.digests import with_note
from bot.jobs.outcome import Write
from bot.slack.messages import Answer
from bot.workflows.finder import Workflows
from bot.workflows.question import INFO, WORKFLOWS, ExportQuestion
from bot.workflows.rendering import workflows as words
from bot.workflows.rendering.sheets import info_sheet, workflows_sheet

TABLES: Final = TableSource("giosg_lists", "giosg", ExportQuestion)
VIEWS: Final = (WORKFLOWS, INFO)


@dataclass(frozen=True, slots=True)
class _Asking:
    question: ExportQuestion
    now: datetime
    zone: str
    asked_by: str
    subscription: Subscription | None

    @property
    def footer(self) -> str:
        return whose(self.asked_by, self.subscription)


class WorkflowLists:
    """Answers questions of VIEWS. Raises UserError, PickError and VendorError."""

    def __init__(self, workflows: Workflows, clock: Clock) -> None:
        self._workflows = workflows
        self._clock = clock

    async def compose(self, question: ExportQuestion, occasion: Occasion) -> Composed:
        """Return the answer, and the question with the workflow's name and with its id."""
        zone, subscription = occasion.zone, occasion.subscription
        asking = _Asking(question, self._clock.now(), zone, occasion.asked_by, subscription)
        if question.data == WORKFLOWS:
            answer, write = await self._all(asking)
            about = kept(question, replace(question, export=""))
            return Composed(with_note(answer, subscription), about, (write,))
        choice = await self._workflows.find(question.workflow)
        meant = replace(question, workflow=choice.id)
        answer = await self._one(replace(asking, question=meant), choice.name)
        named = replace(question, workflow=choice.name)
        return Composed(with_note(answer, subscription), kept(named, replace(meant, export="")))

    async def content(self, file: TableFile[ExportQuestion]) -> TableContent:
        """Return what a file holds; a workflow is an id there."""
        if file.question.data == WORKFLOWS:
            found, _, _ = await self._workflows.listed()
            return TableContent([workflows_sheet(found)])
        info = await self._workflows.giosg.info(file.question.workflow)
        return TableContent([info_sheet(info)])

    async def _all(self, asking: _Asking) -> tuple[Answer, Write]:
        found, owner, write = await self._workflows.listed()
        if asking.question.export:
            return self._file(asking, "Workflows", len(found)), write
        told = words.workflow_list(found, owner, zone=asking.zone, footer=asking.footer)
        return Answer(told), write

    async def _one(self, asking: _Asking, name: str) -> Answer:
        workflow = asking.question.workflow
        info = await self._workflows.giosg.info(workflow)
        if asking.question.export:
            return self._file(asking, f"Workflow {name}", len(tuple(info_sheet(info).rows)))
        return Answer(
            words.workflow_card(
                info, await self._workflows.objective(workflow), footer=asking.footer
            )
        )

    def _file(self, asking: _Asking, title: str, rows: int) -> Answer:
        file = TableFile(asking.question, title, asking.zone)
        return TABLES.answer(file, rows, footer=asking.footer, now=asking.now)
