"""What can be wanted besides what a feature can do: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class ShowHelp(Intent):
    """The help of a command, or one of its groups by number; of a name that is off, of /flow."""

    job: ClassVar[str] = "help"
    needs: ClassVar[Right] = Right.HELP
    about: str = ""
    group: int = 0
