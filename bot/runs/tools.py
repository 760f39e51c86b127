"""What assistants may ask of Smart Flows and their runs, in words for a model."""

from dataclasses import replace
from typing import Any, Final

from bot.asking.core.declared.room_tools import (
    RoomTool,
    ToolArgument,
    ToolDeed,
    as_typed,
    canonical_period,
    file,
    one_of,
    period,
    text,
)
from bot.asking.question import TABLE_FORMATS
from bot.runs.core.command import SHORTEST_ID, ShowFlow, ShowRun, ShowSystem, StartFlow
from bot.runs.core.deadlines import ListDeadlines
from bot.runs.core.summary_options import ALL, runs_question, runs_words
from bot.runs.ids import RunAction
from bot.runs.intents import (
    AnswerRun,
    CancelExecution,
    FetchDocuments,
    ListFlows,
    ProposeAnswer,
    ProposeCancel,
    ProposeRun,
    StartBatch,
)
from bot.runs.question import RUN_LISTS, RunsQuestion

LONGEST_XML: Final = 1_500
"""Letters: it travels in the value of a button."""
_FLOW_TEXT: Final = text(
    "The Smart Flow: its name, a part of the name, or its id. list_smart_flows has all names.",
    examples=("Invoice run", "Travel request"),
)


def _run_id(description: str) -> dict[str, Any]:
    """Return the schema of a run's id or its beginning."""
    said = text(description, examples=("3f2a9c1b",), longest=100)
    return {**said, "minLength": SHORTEST_ID}


_RUN: Final = ToolArgument(
    "run",
    _run_id(
        f"The run: its id or the beginning of it, at least {SHORTEST_ID} letters, as list_runs and "
        "other answers have it.",
    ),
    field="execution",
    needed=True,
)
_FILE: Final = file(TABLE_FORMATS)
_VALUES: Final[dict[str, Any]] = {
    "type": "object",
    "description": (
        "The input as names and values, as the flow asks for them; texts, numbers, true or false."
    ),
    "maxProperties": 100,
}
_as_typed = as_typed(runs_words, runs_question)


def _summary(asked: RunsQuestion) -> RunsQuestion:
    flow = "" if asked.flow.casefold() == ALL else asked.flow
    return _as_typed(replace(asked, flow=flow, period=canonical_period(asked.period)))


TOOLS: Final = (
    RoomTool(
        name="list_smart_flows",
        title="List Smart Flows",
        description=(
            "Lists the Smart Flows (document workflows that can be run) with what each needs as "
            "its input. Use it to find the name of a flow before asking for its runs or running it."
        ),
        intent=ListFlows,
    ),
    RoomTool(
        name="get_smart_flow",
        title="Describe a Smart Flow",
        description=(
            "Describes one Smart Flow: what it does, what it takes as its input, whether it asks "
            "questions first, how long its runs usually take, and when it was last changed."
        ),
        intent=ShowFlow,
        arguments=(ToolArgument("flow", _FLOW_TEXT, needed=True),),
    ),
    RoomTool(
        name="list_runs",
        title="List runs of Smart Flows",
        description=(
            "Lists runs of all Smart Flows with their state, who started them, since when, and "
            "their ids: running (with how far they are), failed (the latest), waiting (runs that "
            "wait for an answer of a person: the open questions), today, or latest. Use it for "
            "questions such as 'what is running?', 'which questions are open?' or 'what failed?'."
        ),
        intent=RunsQuestion,
        arguments=(
            ToolArgument("which", one_of("Which runs.", RUN_LISTS), needed=True),
            _FILE,
        ),
        checked=_as_typed,
        unsaid=("period",),
    ),
    RoomTool(
        name="get_run_summary",
        title="Get how runs of Smart Flows went",
        description=(
            "Answers how the runs of one Smart Flow, or of all, went in a period: how many "
            "finished, failed or were interrupted, how long they took, and what changed. Use it "
            "for questions such as 'how did Invoice run do last month?'."
        ),
        intent=RunsQuestion,
        arguments=(
            ToolArgument(
                "flow",
                {**_FLOW_TEXT, "description": f"{_FLOW_TEXT['description']} Without it: all."},
                id_field="flow_id",
            ),
            period("the last 7 days"),
            _FILE,
        ),
        checked=_summary,
    ),
    RoomTool(
        name="get_run",
        title="Get the status of a run",
        description=(
            "Answers how one run of a Smart Flow is: its state and how far it is, who started it "
            "and when, how long it usually takes, an open question if it waits for one, its errors "
            "and its documents by name."
        ),
        intent=ShowRun,
        arguments=(_RUN,),
        pressed={RunAction.RUN_DETAILS: _RUN.name},
    ),
    RoomTool(
        name="send_run_documents",
        title="Send the documents of a run",
        description=(
            "Sends the documents that one run of a Smart Flow has made to the person's direct "
            "messages with Flowbot, as files. get_run says which there are."
        ),
        intent=FetchDocuments,
        arguments=(
            ToolArgument(
                "run",
                text(
                    "The run: its whole id, as get_run and list_runs have it.",
                    examples=("41a720b9-4c5c-55c6-a772-b8d42e7958ed",),
                ),
                field="execution",
                needed=True,
            ),
        ),
    ),
    RoomTool(
        name="list_run_deadlines",
        title="List deadlines of runs' questions",
        description=(
            "Lists the deadlines that questions of runs have, by Smart Flow: how long somebody may "
            "take to answer, who is asked after that, and what happens when nobody answers."
        ),
        intent=ListDeadlines,
    ),
    RoomTool(
        name="get_smart_flows_project",
        title="Describe the Smart Flows project",
        description=(
            "Says which Smart Flows project and version Flowbot is connected with, and what its "
            "account may see there."
        ),
        intent=ShowSystem,
    ),
    RoomTool(
        name="start_run",
        title="Start a run of a Smart Flow",
        description=(
            "Proposes to run one Smart Flow now, with input if it needs one. It starts nothing by "
            "itself: it answers with all values and a button, and only confirm_start_run, once the "
            "person has agreed, starts the run. Give inputs (names and values) for a run that asks "
            "nobody, or xml for a flow that needs XML; get_smart_flow says what it takes. The "
            "run's card then lives in the person's direct messages with Flowbot."
        ),
        intent=ProposeRun,
        arguments=(
            ToolArgument("flow", _FLOW_TEXT, needed=True),
            ToolArgument("inputs", _VALUES, field="values"),
            ToolArgument(
                "xml",
                text(
                    "The input as XML, for a flow that needs it. Not together with inputs.",
                    longest=LONGEST_XML,
                ),
            ),
        ),
        deed=ToolDeed(title="Start the run", done=(StartFlow, StartBatch)),
    ),
    RoomTool(
        name="cancel_run",
        title="Cancel a run of a Smart Flow",
        description=(
            "Proposes to cancel one run of a Smart Flow that still goes on; what it has done stays "
            "done. It cancels nothing by itself: it answers with what would be cancelled and a "
            "button, and only confirm_cancel_run, once the person has agreed, cancels."
        ),
        intent=ProposeCancel,
        arguments=(_RUN,),
        pressed={RunAction.CANCEL_RUN: _RUN.name},
        deed=ToolDeed(title="Cancel the run", done=(CancelExecution,)),
    ),
    RoomTool(
        name="answer_run_question",
        title="Answer the open question of a run",
        description=(
            "Proposes an answer to the question for which one run of a Smart Flow waits. Called "
            "without values it says what is asked: each field with its name, kind, choices and "
            "what stands in it. Called with values it checks them and answers with all of them and "
            "a button; only confirm_answer_run_question, once the person has agreed, answers."
        ),
        intent=ProposeAnswer,
        arguments=(_RUN, ToolArgument("values", _VALUES)),
        pressed={RunAction.ANSWER_QUESTION: _RUN.name},
        deed=ToolDeed(title="Send the answer", done=(AnswerRun,)),
    ),
)
