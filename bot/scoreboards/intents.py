"""What can be wanted of scoreboards: the arguments of jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.asking.question import Question, QuestionKinds
from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class ShowFigure(Intent):
    """A figure to be shown as it would stand in the canvas of a channel, before it does.

    `cron` is read in the IANA zone `zone`, or in the asker's.
    """

    job: ClassVar[str] = "show_board_figure"
    needs: ClassVar[Right] = Right.ORDER
    kind: str
    question: Question
    cron: str
    words: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class AddFigure(Intent):
    """A figure for the canvas of a channel, as it was shown."""

    job: ClassVar[str] = "add_board_figure"
    needs: ClassVar[Right] = Right.ORDER
    kind: str
    question: Question
    cron: str
    words: str
    zone: str = ""


def read_figure(row: Mapping[str, Any], kinds: QuestionKinds) -> dict[str, Any]:
    """Return the fields of a figure's row."""
    question = kinds[row["kind"]].of_row(row["question"])
    rest = {name: row[name] for name in ("kind", "cron", "words", "zone") if name in row}
    return {**rest, "question": question}


@dataclass(frozen=True, slots=True)
class ListFigures(Intent):
    """A request to see what stands on a channel's scoreboard."""

    job: ClassVar[str] = "list_board_figures"
    needs: ClassVar[Right] = Right.ASK


@dataclass(frozen=True, slots=True)
class RemoveFigure(Intent):
    """A figure that is read no more, by its number."""

    job: ClassVar[str] = "remove_board_figure"
    needs: ClassVar[Right] = Right.MANAGE
    number: int


@dataclass(frozen=True, slots=True)
class StopBoard(Intent):
    """All figures of a channel to be read no more, once that was asked for as `sure`."""

    job: ClassVar[str] = "stop_board"
    needs: ClassVar[Right] = Right.MANAGE
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RefreshBoard(Intent):
    """Figures of a channel to be read at once: one by its number, or with 0 all of them.

    Those that people took out of the canvas are put there anew.
    """

    job: ClassVar[str] = "refresh_board"
    needs: ClassVar[Right] = Right.MANAGE
    number: int = 0


@dataclass(frozen=True, slots=True)
class WriteFigure(Intent):
    """A figure to be read, and its section to be written where that says something new.

    One that somebody wants in person is put there `anew` where it is no more.
    """

    job: ClassVar[str] = "write_board_figure"
    number: int
    anew: bool = False

    @property
    def can_wait(self) -> bool:
        """Whether it lets people go first: many are due at nine."""
        return not self.anew


@dataclass(frozen=True, slots=True)
class EndFigure(Intent):
    """A section that says from now on that it is no longer kept up to date."""

    job: ClassVar[str] = "end_board_figure"
    number: int
    canvas: str
    heading: str
    table: str

    @property
    def can_wait(self) -> bool:
        """Whether it lets all else go first."""
        return True
