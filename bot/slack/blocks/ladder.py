"""The same content in ever plainer forms, for when Slack refuses the one before."""

from bot.slack.blocks.simpler import simpler, tables_of, words_of
from bot.slack.filenames import safe_filename
from bot.slack.messages import FileOffer, FileSource, Message

NATIVE = 0
CLASSIC = 1
WORDS = 2
"""Text alone; tables and charts follow as files."""

ROWS = "rows"
"""The file source whose rows travel in its own arguments."""


def at_rung(message: Message, rung: int) -> Message:
    """Return the message in the form of that rung."""
    if rung <= NATIVE:
        return message
    if rung == CLASSIC:
        return simpler(message)
    return Message(message.text)


def files_for(message: Message, rung: int) -> tuple[FileOffer, ...]:
    """Return the files that carry what the words of the last rung leave out."""
    if rung < WORDS:
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
