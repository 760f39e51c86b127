"""What people do in Workflow Builder, and what they see there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Execution
from tests.stage import Stage, open_stage

REPORT = {
    "person": WHO_RUNS,
    "service": "report",
    "report": "everybody",
    "about": "flow_onb001",
    "channel": "CTRAIN",
}
"""The inputs of a training report for a channel."""


@asynccontextmanager
async def with_steps(path: Path, **general: Any) -> AsyncIterator[Stage]:
    """Yield a stage where steps are on and data look ordinary."""
    async with open_stage(path, surfaces="steps", odd=False, **general) as stage:
        yield stage


async def run(stage: Stage, step: str, values: dict[str, Any], **how: Any) -> Execution:
    """Run a workflow of one step and return its execution when the bot has nothing left to do."""
    begun = await stage.slack.workflows.run(step, values, **how)
    await stage.settle()
    return now(stage, begun)


def now(stage: Stage, execution: Execution) -> Execution:
    """Return an execution as it is now."""
    return stage.slack.workflows.executions[execution.id]


async def first_of(stage: Stage, step: str, name: str, values: dict[str, Any]) -> str:
    """Return the first of what can be picked for an input, once the list was brought up to date."""
    await stage.slack.workflows.options(step, name, values=values)
    await stage.settle()
    shown = await stage.slack.workflows.options(step, name, values=values)
    return str(shown.options[0]["value"])
