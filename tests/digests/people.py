"""How far the people in Onboarding are, as a test wants it."""

from dataclasses import replace
from datetime import timedelta

from sandbox.vendors.momoflow.organisation import Flow, Step
from tests.stage import MONDAY, Stage

DAY = timedelta(days=1)


def onboarding(stage: Stage) -> Flow:
    flows = stage.momoflow.organisation.flows.values()
    return next(each for each in flows if each.plan.name == "Onboarding")


def stand(stage: Stage, *, done: int, late: int) -> None:
    """Let so many people have completed Onboarding, and so many be overdue, and nobody else."""
    flow = onboarding(stage)
    one = flow.enrolments[0]
    passed = Step("step_1", "Welcome", MONDAY - 2 * DAY, MONDAY - DAY)
    steps = [(passed,)] * done + [()] * late
    flow.enrolments[:] = [
        replace(one, id=f"asgn_{at}", email=f"p{at}@acme.example", due_at=MONDAY - DAY, steps=each)
        for at, each in enumerate(steps)
    ]
