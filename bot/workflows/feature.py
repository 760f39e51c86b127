"""giosg, put together: website workflows, and the events behind their steps."""

from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import SpokenCommand
from bot.asking.question import QuestionKind
from bot.feature import Command, Feature, Parts, Wiring
from bot.jobs.tasks import Task
from bot.workflows import forms
from bot.workflows.client import open_giosg
from bot.workflows.core.command import (
    DEFAULT_PERIOD,
    OPTIONS,
    export_question,
    export_words,
    parse_export,
)
from bot.workflows.core.measures import export_measures
from bot.workflows.exports import WorkflowExports
from bot.workflows.files import WorkflowFiles
from bot.workflows.finder import Workflows
from bot.workflows.help import HELP
from bot.workflows.intents import FillExportForm, OtherForm, RenewWorkflows
from bot.workflows.linked import WORKFLOW, WorkflowLinks
from bot.workflows.lists import TABLES
from bot.workflows.model import GIOSG
from bot.workflows.question import ExportQuestion, as_file
from bot.workflows.rendering.picker import PICKER
from bot.workflows.rendering.titles import export_title
from bot.workflows.settings import GiosgSettings

COMMAND = Command(
    name="/flow-export",
    description="The events behind a website workflow's steps, as CSV or Excel",
    usage_hint="workflows | info <workflow> | <workflow> step 2 last-7d xlsx | form | help",
    parse=parse_export,
    help=HELP,
    spoken=SpokenCommand(
        nouns=word_set("export exports download"),
        words=word_set("workflows workflow step steps"),
        about="info {}",
    ),
)
EXPORT = QuestionKind(
    question=ExportQuestion,
    command=COMMAND.name,
    read=export_question,
    words=export_words,
    titled=export_title,
    options=OPTIONS,
    as_file=as_file,
    unnamed=ExportQuestion("", period=DEFAULT_PERIOD),
    measures=export_measures,
    picker=PICKER,
)


async def build(parts: Parts, settings: GiosgSettings) -> Wiring:
    """Return what giosg adds."""
    clock, digests = parts.clock, parts.digests
    giosg = await open_giosg(settings, clock, parts.stack)
    workflows = Workflows(giosg, clock)
    exports = WorkflowExports(workflows, parts.outbox, digests)
    files = WorkflowFiles(giosg, digests, parts.tables, clock, largest=parts.largest)
    lists = TABLES.opener(exports.lists.content, parts.tables, clock, EXPORT.command_words)
    workflow_forms = forms.WorkflowForms(parts.lists)
    return Wiring(
        connection=giosg,
        names=workflow_forms.names,
        composers={ExportQuestion: exports},
        tasks=(
            Task(OtherForm, exports.other_form),
            Task(FillExportForm, forms.WorkflowFormFiller(parts.slack, workflows).fill),
            Task(RenewWorkflows, workflows.renew),
        ),
        services=(workflow_forms,),
        openers={TABLES.name: lists},
        narrated={GIOSG.name: files},
        linked={WORKFLOW.kind: WorkflowLinks(workflows).card},
    )


def tools() -> tuple[RoomTool, ...]:
    """Return what assistants may ask, read only where they do."""
    from bot.workflows.tools import TOOLS  # noqa: PLC0415  # else nobody needs their words

    return TOOLS


FEATURE = Feature(
    name="workflows",
    vendor=GIOSG,
    settings=GiosgSettings,
    command=COMMAND,
    kinds=(EXPORT,),
    forms=(forms.FORM,),
    build=build,
    tools=tools,
    connect=open_giosg,
    linked=(WORKFLOW,),
)
