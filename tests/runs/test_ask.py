"""`flowbot ask` beside a bot at work: what one posted is not the other's to edit."""

from pathlib import Path

from bot.assembly.process import assemble
from tests.company import settings_of
from tests.stage import Stage, open_stage


def edits(stage: Stage) -> int:
    return len([call for call in stage.slack.calls if call.method == "chat.update"])


async def test_a_living_card_is_edited_by_its_own_bot_alone(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        await stage.command("/flow-run travel request")
        stage.clock.advance(seconds=60)
        before = edits(stage)

        settings = settings_of(stage.world, database)
        async with assemble(settings, clock=stage.clock, queue="ask-1") as asked:
            await asked.settle()
        assert edits(stage) == before

        await stage.settle()
        assert edits(stage) > before
