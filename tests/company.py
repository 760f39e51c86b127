"""A second bot beside the one on stage: another process, or the same one after a restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.assembly.bot import Bot
from bot.assembly.features import load_settings
from bot.assembly.process import assemble
from bot.config import Settings, with_environment, with_values
from sandbox.world import World
from tests.databases import ON_POSTGRES, prepared


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


_KEEP = (
    """CREATE TRIGGER keep_arguments AFTER UPDATE OF arguments ON jobs BEGIN
    UPDATE jobs SET arguments = OLD.arguments WHERE id = OLD.id; END""",
)
_KEEP_ON_POSTGRES = (
    """CREATE FUNCTION keep_arguments() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.arguments := OLD.arguments; RETURN NEW; END $$""",
    """CREATE TRIGGER keep_arguments BEFORE UPDATE OF arguments ON jobs FOR EACH ROW
    EXECUTE FUNCTION keep_arguments()""",
)


async def keep_what_was_wanted(bot: Bot) -> None:
    """Let jobs that ended keep what they were about, so that a test can have them begun again."""
    for statement in _KEEP_ON_POSTGRES if ON_POSTGRES else _KEEP:
        await bot.database.execute(statement)
