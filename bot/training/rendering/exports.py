"""The message a file belongs to, and how the file is called."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.slack.blocks.blocks import bold, context, message, paragraph, plain
from bot.slack.blocks.budget import clean
from bot.slack.blocks.wording import FORMATS
from bot.slack.messages import Block, Message
from bot.tables.file_names import dated_filename

_NO_SUMS: Final = "The file has a row for each person; over time it is counted here:"


def export_message(
    flow: str,
    *,
    fmt: str,
    dates: str,
    status: str = "",
    footer: str,
    sums: Sequence[Block] = (),
) -> Message:
    """Return the parent message of an exported file, which follows in its thread.

    `dates` and `status` are words for people; `footer` says who asked or which digest it is.
    `sums` are counts over time that were asked for: the file is MomoFlow's own and has a row for
    each person instead.
    """
    title = export_title(flow, fmt=fmt, dates=dates, status=status)
    return message(
        f"{title}. The file is in the thread.",
        paragraph(bold(flow), plain(f": training data as {FORMATS[fmt]}. The file is below.")),
        *([context(_NO_SUMS)] if sums else []),
        *sums,
        context(footer, _what(dates, status), "Source: MomoFlow"),
    )


def export_title(flow: str, *, fmt: str, dates: str, status: str = "") -> str:
    """Return what a file is, in words: Slack shows the title of a file as it is, unescaped."""
    return clean(f"{flow}: training data as {FORMATS[fmt]}, {_what(dates, status)}")


def file_name(flow: str, *, fmt: str, day: date) -> str:
    """Return a file name that is safe everywhere, such as "Ladder-Safety-2026-11-22.xlsx"."""
    return dated_filename(flow, day, fmt, empty="training")


def _what(dates: str, status: str) -> str:
    return ", ".join(words for words in (dates, status and f"only {status}") if words)
