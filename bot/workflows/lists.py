"""The list of website workflows, and what one of them is: in Slack and as a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.asking.composing import ComposedAnswer, kept
from bot.asking.occasion import Occasion
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.asking.terms import tally_of
from bot.slack.messages import Answer
from bot.workflows.core.measures import LISTED
from bot.workflows.finder import Workflows
from bot.workflows.model import Owner, Workflow
from bot.workflows.question import INFO, WORKFLOWS, ExportQuestion
from bot.workflows.rendering import workflows as words
from bot.workflows.rendering.sheets import info_sheet, workflows_sheet

TABLES: Final = TableSource("giosg_lists", "giosg", ExportQuestion)
VIEWS: Final = (WORKFLOWS, INFO)


class WorkflowLists:
    """Answers questions of VIEWS. Raises UserError, PickError and VendorError."""

    def __init__(self, workflows: Workflows) -> None:
        self._workflows = workflows

    async def compose(self, question: ExportQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer, and the question with the workflow's name and with its id."""
        if question.data == WORKFLOWS:
            found, owner, write = await self._workflows.listed()
            answer = self._all(question, found, owner, occasion)
            about = kept(question, replace(question, export=""))
            counted = tally_of({LISTED.name: len(found)}, found)
            return ComposedAnswer(answer, about, (write,), tally=counted)
        choice = await self._workflows.find(question.workflow, workflow_id=question.workflow_id)
        meant = replace(question, workflow=choice.id)
        answer = await self._one(meant, choice.name, occasion)
        named = replace(question, workflow=choice.name, workflow_id=choice.id)
        return ComposedAnswer(answer, kept(named, replace(meant, export="")))

    async def content(self, file: TableFile[ExportQuestion]) -> TableContent:
        """Return what a file holds; a workflow is an id there."""
        if file.question.data == WORKFLOWS:
            found, _, _ = await self._workflows.listed()
            return TableContent([workflows_sheet(found)])
        info = await self._workflows.giosg.info(file.question.workflow)
        return TableContent([info_sheet(info)])

    def _all(
        self,
        question: ExportQuestion,
        found: Sequence[Workflow],
        owner: Owner,
        occasion: Occasion,
    ) -> Answer:
        if question.export:
            return _file(question, "Workflows", len(found), occasion)
        return Answer(words.workflow_list(found, owner, occasion))

    async def _one(self, question: ExportQuestion, name: str, occasion: Occasion) -> Answer:
        info = await self._workflows.giosg.info(question.workflow)
        if question.export:
            rows = len(tuple(info_sheet(info).rows))
            return _file(question, f"Workflow {name}", rows, occasion)
        objective = await self._workflows.objective(question.workflow)
        return Answer(words.workflow_card(info, occasion, objective))


def _file(question: ExportQuestion, title: str, rows: int, occasion: Occasion) -> Answer:
    return TABLES.answer(TableFile(question, title, occasion.zone), rows, occasion)
