"""A message whose missing files came after all: it says so instead of what it said before."""

from collections.abc import Container
from datetime import datetime

from bot.outbox import words
from bot.outbox.entries import Entry, OutgoingAnswer
from bot.outbox.store import complete, tell
from bot.slack.messages import Answer, Target
from bot.store.database import Transaction


def tell_made_good(
    tx: Transaction, came: Entry, *, own_words: Container[str], now: datetime
) -> None:
    """Let the message say that all of it came, now that a lost file of it `came`.

    Not while another one is missing, and not of a file that never was promised there. Sources in
    `own_words` bring the message up to date themselves.
    """
    key = came.parent_key
    parent = complete(tx, key)
    promised = came.key.startswith(f"{key}#") and came.file.source.name not in own_words
    if parent is None or not parent.ts or not promised:
        return
    target = Target(parent.posted_channel, edits=key)
    answer = Answer(words.with_files_after_all(parent.message))
    tell(tx, OutgoingAnswer(f"{key}:whole", target, answer), now=now, queue=parent.queue)
