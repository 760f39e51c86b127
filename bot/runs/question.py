"""What can be asked about the runs of Smart Flows: a plain value that fits into a job's row."""

from dataclasses import dataclass
from typing import ClassVar

from bot.asking.question import Question

RUN_LISTS = ("running", "failed", "waiting", "today", "latest")
"""Runs of Smart Flows as they are now; "failed" are the latest of those, "latest" a few of all."""


@dataclass(frozen=True, slots=True)
class RunsQuestion(Question):
    """A look at the runs of a Smart Flow, or of all with an empty `flow`.

    `flow` is what was typed until it was found, then the flow's name, and `flow_id` its id.
    `period` is in the canonical words of core.periods, still relative. With `which`, one of
    RUN_LISTS, it is the list of those of all flows, whatever the period. `export` is empty or one
    of TABLE_FORMATS.
    """

    job: ClassVar[str] = "runs"

    flow: str = ""
    flow_id: str = ""
    period: str = "last-7d"
    which: str = ""
    export: str = ""
