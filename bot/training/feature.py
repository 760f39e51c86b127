"""MomoFlow, put together: reports, names for flows, and assignments."""

from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import SpokenCommand
from bot.asking.question import QuestionKind
from bot.feature import Command, Feature, Parts, Wiring
from bot.jobs.tasks import Task
from bot.training import deeds, forms
from bot.training.assign_forms import ASSIGN_FORM, CONFIRM_FORM, AssignForms
from bot.training.assignments import Assignments
from bot.training.client import open_momoflow
from bot.training.core.command import (
    Assign,
    AssignFlow,
    CancelAssignment,
    ForgetName,
    ListNames,
    NameFlow,
    PreviewAssignment,
    parse_report,
    refuse_second_zone,
    report_words,
)
from bot.training.core.measures import flow_part, report_measures
from bot.training.core.options import OPTIONS, question
from bot.training.files import TABLES, ReportFiles
from bot.training.help import HELP
from bot.training.linked import FLOW, FlowLinks
from bot.training.model import MOMOFLOW
from bot.training.names import TrainingNames
from bot.training.question import ReportQuestion, as_file
from bot.training.reading import ReportReader
from bot.training.reminding.forms import REMIND_FORM
from bot.training.reminding.room import reminding_of
from bot.training.rendering.picker import PICKER
from bot.training.rendering.titles import report_title
from bot.training.reports import Reports
from bot.training.settings import MomoFlowSettings
from bot.training.store import AliasStore

COMMAND = Command(
    name="/flow-report",
    description="Who has completed a training flow, and who is overdue",
    usage_hint="<flow> | overdue | all | <flow> last-30d export xlsx | names | help",
    parse=parse_report,
    help=HELP,
    spoken=SpokenCommand(
        nouns=word_set("report reports training trainings"),
        words=word_set(
            """overdue late behind pending completed unfinished incomplete assign assigned unname
            remind nudge"""
        ),
    ),
)
REPORT = QuestionKind(
    question=ReportQuestion,
    command=COMMAND.name,
    read=question,
    words=report_words,
    options=OPTIONS,
    check_after=refuse_second_zone,
    as_file=as_file,
    titled=report_title,
    implied=True,
    unnamed=ReportQuestion(""),
    measures=report_measures,
    parts=flow_part,
    picker=PICKER,
)


async def build(parts: Parts, settings: MomoFlowSettings) -> Wiring:
    """Return what MomoFlow adds."""
    clock = parts.clock
    momoflow = await open_momoflow(settings, clock, parts.stack)
    names = TrainingNames(AliasStore(parts.database), momoflow, clock)
    reader = ReportReader(momoflow)
    files = ReportFiles(momoflow, reader, names, clock)
    reports = Reports(reader, names, files, parts.snapshots)
    assignments = Assignments(momoflow, names, parts.directory, parts.slack, clock)
    reminding = reminding_of(parts, names, momoflow)
    return Wiring(
        connection=momoflow,
        composers={ReportQuestion: reports},
        names=names.for_help,
        things=deeds.things(names),
        tasks=(
            Task(NameFlow, names.name, deed=deeds.NAME),
            Task(ForgetName, names.forget, deed=deeds.FORGET),
            Task(ListNames, names.show),
            Task(AssignFlow, assignments.preview),
            Task(PreviewAssignment, assignments.preview_in_window),
            Task(Assign, assignments.assign, deed=deeds.ASSIGN),
            Task(CancelAssignment, assignments.cancel),
            *reminding.tasks,
        ),
        services=(forms.ReportForms(names), AssignForms(names), reminding.forms),
        settled=(reminding.sender.settled,),
        rows=(reminding.store,),
        timed=(reminding.store,),
        openers={
            MOMOFLOW.name: files.open_vendors,
            TABLES.name: TABLES.opener(files.content, parts.tables, clock, REPORT.command_words),
        },
        current_names={ReportQuestion: reports.named_today},
        linked={FLOW.kind: FlowLinks(reader, names, clock).card},
    )


def tools() -> tuple[RoomTool, ...]:
    """Return what assistants may ask, read only where they do."""
    from bot.training.tools import TOOLS  # noqa: PLC0415  # else nobody needs their words

    return TOOLS


FEATURE = Feature(
    name="training",
    vendor=MOMOFLOW,
    settings=MomoFlowSettings,
    command=COMMAND,
    kinds=(REPORT,),
    forms=(forms.FORM, ASSIGN_FORM, CONFIRM_FORM, REMIND_FORM),
    build=build,
    tools=tools,
    connect=open_momoflow,
    linked=(FLOW,),
)
