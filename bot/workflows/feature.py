"""giosg: exports of website workflows."""

from bot.asking.model import ExportQuestion
from bot.feature import Feature, Parts
from bot.jobs.tasks import Task
from bot.workflows.client import open_giosg
from bot.workflows.exports import WorkflowExports
from bot.workflows.files import WorkflowFiles
from bot.workflows.finder import Workflows
from bot.workflows.forms import WorkflowFormFilling, WorkflowForms
from bot.workflows.intents import FillExportForm, OtherForm, RenewWorkflows
from bot.workflows.lists import TABLES
from bot.workflows.model import GIOSG


async def build(parts: Parts) -> tuple[Feature, WorkflowForms]:
    """Return the feature and its forms."""
    giosg = await open_giosg(parts.settings.giosg, parts.clock, parts.stack)
    workflows = Workflows(giosg, parts.clock)
    exports = WorkflowExports(workflows, parts.outbox, parts.orders, parts.people, parts.clock)
    files = WorkflowFiles(giosg, parts.orders, parts.tables, parts.clock, largest=parts.largest)
    lists = TABLES.opener(exports.lists.content, parts.tables, parts.clock)
    feature = Feature(
        tasks=(
            Task(ExportQuestion, exports.answer),
            Task(OtherForm, exports.other_form),
            Task(FillExportForm, WorkflowFormFilling(parts.slack, workflows).fill),
            Task(RenewWorkflows, workflows.renew),
        ),
        composers={"export": exports},
        openers={TABLES.name: lists},
        narrated={GIOSG.name: files},
    )
    return feature, WorkflowForms(parts.slack, parts.lists)
