"""Where scoreboards are off, that is said, and nothing of them is there."""

from bot.assembly.surfaces import surfaces_named, with_surfaces
from bot.slack.manifest import declared
from tests.asking.seeing import words
from tests.stage import Stage


async def test_typing_it_says_that_it_is_off_and_who_can_switch_it_on(
    off_stage: Stage,
) -> None:
    outcome = await off_stage.command("/flow scoreboard add report onboarding")

    assert "Scoreboards are off" in outcome.text
    assert "SURFACES=scoreboards" in outcome.text


def test_it_adds_its_scopes_to_the_manifest_and_nothing_else() -> None:
    before = declared()
    after = with_surfaces(before, surfaces_named(["scoreboards"]))

    scopes = set(after["oauth_config"]["scopes"]["bot"])
    assert scopes - set(before["oauth_config"]["scopes"]["bot"]) == {
        "canvases:read",
        "canvases:write",
    }
    assert {**after, "oauth_config": None} == {**before, "oauth_config": None}


async def test_the_doctor_takes_its_scopes_for_needed(stage: Stage) -> None:
    await stage.command("/flow doctor")

    assert "more than Flowbot ever does" not in words(stage.slack.ephemerals("UADA")[-1])
