"""What can be wanted about tokens: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class MakeToken(Intent):
    """A token for an assistant of that name, to be shown once, in the window `view_id`."""

    job: ClassVar[str] = "make_assistant_token"
    needs: ClassVar[Right] = Right.ASK
    name: str
    view_id: str


@dataclass(frozen=True, slots=True)
class RevokeToken(Intent):
    """One of the asker's own tokens, to be ended, by its number."""

    job: ClassVar[str] = "revoke_assistant_token"
    needs: ClassVar[Right] = Right.HELP
    number: int
    name: str = ""
