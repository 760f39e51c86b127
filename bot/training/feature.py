"""MomoFlow, put together: reports, names for flows, and assignments."""

from bot.asking.question import EXPORT_FORMATS, QuestionKind
from bot.feature import Command, Feature, Parts, Wiring
from bot.jobs.tasks import Task
from bot.training import forms
from bot.training.assignments import Assignments
from bot.training.client import open_momoflow
from bot.training.core.command import (
    Assign,
    AssignFlow,
    CancelAssignment,
    ForgetName,
    ListNames,
    NameFlow,
    parse_report,
    refuse_second_zone,
    report_words,
)
from bot.training.core.options import OPTIONS, question
from bot.training.help import HELP
from bot.training.model import MOMOFLOW
from bot.training.names import TrainingNames
from bot.training.question import ReportQuestion
from bot.training.reports import Reports
from bot.training.settings import MomoFlowSettings
from bot.training.store import AliasStore

COMMAND = Command(
    name="/flow-report",
    description="Who has completed a training flow, and who is overdue",
    usage_hint="<flow> | <flow> overdue | <flow> last-30d export xlsx | names | help",
    parse=parse_report,
    help=HELP,
)
REPORT = QuestionKind(
    question=ReportQuestion,
    command=COMMAND.name,
    read=question,
    words=report_words,
    options=OPTIONS,
    check_after=refuse_second_zone,
    formats=EXPORT_FORMATS,
    introduced="the report ",
    implied=True,
)


async def build(parts: Parts, settings: MomoFlowSettings) -> Wiring:
    """Return what MomoFlow adds."""
    clock = parts.clock
    momoflow = await open_momoflow(settings, clock, parts.stack)
    names = TrainingNames(AliasStore(parts.database), momoflow, clock)
    reports = Reports(momoflow, names, parts.snapshots)
    assignments = Assignments(momoflow, names, parts.directory, clock)
    return Wiring(
        connection=momoflow,
        composers={ReportQuestion: reports},
        names=names.for_help,
        tasks=(
            Task(NameFlow, names.name),
            Task(ForgetName, names.forget),
            Task(ListNames, names.show),
            Task(AssignFlow, assignments.preview),
            Task(Assign, assignments.assign),
            Task(CancelAssignment, assignments.cancel),
        ),
        services=(forms.ReportForms(names),),
        openers={MOMOFLOW.name: reports.open_file},
        current_names={ReportQuestion: reports.named_today},
    )


FEATURE = Feature(
    name="training",
    vendor=MOMOFLOW,
    settings=MomoFlowSettings,
    command=COMMAND,
    kinds=(REPORT,),
    forms=(forms.FORM,),
    build=build,
)
