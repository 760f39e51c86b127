"""What a question is, and what is known of each kind of question.

A feature says with one QuestionKind how its questions are read, typed again, filed and sent as
digests. Nothing here names a feature: the kinds come from whoever puts the bot together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Generic, TypeVar

from bot.asking.core.arguments import Token, joined, quoted
from bot.asking.core.options import Options
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.terms import Measure
from bot.codec import decode
from bot.jobs.access import Right
from bot.jobs.request import Intent

TABLE_FORMATS = ("csv", "xlsx")
EXPORT_FORMATS = (*TABLE_FORMATS, "pdf")
"""Every format in which the data behind an answer can come."""


class Question(Intent):
    """What a person or a digest asks, as it was asked: a frozen dataclass that is a job's argument.

    Its `job` is the word for its kind: in a subscription, in the outbox, and as a job. `export` is
    empty for an answer in Slack, or a format for a file. `period`, where there is one, is in the
    canonical words of core.periods, still relative ("last-30d"), so that a digest asks anew.
    `formats` are those in which the data behind its answer can be had.
    """

    __slots__ = ()
    needs: ClassVar[Right] = Right.ASK
    formats: ClassVar[tuple[str, ...]] = TABLE_FORMATS
    export: str
    period: str = ""


Q = TypeVar("Q", bound=Question)


def with_export(question: Q, form: str) -> Q:
    """Return the question for the same data as a file."""
    changed: Any = question
    return replace(changed, export=form)  # type: ignore[no-any-return]  # the class it was


def no_notes(_: Question) -> Iterator[str]:
    """Return nothing to say to whoever orders a digest."""
    return iter(())


def no_measures(_: Question | None) -> tuple[Measure, ...]:
    """Return no figure that a digest can depend on."""
    return ()


def no_parts(_: Question) -> str:
    """Return that an answer has no parts to choose from."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker(Generic[Q]):
    """How a question of a kind is chosen in a form, without a word being typed.

    `service` is what people call all that can be asked there. `thing` is what it may be about, and
    `things` the action id of the list of its room that finds one; a question has its id and its
    name in the fields `names`. `figures` are (value, label)
    pairs, the likeliest first, of which those in `alone` are about no thing. `period` is the one
    chosen at first, "any" for all there is, or empty where a question has none. `made` returns the
    question of a thing's value in its list, a figure and a period. `renew` is the job that brings
    the list up to date, where there is one.
    """

    service: str
    thing: str
    things: str
    names: tuple[str, str]
    figures: tuple[tuple[str, str], ...]
    made: Callable[[str, str, str], Q]
    alone: frozenset[str] = frozenset()
    period: str = ""
    renew: Intent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionKind(Generic[Q]):
    """One kind of question.

    `read` takes the words after the command, or around a digest's schedule, and raises UserError;
    `words` gives them back, and `typed` where they differ after the command. `as_file` returns
    the question for the data behind an answer as a file of a format. `is_personal` tells whether
    the answer has e-mail addresses or phone numbers in it. `notes` are sentences for whoever orders
    a digest, `titled` is what people call the question in a sentence, such as "Invoice run, last 7
    days"; an `implied` kind is not named where its data is told of. `options` refuses what follows
    a schedule and is no option; `check_after`, in its place, is given the words after a schedule
    and its zone. `asks` is the sentence for a question about nothing, where `options` have none;
    `unnamed` is the question whose answer is what there is to pick from, or `likely` are words for
    the likeliest questions. `measures` are the figures that a digest of a question can depend on,
    all that there may be for None; `parts` is the word for what can be left out of its answer by
    name, such as "flow", or empty. With a `picker` it is chosen in the form of a digest.
    """

    question: type[Q]
    command: str
    read: Callable[[Sequence[Token]], Q]
    words: Callable[[Q], str]
    typed: Callable[[Q], str] | None = None
    options: Options | None = None
    check_after: Callable[[Sequence[Token], str], None] | None = None
    as_file: Callable[[Q, str], Question] = with_export
    is_personal: Callable[[Q], bool] = lambda _: False
    notes: Callable[[Q], Iterable[str]] = no_notes
    titled: Callable[[Q], str] | None = None
    implied: bool = False
    asks: str = ""
    unnamed: Q | None = None
    likely: tuple[str, ...] = ()
    measures: Callable[[Q | None], tuple[Measure, ...]] = no_measures
    parts: Callable[[Q], str] = no_parts
    picker: Picker[Q] | None = None

    @property
    def name(self) -> str:
        """The word for it."""
        return self.question.job

    def of_row(self, row: Mapping[str, Any]) -> Q:
        """Return the question of a row; what it does not know is left out."""
        known = {each.name for each in fields(self.question)}  # type: ignore[arg-type]  # all are
        return decode(self.question, {name: row[name] for name in row if name in known})

    def of_digest(self, before: Sequence[Token], after: Sequence[Token], *, zone: str) -> Q:
        """Return the question of the words before and after a schedule in a zone.

        Raises UserError naming the part that cannot be read and what would work.
        """
        options = self.options
        if self.check_after:
            self.check_after(after, zone)
        elif options and after and not options.end(after):  # it would pass for part of a name
            typed = joined(after)
            raise RetypeError(
                f"I didn't understand {quoted(typed)} after the schedule. Shall I leave it out?",
                typed=typed,
                corrections=[Correction("Leave it out", "")],
            )
        return self.read((*before, *after))

    @property
    def which(self) -> str:
        """The sentence that asks what it is about, with an example."""
        asked = self.asks or (self.options.which if self.options else "What about?")
        return f"{asked.rstrip('.')}."

    def command_words(self, question: Q) -> str:
        """Return the whole command that asks the question."""
        return f"{self.command} {(self.typed or self.words)(question)}"

    def order_words(self, question: Q) -> str:
        """Return what follows "/flow subscribe", but for the schedule."""
        return f"{self.name} {self.words(question)}"

    def title(self, question: Q) -> str:
        """Return what people call a question, to stand within a sentence."""
        return self.titled(question) if self.titled else self.order_words(question)

    def data_words(self, question: Q) -> str:
        """Return of what an export form offers the data."""
        if self.implied:
            return f"The data behind this report: {self.words(question)}."
        return f"The data behind this: {self.command_words(question)}"


class QuestionKinds:
    """All kinds, by the words for them."""

    def __init__(self, kinds: Iterable[QuestionKind[Any]]) -> None:
        """Know these, in the order in which people are told of them."""
        self._kinds = {kind.name: kind for kind in kinds}

    def __iter__(self) -> Iterator[QuestionKind[Any]]:
        return iter(self._kinds.values())

    @property
    def names(self) -> tuple[str, ...]:
        """The words for them."""
        return tuple(self._kinds)

    def __contains__(self, name: str) -> bool:
        return name in self._kinds

    def __getitem__(self, name: str) -> QuestionKind[Any]:
        """Return the kind of a word. Raises LookupError for any other."""
        return self._kinds[name]

    def of(self, question: Question) -> QuestionKind[Any]:
        """Return the kind of a question."""
        return self._kinds[question.job]
