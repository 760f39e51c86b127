"""A second bot beside the one on stage: another process, or the same one after a restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.assembly.bot import Bot
from bot.assembly.features import load_settings
from bot.assembly.process import assemble
from bot.config import Settings, with_environment, with_values
from sandbox.world import World
from tests.databases import prepared


@asynccontextmanager
async def another_bot(world: World, database: Path, **general: str) -> AsyncIterator[Bot]:
    """Yield one more bot of a world, on a database that others may use too; it speaks from now."""
    async with assemble(settings_of(world, database, **general), clock=world.clock) as bot:
        await let_speak(bot)
        yield bot


async def let_speak(bot: Bot) -> None:
    """Let the leases of all processes on a bot's database end, as if they had died, but its own."""
    await bot.database.execute("DELETE FROM leases")
    assert await bot.parts.speaks.take()


def settings_of(world: World, database: Path, **general: str) -> Settings:
    """Return settings that point at a world; `general` are values of that block."""
    pointed = with_environment(load_settings(), world.environment)
    return with_values(pointed, general={"database_url": prepared(database), **general})


async def keep_what_was_wanted(bot: Bot) -> None:
    """Let jobs that ended keep what they were about, so that a test can have them begun again."""
    await bot.database.execute(
        """CREATE TRIGGER keep_arguments AFTER UPDATE OF arguments ON jobs BEGIN
        UPDATE jobs SET arguments = OLD.arguments WHERE id = OLD.id; END"""
    )
