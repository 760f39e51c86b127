"""Every spelling of a status in the vendor's sources, into the ten. Pure."""

import re

from bot.runs.model import CANCELED, RUNNING, STATUSES, USER_INPUT

_BLANKS = re.compile(r"[\s_-]+")
_SPELLINGS = {
    **{status.casefold(): status for status in STATUSES},
    "cancelled": CANCELED,
    "waitingforuserinput": USER_INPUT,
}


def read_status(text: str) -> str:
    """Return one of STATUSES for any known spelling of it, else the text itself.

    No status at all is taken as running: the vendor always has one, so we have missed nothing yet.
    """
    plain = _BLANKS.sub("", text).casefold()
    return _SPELLINGS.get(plain, text.strip()) if plain else RUNNING
