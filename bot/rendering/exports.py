"""The message a file belongs to, and how the file is called."""

import re
from datetime import date

from bot.core.budget import cut
from bot.model.messages import Message
from bot.rendering.blocks import actions, bold, button, code, context, message, paragraph, plain
from bot.rendering.ids import Action, BlockId
from bot.rendering.wording import FORMATS

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 80


def export_message(flow: str, *, fmt: str, dates: str, status: str = "", asked_by: str) -> Message:
    """Return the parent message of an exported file, which follows in its thread.

    `dates` and `status` are words for people; `asked_by` is a display name.
    """
    what = ", ".join(words for words in (dates, status and f"only {status}") if words)
    return message(
        f"{flow}: training data as {FORMATS[fmt]}, {what}. The file is in the thread.",
        paragraph(bold(flow), plain(f": training data as {FORMATS[fmt]}. The file is below.")),
        context(f"Asked by {asked_by}" if asked_by else "", what, "Source: MomoFlow"),
    )


def file_name(flow: str, *, fmt: str, day: date) -> str:
    """Return a file name that is safe everywhere, such as "Ladder-Safety-2026-11-22.xlsx"."""
    stem = _UNSAFE.sub("-", flow).strip("-._")
    return f"{cut(stem, _LONGEST, empty='training')}-{day.isoformat()}.{fmt}".replace("…", "")


def not_a_member(channel_name: str, *, bot_name: str, value: str) -> Message:
    """Return that a file cannot be posted here yet, with the line to type and a second try."""
    invite = f"/invite @{bot_name}"
    return message(
        f"I am not in #{channel_name}, so I cannot post the file there. Type {invite} there first.",
        paragraph(
            plain("I am not in this channel, so I cannot post the file. Type "), code(invite)
        ),
        actions(BlockId.TRY_AGAIN, button("Try again", Action.TRY_AGAIN, value=value)),
    )
