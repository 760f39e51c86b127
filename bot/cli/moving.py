"""`flowbot move`: everything of a file of SQLite to Postgres."""

import asyncio
from argparse import Namespace
from typing import Any

from bot.config import Settings
from bot.errors import UserError
from bot.store.addresses import file_of, postgres


def add_options(parser: Any) -> None:
    """Let it be said where to."""
    parser.add_argument(
        "--to",
        required=True,
        metavar="URL",
        help="the new database, such as postgresql://user:password@host/database",
    )


async def move(settings: Settings, options: Namespace) -> int:
    """Move everything and say what arrived. Raises UserError and DatabaseNotOpenedError."""
    url = settings.general.database_url
    if not file_of(url):
        raise UserError("DATABASE_URL names no file of SQLite, and only such a one can be moved.")
    if not options.to.startswith(("postgresql://", "postgres://")):
        raise UserError("--to takes postgresql://user:password@host/database.")
    moving = postgres("moving")
    counts = await asyncio.to_thread(moving.move, file_of(url), options.to)
    print(*moving.as_lines(counts), sep="\n")
    print("All of it arrived. Let DATABASE_URL name the new database, then start.")
    return 0
