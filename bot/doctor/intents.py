"""What may be wanted of the doctor in Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.asking.core.arguments import Token
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class RunDoctor(Intent):
    """A look at what Flowbot needs in this workspace."""

    job: ClassVar[str] = "run_doctor"
    needs: ClassVar[Right] = Right.GOVERN


def parse_doctor(rest: Sequence[Token]) -> RunDoctor:
    """Return what the words after "doctor" want. Raises UserError where there are any."""
    if rest:
        raise UserError("Type `/flow doctor` and nothing after it: it looks at everything here.")
    return RunDoctor()
