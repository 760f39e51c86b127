"""What somebody alone is shown has no button that only leads to a refusal."""

import pytest

from tests.asking.seeing import interactive
from tests.stage import Stage

LINES = (
    "/flow-run status",
    '/flow-run flow "Invoice run"',
    "/flow-run list failed",
    '/flow-report "new hires"',
    "/flow-events future",
    "/flow-report onboarding",
)
REFUSED = {"Answer", "Documents", "Run", "Run again", "Assign", "Register someone", "Subscribe"}


def labels(stage: Stage, user: str) -> set[str]:
    shown = stage.slack.ephemerals(user)[-1]
    return {each["text"]["text"] for each in interactive(shown.blocks) if each["type"] == "button"}


@pytest.mark.parametrize("line", LINES)
async def test_a_guest_is_offered_nothing_that_guests_may_not_do(stage: Stage, line: str) -> None:
    await stage.command(line, user="UGUEST")

    assert labels(stage, "UGUEST") & REFUSED == set()


async def test_a_member_is_offered_it_in_private_as_well(stage: Stage) -> None:
    await stage.command('/flow-report "new hires" privately', user="UGRACE")

    assert "Assign" in labels(stage, "UGRACE")
