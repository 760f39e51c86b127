"""What people and the vendor do in the tests of Smart Flows."""

from sandbox.slack import Message
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import FLOWS, PEOPLE, FlowPlan
from sandbox.vendors.smartflows.runs import Run
from tests.stage import Stage

TRAVEL = "Travel request"
WELCOME = "Welcome letter"


def plan(name: str) -> FlowPlan:
    """Return a flow of the local project."""
    return next(flow for flow in FLOWS if flow.name == name)


def quiet(
    stage: Stage, *, seconds: float = 30, outcome: str = "Success", pause: str = "none"
) -> None:
    """Let nobody else start flows, and ours run as a test needs it."""
    vendor = stage.smartflows
    vendor.set_switch("others_every", 0)
    vendor.set_switch("run_seconds", seconds)
    vendor.set_switch("next_outcome", outcome)
    vendor.set_switch("next_pause", pause)


def somebody_runs(
    stage: Stage,
    name: str = TRAVEL,
    *,
    seconds: float = 30,
    outcome: str = "Success",
    pause: str = "",
) -> Run:
    """Let somebody else start a flow, not through Flowbot."""
    course = Course(working=seconds, outcome=outcome, pause=pause)
    return stage.smartflows.engine.launch(plan(name), user=PEOPLE[1], course=course)


async def started(stage: Stage, name: str = TRAVEL, *, channel: str = "CTRAIN") -> Message:
    """Start a flow by its name and return its card."""
    await stage.command(f"/flow-run {name}", channel=channel)
    return card(stage, channel)


def card(stage: Stage, channel: str = "CTRAIN") -> Message:
    """Return the latest card of a channel as it is now."""
    return [each for each in stage.said(channel) if each.blocks][-1]


def thread(stage: Stage, shown: Message) -> list[str]:
    """Return the texts under a card, oldest first; files by their names."""
    replies = stage.slack.thread(shown.channel, shown.ts)
    return [each.text or ", ".join(file.name for file in each.files) for each in replies]


def ours(stage: Stage) -> list[Run]:
    """Return the executions that Flowbot started, in their order."""
    everything = stage.smartflows.engine.index.runs.values()
    found = [run for run in everything if run.user.name == "Flowbot"]
    return sorted(found, key=lambda run: run.number)


def our_run(stage: Stage) -> Run:
    """Return the execution that Flowbot started last."""
    return ours(stage)[-1]


def asked(stage: Stage, path: str, method: str = "") -> int:
    """Return how often the vendor was asked at a path that ends like this."""
    return len(
        [
            call
            for call in stage.smartflows.calls
            if call.path.endswith(path) and method in ("", call.method)
        ]
    )
