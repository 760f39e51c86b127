"""What can be wanted besides what a feature can do: the arguments of jobs."""

from dataclasses import dataclass
from typing import Any, ClassVar

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
class HomePage:
    """What somebody looks at in their Home tab.

    `direct` are their direct messages with the bot. With `everywhere` an admin looks at all digests
    of the workspace. `ailing` and `digests` are after which one each list goes on, as
    bot.digests.overview.pages has it; empty at the beginning.
    """

    direct: str = ""
    everywhere: bool = False
    ailing: str = ""
    digests: str = ""


@dataclass(frozen=True, slots=True)
class ShowHome(Intent):
    """Somebody looks at the Home tab, from which an admin changes who may ask.

    `said` are the blocks of what came of something that was done there. With `toured` they have
    seen the tour.
    """

    job: ClassVar[str] = "home"
    needs: ClassVar[Right] = Right.HELP
    page: HomePage = HomePage()
    said: tuple[dict[str, Any], ...] = ()
    toured: bool = False


@dataclass(frozen=True, slots=True)
class Greet(Intent):
    """Somebody looks at their messages with the bot."""

    job: ClassVar[str] = "greet"
    needs: ClassVar[Right] = Right.HELP
