"""Examples of workflows, for the tests that walk all rooms."""

from bot.asking.core.arguments import Ask, OpenForm
from bot.workflows.ids import WorkflowCallback
from bot.workflows.question import WORKFLOW_VIEWS, ExportQuestion
from tests.examples import Examples, Findable

SPRING = '"Spring campaign"'

EXAMPLES = Examples(
    answers=(
        "/flow-export workflows",
        "/flow-export workflows csv",
        f"/flow-export info {SPRING}",
        f"/flow-export {SPRING} step 1 last-7d csv",
        f"/flow-export {SPRING} step 1 last-7d show limit 5",
        f"/flow-export {SPRING} source last-7d show",
        f"/flow-export {SPRING} counts last-7d",
        f"/flow-export {SPRING} chart last-7d",
    ),
    view=lambda question: question.data,
    views=WORKFLOW_VIEWS,
    workbooks={
        f"/flow-export {SPRING} step 1 last-7d xlsx": ("Events", "Notes"),
        f"/flow-export {SPRING} step 3 2026-02-01..2026-11-20 xlsx": ("Events", "Notes"),
        f"/flow-export {SPRING} source last-7d xlsx": ("Events", "Notes"),
    },
    csv_files={f"/flow-export {SPRING} source last-7d csv": 1},
    forms={
        "/flow-export form": WorkflowCallback.EXPORT_STEP,
        "/flow-export Spring campaign": WorkflowCallback.EXPORT_STEP,
        "/flow-export form spring": WorkflowCallback.EXPORT_STEP,
    },
    findable={"workflow": Findable('/flow-export info "{}"', "Web navigation", "Web navigation: ")},
    commands=lambda name: {
        "/flow-export {}": OpenForm(name),
        "/flow-export form {}": OpenForm(name),
        "/flow-export {} step 1 last-7d": Ask(ExportQuestion(name, step=1, period="last-7d")),
    },
    questions=lambda name: (
        ExportQuestion(name, step=1, period="last-7d"),
        ExportQuestion(name, data="info", export=""),
    ),
)
