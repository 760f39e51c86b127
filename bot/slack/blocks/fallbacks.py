"""The same content in ever plainer forms, for when Slack refuses the one before."""

from bot.slack.blocks.simpler import simpler, tables_of, words_of
from bot.slack.messages import FileOffer, FileSource, Message
from bot.tables.file_names import safe_filename

NATIVE = 0
CLASSIC = 1
WORDS = 2
"""Text alone; tables and charts follow as files."""

ROWS = "rows"
"""The file source whose rows travel in its own arguments."""


def as_fallback(message: Message, level: int) -> Message:
    """Return the message as its fallback of that level."""
    if level <= NATIVE:
        return message
    if level == CLASSIC:
        return simpler(message)
    return Message(message.text)


def files_for(message: Message, level: int) -> tuple[FileOffer, ...]:
    """Return the files that carry what the words at the last level leave out."""
    if level < WORDS:
        return ()
    tables = [_table_file(caption, rows) for caption, rows in tables_of(message.blocks)]
    words = words_of(message.blocks)
    if words:
        rows = [[line] for line in words.splitlines()]
        tables.append(_table_file("The words of this message", rows))
    return tuple(tables)


def _table_file(caption: str, rows: list[list[str]]) -> FileOffer:
    title = caption or "Table"
    return FileOffer(
        filename=safe_filename(title, "csv"),
        title=title,
        source=FileSource(ROWS, {"rows": rows}),
        alt_text=f"{title}: {len(rows) - 1} rows as CSV",
    )
