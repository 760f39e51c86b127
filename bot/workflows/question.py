"""What can be asked about website workflows: a plain value that fits into a job's row."""

from dataclasses import dataclass, replace
from typing import ClassVar

from bot.asking.question import Question

STEP = "step"
SOURCE = "source"
COUNTS = "counts"
CHART = "chart"
WORKFLOW_DATA = (STEP, SOURCE, COUNTS, CHART)
"""The events of a step, those of no step, the counts beside a workflow's chart, and its figures."""
WORKFLOWS = "workflows"
INFO = "info"
WORKFLOW_VIEWS = (*WORKFLOW_DATA, WORKFLOWS, INFO)
"""The same, the list of all workflows, and what one of them is; these two know no period."""


@dataclass(frozen=True, slots=True)
class ExportQuestion(Question):
    """Data of a website workflow as it was asked for.

    `workflow` is what was typed until it was found, then the name, and `workflow_id` its id; both
    are empty for WORKFLOWS. `data` is one of WORKFLOW_VIEWS; `step` counts from 1 and is 0 for the
    others. `period` is empty only for the two views that know none. `export` is one of
    TABLE_FORMATS, or empty for rows in Slack alone. `goal` asks for the events that reached a goal,
    `total` for all goals of the source data. `path` has the actions of each step from the first on,
    an empty entry for any. `basic` is the vendor's own word.
    """

    job: ClassVar[str] = "export"

    workflow: str
    data: str = STEP
    step: int = 0
    period: str = ""
    export: str = "csv"
    limit: int | None = None
    goal: bool = False
    total: bool = False
    actions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    path: tuple[tuple[str, ...], ...] = ()
    basic: bool = False
    workflow_id: str = ""
    always: bool = False
    """Whether a file is wanted even of a few rows, which otherwise are shown in Slack alone."""


def as_file(question: ExportQuestion, form: str) -> ExportQuestion:
    """Return the question for the data behind an answer as a file, however few rows there are."""
    return replace(question, export=form, always=True)
