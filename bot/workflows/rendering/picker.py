"""How the data of a website workflow is chosen in the form of a digest."""

from typing import Final

from bot.asking.question import Picker
from bot.workflows.core.command import DEFAULT_PERIOD
from bot.workflows.ids import WorkflowAction
from bot.workflows.intents import RenewWorkflows
from bot.workflows.question import CHART, COUNTS, SOURCE, STEP, ExportQuestion

_STEP: Final = "step "
_STEPS: Final = 10


def _made(workflow: str, figure: str, period: str) -> ExportQuestion:
    period = period or DEFAULT_PERIOD
    if figure.startswith(_STEP):
        step = int(figure.removeprefix(_STEP))
        return ExportQuestion(workflow, STEP, step=step, period=period)
    return ExportQuestion(workflow, figure, period=period)


PICKER: Final = Picker(
    service="Website workflows",
    thing="Workflow",
    things=WorkflowAction.WORKFLOW,
    names=("workflow_id", "workflow"),
    figures=(
        (COUNTS, "Visitors, sessions and when they came"),
        (CHART, "The figures of its chart"),
        (SOURCE, "Events outside the steps (goals)"),
        *((f"{_STEP}{step}", f"The events of step {step}") for step in range(1, _STEPS + 1)),
    ),
    made=_made,
    period=DEFAULT_PERIOD,
    renew=RenewWorkflows(),
)
