"""The message that a file of rows belongs to, for lists of any service."""

from bot.slack.blocks.blocks import bold, context, message, paragraph, plain
from bot.slack.blocks.wording import FORMATS, counted
from bot.slack.messages import Message


def table_message(title: str, rows: int, *, form: str, source: str, small: str) -> Message:
    """Return how many rows there are and that their file is in the thread; none have no file.

    `form` is a key of FORMATS; `small` is the small print beside the source.
    """
    told = (
        f"{counted(rows, 'row')} as {FORMATS[form]}. The file is in the thread."
        if rows
        else f"{source} has no rows for this, so there is no file."
    )
    return message(
        f"{title}: {told}",
        paragraph(bold(title), plain(f"\n{told}")),
        context(small, f"Source: {source}"),
    )
