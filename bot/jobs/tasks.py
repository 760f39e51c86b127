"""Which work there is: what each job is about, how it is read from its row, and who does it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Generic, Protocol

from bot.codec import decode
from bot.errors import BotError
from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.outcome import Outcome
from bot.jobs.request import EnteredForm, I, Intent, Job, Request
from bot.jobs.store import JobRow


@dataclass(frozen=True, slots=True)
class Task(Generic[I]):
    """One kind of work. `read` takes the details of a row that the codec alone cannot read.

    `failed` says what comes of work that nobody asked for in person, where `run` raised.
    """

    intent: type[I]
    run: Callable[[Job[I]], Awaitable[Outcome]]
    read: Callable[[Mapping[str, Any]], I] | None = None
    failed: Callable[[Job[I], BotError], Awaitable[Outcome]] | None = None
    deed: Deed[I] | None = None
    """What it changes, if anything."""

    def with_deed(self, deed: Deed[Any] | None) -> "Task[I]":
        """Return the same work, with what it changes."""
        return replace(self, deed=deed) if deed else self

    def intent_of(self, details: Mapping[str, Any]) -> I:
        """Return what is wanted. Raises ValueError for details that nobody can read."""
        return self.read(details) if self.read else decode(self.intent, details)


class Workplace(Protocol):
    """Where some of the work is done."""

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        ...


@dataclass(frozen=True, slots=True)
class UnreadableIntent(Intent):
    """What a row holds that no task of this version can read; `problem` says why."""

    job: ClassVar[str] = "unreadable"
    needs: ClassVar[Right] = Right.HELP
    problem: str


_ASKER = tuple(each.name for each in fields(Request) if each.name != "details")
_PLACE = tuple(each for each in _ASKER if each != "user")
"""What the details of the clock's jobs may say of a request: where, and never who."""


class Tasks:
    """All kinds of work by their names."""

    def __init__(self, tasks: Iterable[Task[Any]]) -> None:
        """Know these; raises ValueError where two have one name."""
        self._tasks: dict[str, Task[Any]] = {}
        for task in tasks:
            if task.intent.job in self._tasks:
                raise ValueError(f"two tasks are called {task.intent.job}")
            self._tasks[task.intent.job] = task

    @property
    def intents(self) -> tuple[type[Intent], ...]:
        """What can be wanted."""
        return tuple(task.intent for task in self._tasks.values())

    def intent(self, name: str, details: Mapping[str, Any]) -> Intent:
        """Return what a row or a button wants. Raises LookupError and ValueError."""
        intent: Intent = self._tasks[name].intent_of(details)
        return intent

    def job(self, row: JobRow) -> Job[Intent]:
        """Return the job of a row; the clock's have their details alone."""
        asked = {"user", "user_name"} <= row.arguments.keys()  # one alone may be an intent's own
        details = row.arguments.get("details") or {} if asked else row.arguments
        try:
            intent = self.intent(row.name, details)
        except (LookupError, ValueError) as error:
            intent = UnreadableIntent(f"{row.name}: {type(error).__name__}")
        names = _ASKER if asked else _PLACE
        who = {name: row.arguments[name] for name in names if name in row.arguments}
        if who.get("form"):
            who["form"] = decode(EnteredForm, who["form"])
        nobody = {"user": "", "user_name": "", "channel": ""}
        request = Request(**{**nobody, **who, "details": intent})
        return Job(row.id, row.key, request, row.attempts, row.created_at, row.crashes)

    def deed(self, name: str) -> Deed[Any] | None:
        """Return what a kind of work changes, None for nothing."""
        task = self._tasks.get(name)
        return task.deed if task else None

    @property
    def once(self) -> tuple[str, ...]:
        """The names of the work that changes something and must not look untouched once begun."""
        return tuple(name for name, task in self._tasks.items() if task.intent.once)

    async def failed(self, job: Job[Any], error: BotError) -> Outcome:
        """Return what comes of a job of nobody's that failed."""
        task = self._tasks.get(job.name)
        if task is None or task.failed is None:
            return Outcome(error=str(error))
        return await task.failed(job, error)

    async def carry_out(self, job: Job[Any]) -> Outcome:
        """Do the work of a job. Raises what its service raises, LookupError without one."""
        unreadable = job.details if isinstance(job.details, UnreadableIntent) else None
        if unreadable:
            raise LookupError(unreadable.problem)
        return await self._tasks[job.name].run(job)
