"""Examples of runs, for the tests that walk all rooms."""

from bot.asking.core.arguments import Ask
from bot.runs.core.command import StartFlow, WatchFlow
from bot.runs.ids import RunCallback
from bot.runs.question import RUN_LISTS, RunsQuestion
from tests.examples import Examples, Findable
from tests.stage import Stage


async def alone(stage: Stage, command: str) -> str:
    """Let nobody else run anything meanwhile."""
    stage.smartflows.set_switch("others_every", 0)
    return command


EXAMPLES = Examples(
    answers=(
        "/flow-run list running",
        "/flow-run list failed",
        "/flow-run list waiting",
        "/flow-run list today",
        "/flow-run status",
        "/flow-run list failed export csv",
        "/flow-run summary",
        '/flow-run summary "Travel request" last-30d',
        '/flow-run summary "Travel request" last-30d xlsx',
    ),
    view=lambda question: question.which,
    views=("", *RUN_LISTS),
    certain=alone,
    workbooks={
        '/flow-run summary "Travel request" last-30d xlsx': (*("Runs of Travel request", "Notes"),),
    },
    forms={
        "/flow-run": RunCallback.RUN_FLOW,
        "/flow-run batch travel": RunCallback.RUN_BATCH,
    },
    findable={
        "Smart Flow": Findable(
            '/flow-run summary "{}"', "Invoice run", "Invoice run, last 7 days: "
        )
    },
    commands=lambda name: {
        "/flow-run {}": StartFlow(name),
        "/flow-run watch {}": WatchFlow(name),
        "/flow-run summary {}": Ask(RunsQuestion(name)),
    },
    questions=lambda name: (RunsQuestion(name), RunsQuestion(which="failed")),
    words=("start",),
)
