"""The answers to a survey in one line: how many, and what most said to the first question.

FLOW documents no column of its survey files, so this reads them by what is in them: a column for
each question, or a row for each answer with the question beside it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from bot.tables.columns import TextTable

_PEOPLE = frozenset(
    [
        *("name", "first name", "last name", "firstname", "lastname", "email", "e-mail", "phone"),
        *("date", "time", "timestamp", "token", "id", "user id", "userid", "registrant", "survey"),
    ]
)
_QUESTION = ("question",)
_ANSWER = ("answer", "response", "reply")
"""How the headings of a column of questions and of one of answers begin."""
_FEW = 8
"""A question with more different answers is free text, which has no headline."""


@dataclass(frozen=True, slots=True)
class Headline:
    """How many answered, and of the first question that sums up: an average or the top answer.

    `question` is empty when none sums up. `average` is set for numbers, else `top` and the number
    of people `top_count` who said so.
    """

    answers: int
    question: str = ""
    average: float | None = None
    top: str = ""
    top_count: int = 0


@dataclass(frozen=True, slots=True)
class SurveySums:
    """What all surveys of an event say together.

    `all` counts the surveys, `read` those whose answers could be had, and `answers` theirs: who
    answered two surveys counts twice. `first` is the first of them that sums up a question.
    """

    all: int = 0
    read: int = 0
    answers: int = 0
    first: Headline = Headline(0)


NO_SURVEYS: Final = SurveySums()


def summed_up(tables: Iterable[TextTable | None]) -> SurveySums:
    """Return what surveys say together; None stands for one whose answers could not be had."""
    every = list(tables)
    found = [headline(table) for table in every if table is not None]
    telling = (each for each in found if each.question)
    return SurveySums(
        all=len(every),
        read=len(found),
        answers=sum(each.answers for each in found),
        first=next(telling, Headline(0)),
    )


def headline(table: TextTable) -> Headline:
    """Return the headline of a survey's answers."""
    questions, answers = _column(table, _QUESTION), _column(table, _ANSWER)
    if questions is not None and answers is not None and questions != answers:
        return _of_pairs([(row[questions].strip(), row[answers].strip()) for row in table.rows])
    for number, column in enumerate(table.columns):
        said = [row[number].strip() for row in table.rows if row[number].strip()]
        if said and column.strip().casefold() not in _PEOPLE:
            found = _summed(column, said, len(table.rows))
            if found:
                return found
    return Headline(len(table.rows))


def _column(table: TextTable, beginnings: tuple[str, ...]) -> int | None:
    names = [name.strip().casefold() for name in table.columns]
    return next((at for at, name in enumerate(names) if name.startswith(beginnings)), None)


def _of_pairs(pairs: list[tuple[str, str]]) -> Headline:
    """Return the headline of rows that each hold a question and an answer to it."""
    most = 0
    for question in dict.fromkeys(question for question, _ in pairs if question):
        said = [answer for asked, answer in pairs if asked == question and answer]
        most = max(most, len(said))
        found = _summed(question, said, len(said)) if said else None
        if found:
            return found
    return Headline(most)


def _summed(column: str, said: list[str], answers: int) -> Headline | None:
    """Return the headline of a column, or None for free text."""
    numbers = [float(each) for each in said if _is_number(each)]
    if len(numbers) == len(said):
        return Headline(answers, column, average=round(fmean(numbers), 2))
    counts = Counter(said)
    top, count = counts.most_common(1)[0]
    if len(counts) > _FEW or (count == 1 and answers > 1):
        return None
    return Headline(answers, column, top=top, top_count=count)


def _is_number(text: str) -> bool:
    """Return whether the text is a short plain number such as 4 or 4.5, a mark on some scale."""
    return text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= len("100.00")
