"""What can be wanted about being found by one's e-mail address: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class AgreeToBeFound(Intent):
    """Somebody agrees. Where they were asked, what came of it takes the place of the question."""

    job: ClassVar[str] = "agree_to_be_found"
    needs: ClassVar[Right] = Right.HELP
    turned: bool = False


@dataclass(frozen=True, slots=True)
class StopBeingFound(Intent):
    """Somebody does not agree, or not any more."""

    job: ClassVar[str] = "stop_being_found"
    needs: ClassVar[Right] = Right.HELP
    turned: bool = False


@dataclass(frozen=True, slots=True)
class AskConsent(Intent):
    """The one question to a person: on behalf of `by`, about such as "overdue training"."""

    job: ClassVar[str] = "ask_consent"
    person: str
    by: str
    about: str
