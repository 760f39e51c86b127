"""Smart Flows, put together: runs, their cards and questions, watches, documents and digests."""

from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import SpokenCommand
from bot.asking.question import QuestionKind
from bot.feature import Command, Feature, Parts, Wiring
from bot.jobs.access import Right
from bot.runs.client.client import open_smartflows
from bot.runs.core.command import parse_run
from bot.runs.core.measures import run_measures, run_part
from bot.runs.core.summary_options import OPTIONS, run_command, runs_question, runs_words
from bot.runs.deeds import things
from bot.runs.following.as_text import WatchSection
from bot.runs.following.resting import WatchOrders
from bot.runs.help import HELP
from bot.runs.ids import RunAction
from bot.runs.linked import FLOW, RUN, RunLinks
from bot.runs.model import SMART_FLOWS
from bot.runs.question import RunsQuestion
from bot.runs.rendering.picker import PICKER
from bot.runs.rendering.titles import runs_title
from bot.runs.settings import SmartFlowsSettings
from bot.runs.steps import END, STEPS
from bot.runs.store.executions import FOLLOWED
from bot.runs.store.flow_cache import FlowCache
from bot.runs.windows.batches import BATCH_FORM, CONFIRM_FORM
from bot.runs.windows.deadlines import DEADLINE_FORM, DeadlineForms
from bot.runs.windows.forms import ANSWER_FORM, RUN_FORM
from bot.runs.wiring import RunServices

COMMAND = Command(
    name="/flow-run",
    description="Run a Smart Flow, watch it, and get its documents",
    usage_hint="(a form) | <flow> | list running | summary <flow> | status <run> | watch <flow> "
    "| help",
    parse=parse_run,
    help=HELP,
    spoken=SpokenCommand(
        nouns=word_set("run runs start"),
        words=word_set("running cancel watch unwatch watches failed waiting"),
        about="summary {}",
    ),
)
RUNS = QuestionKind(
    question=RunsQuestion,
    command=COMMAND.name,
    read=runs_question,
    words=runs_words,
    typed=run_command,
    options=OPTIONS,
    titled=runs_title,
    likely=("all",),
    measures=run_measures,
    parts=run_part,
    picker=PICKER,
)


async def build(parts: Parts, settings: SmartFlowsSettings) -> Wiring:
    """Return what Smart Flows adds."""
    smartflows = await open_smartflows(settings, parts.clock, parts.stack)
    services = RunServices(parts, smartflows, settings)
    links = RunLinks(smartflows, services.executions, services.project, parts.clock)
    return Wiring(
        connection=smartflows,
        names=services.flows.names,
        things=things(services.flows),
        lately=services.lately,
        lately_in=services.lately_in,
        composers={RunsQuestion: services.answers},
        tasks=services.tasks(),
        services=(services.forms, services.batches, DeadlineForms(services.flows)),
        openers=services.openers(RUNS.command_words),
        refusals=services.refusals,
        workers=(services.cards.worker,),
        polls=(services.tick,),
        settled=(services.news.settled,),
        rows=services.stores,
        timed=services.timed,
        placed=services.placed,
        orders=(WatchOrders(FlowCache(parts.database)),),
        ends={END: services.ends.of},
        coded=(WatchSection(services.flows),),
        linked={FLOW.kind: links.flow_card, RUN.kind: links.run_card},
    )


def tools() -> tuple[RoomTool, ...]:
    """Return what assistants may ask, read only where they do."""
    from bot.runs.tools import TOOLS  # noqa: PLC0415  # else nobody needs their words

    return TOOLS


FEATURE = Feature(
    name="runs",
    vendor=SMART_FLOWS,
    settings=SmartFlowsSettings,
    command=COMMAND,
    kinds=(RUNS,),
    forms=(RUN_FORM, ANSWER_FORM, BATCH_FORM, CONFIRM_FORM, DEADLINE_FORM),
    rights={
        RunAction.ANSWER_QUESTION: Right.RUN,
        RunAction.CANCEL_RUN: Right.CANCEL,
        RunAction.OPEN_RUN: Right.RUN,
    },
    steps=STEPS,
    build=build,
    tools=tools,
    followed=FOLLOWED,
    connect=open_smartflows,
    linked=(FLOW, RUN),
)
