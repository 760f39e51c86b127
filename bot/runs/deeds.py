"""What changes something about runs, for the rules, a second person and the audit."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.runs.core.command import StartFlow, UnwatchFlow, WatchFlow
from bot.runs.core.deadlines import EndDeadline, SetDeadline
from bot.runs.core.watching import RunState
from bot.runs.flows import Flows
from bot.runs.intents import (
    AnswerRun,
    CancelExecution,
    FetchDocuments,
    GiveMoreTime,
    KeepWaiting,
    SnoozeWatch,
    StartBatch,
    StartBatches,
    WakeWatch,
)
from bot.slack.blocks.wording import counted

FindRun = Callable[[str], Awaitable[RunState]]
"""Returns the execution of an id."""


def with_deeds(tasks: tuple[Task[Any], ...], flows: Flows, known: FindRun) -> tuple[Task[Any], ...]:
    """Return the tasks of runs, those that change something with what they change."""

    async def flow(job: Job[Any]) -> Thing:
        found = await flows.resolve(job.details.flow, surely=True)
        return Thing(found.id, found.name)

    async def flow_of_run(job: Job[Any]) -> Thing:
        found = (await known(job.details.execution)).flow
        return Thing(found.id, found.name)

    deeds: dict[type[Any], Deed[Any]] = {
        StartFlow: Deed("Start a Smart Flow", _typed, flow, lambda _, about: f"run {about.name}"),
        StartBatch: Deed("Start a Smart Flow", _typed, flow),
        StartBatches: Deed(
            "Start several runs",
            _typed,
            flow,
            lambda wanted, about: f"run {about.name} {counted(wanted.count, 'time')}",
        ),
        CancelExecution: Deed(
            "Cancel a run",
            find=flow_of_run,
            words=lambda wanted, about: f"cancel the run {wanted.execution[:8]} of {about.name}",
        ),
        AnswerRun: Deed("Answer a run", find=flow_of_run),
        FetchDocuments: Deed("Get documents", find=flow_of_run),
        WatchFlow: Deed("Watch runs", _typed),
        UnwatchFlow: Deed("End a watch", _typed),
        SnoozeWatch: Deed("Snooze a watch", _typed),
        WakeWatch: Deed("Resume a watch", _typed),
        SetDeadline: Deed(
            "Set a deadline",
            _typed,
            words=lambda _, about: f"set a deadline for questions of {about.name or 'all flows'}",
        ),
        EndDeadline: Deed("End a deadline", _typed),
        GiveMoreTime: Deed("Give a question more time", find=flow_of_run),
        KeepWaiting: Deed("Let a run go on", find=flow_of_run),
    }
    return tuple(each.with_deed(deeds.get(each.intent)) for each in tasks)


def things(flows: Flows) -> dict[Right, Callable[[str], Awaitable[Thing]]]:
    """Return what finds the flow that a rule is about."""

    async def flow(typed: str) -> Thing:
        found = await flows.resolve(typed)
        return Thing(found.id, found.name)

    return {Right.RUN: flow, Right.CANCEL: flow}


def _typed(wanted: Any) -> Thing:
    return Thing(wanted.flow, wanted.flow)
