"""A report as a step: the same message as the command's, and its figures to go on with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.slack.functions.executions import Progress
from tests.stage import Stage
from tests.steps.acting import REPORT, run, with_steps


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        yield stage


async def test_a_report_is_posted_as_the_command_posts_it(stage: Stage) -> None:
    ended = await run(stage, "get_report", {**REPORT, "figure": "completion"})
    await stage.command("/flow-report onboarding")

    of_step, of_command = stage.said()
    assert (ended.progress, ended.error) == (Progress.SUCCEEDED, "")
    assert of_step.text == of_command.text == ended.outputs["summary"]
    assert ended.outputs["link"].endswith(f"/CTRAIN/p{of_step.ts.replace('.', '')}")
    assert ended.outputs["value_text"] == f"{ended.outputs['value']:g}%"
