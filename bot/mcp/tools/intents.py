"""What tools want besides what commands want: the arguments of jobs."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class ConfirmDeed(Intent):
    """What a tool proposed, to be done now: `token` is what stands for it."""

    job: ClassVar[str] = "confirm_deed"
    needs: ClassVar[Right] = Right.HELP
    tool: str
    token: str


@dataclass(frozen=True, slots=True)
class LookInChannel(Intent):
    """A look at the digests of a channel, or at one of them: `about` is "why" or "history"."""

    job: ClassVar[str] = "look_in_channel"
    needs: ClassVar[Right] = Right.ASK
    channel: str
    number: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class ProposeDigest(Intent):
    """A digest to be shown before it is ordered: the answer of a tool, by its name and arguments.

    `schedule` is as it is typed; `channel` is Slack's id of where it comes, empty for the direct
    messages of who asks.
    """

    job: ClassVar[str] = "propose_digest"
    needs: ClassVar[Right] = Right.ORDER
    about: str
    schedule: str
    arguments: dict[str, Any] = field(default_factory=dict)
    channel: str = ""
    note: str = ""
