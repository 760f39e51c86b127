"""A workspace of an Enterprise Grid organisation: its sister workspaces are ours, others are not.

Slack offers commands and shortcuts to people of the app's own workspace alone; those of others can
press buttons and submit windows.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.slack import Message
from sandbox.slack.channels import Channel
from sandbox.slack.identity import Identity
from sandbox.slack.people import PARTNER
from tests.asking.answers import chosen
from tests.asking.seeing import words
from tests.stage import Stage, open_stage

OURS, SISTER, OTHER = "ELUMEN", "TSISTER", "EOTHER"
REPORT = "/flow-report onboarding last-7d"
DAILY = "/flow subscribe report onboarding daily 09:00"
REFUSED = "Flowbot is only for members of this workspace."


@pytest.fixture
async def grid(tmp_path: Path) -> AsyncIterator[Stage]:
    identity = replace(Identity(), enterprise_id=OURS, enterprise_name="Lumen")
    async with open_stage(tmp_path / "flowbot.db", identity=identity) as stage:
        yield stage


async def belongs(stage: Stage, user: str, *, team: str, organisation: str, **more: bool) -> None:
    """Let somebody come from another workspace, of our organisation or of another one."""
    await stage.slack.admin.change_person(user, team_id=team, enterprise_id=organisation, **more)


async def shown(stage: Stage) -> Message:
    await stage.command(REPORT)
    return stage.said()[-1]


async def file_for(stage: Stage, message: Message, user: str) -> str:
    """Export what is behind a report; return the conversation in which its file comes."""
    await chosen(stage, message, user=user)
    [file] = stage.slack.files
    return file.channel


async def test_whoever_comes_from_a_sister_workspace_is_one_of_ours(grid: Stage) -> None:
    message = await shown(grid)
    await belongs(grid, "UGRACE", team=SISTER, organisation=OURS)

    assert await file_for(grid, message, "UGRACE") == "CTRAIN"


@pytest.mark.parametrize("organisation", [OTHER, ""], ids=["another organisation", "none"])
async def test_whoever_comes_from_another_organisation_is_not(
    grid: Stage, organisation: str
) -> None:
    message = await shown(grid)
    await belongs(grid, "UGRACE", team=PARTNER, organisation=organisation)

    await chosen(grid, message, user="UGRACE")
    window = grid.slack.view_of("UGRACE")
    assert window is not None
    assert (window.callback_id, REFUSED in words(window)) == ("notice", True)
    assert grid.slack.files == []


async def test_a_guest_of_a_sister_workspace_is_a_guest(grid: Stage) -> None:
    message = await shown(grid)
    await belongs(grid, "UGRACE", team=SISTER, organisation=OURS, is_restricted=True)

    assert await file_for(grid, message, "UGRACE") == "DGRACE"


async def test_a_channel_shared_among_our_workspaces_is_among_ourselves(grid: Stage) -> None:
    people = ("UADA", grid.slack.bot_user_id)
    grid.slack.admin.add(Channel("CSISTER", "sisters", people, is_org_shared=True))
    await grid.command(REPORT, channel="CSISTER")
    await grid.command(DAILY, channel="CSISTER")

    answer, ordered = grid.said("CSISTER")
    assert "in Onboarding (" in answer.text
    assert ordered.text.startswith("Done. ")
