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


@dataclass(frozen=True, slots=True)
class HearLine(Intent):
    """What somebody said to the bot without a command, as Slack sends it, without its mention."""

    job: ClassVar[str] = "line"
    needs: ClassVar[Right] = Right.HELP
    text: str = ""


@dataclass(frozen=True, slots=True)
class SlowDown(Intent):
    """Somebody says more than is answered."""

    job: ClassVar[str] = "slow_down"
    needs: ClassVar[Right] = Right.HELP


@dataclass(frozen=True, slots=True)
class Welcome(Intent):
    """The bot was added to a channel."""

    job: ClassVar[str] = "welcome"
    needs: ClassVar[Right] = Right.HELP


@dataclass(frozen=True, slots=True)
class ShowHome(Intent):
    """Somebody looks at the Home tab."""

    job: ClassVar[str] = "home"
    needs: ClassVar[Right] = Right.ASK
