"""What can be wanted of runs besides what is typed after /flow-run: the arguments of jobs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from bot.asking.form_filling import FillForm
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.runs.core.watching import Condition


@dataclass(frozen=True, slots=True)
class EnteredBatch:
    """What one run that asks nobody is started with; only for `user`."""

    user: str
    flow: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PreviewBatch(Intent):
    """Runs to be shown in a window before they are started.

    `text` is the input of all, or it is in the `file` of Slack's id.
    """

    job: ClassVar[str] = "preview_batch"
    needs: ClassVar[Right] = Right.RUN
    view_id: str
    flow: str
    text: str
    channel: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class StartBatches(Intent):
    """Runs that were previewed; the input of each is kept under `kept` and its number."""

    job: ClassVar[str] = "start_batches"
    needs: ClassVar[Right] = Right.RUN
    flow: str
    kept: str
    count: int


@dataclass(frozen=True, slots=True)
class StartBatch(Intent):
    """A run that asks nobody, of a flow by its id; `kept` is the key of its input."""

    job: ClassVar[str] = "start_batch"
    needs: ClassVar[Right] = Right.RUN
    flow: str
    kept: str


@dataclass(frozen=True, slots=True)
class CancelExecution(Intent):
    """An execution to be cancelled, by its id."""

    job: ClassVar[str] = "cancel_run"
    needs: ClassVar[Right] = Right.CANCEL
    execution: str


@dataclass(frozen=True, slots=True)
class CancelTooLate(Intent):
    """A second press of Cancel, which only hears who was first."""

    job: ClassVar[str] = "cancel_run_too_late"
    needs: ClassVar[Right] = Right.ASK
    execution: str


@dataclass(frozen=True, slots=True)
class FollowRun(Intent):
    """Somebody who wants to be told of a run's end as well."""

    job: ClassVar[str] = "follow_run"
    needs: ClassVar[Right] = Right.ASK
    execution: str


@dataclass(frozen=True, slots=True)
class KeepWaiting(Intent):
    """A run that takes unusually long and shall go on all the same."""

    job: ClassVar[str] = "keep_waiting"
    needs: ClassVar[Right] = Right.RUN
    execution: str


@dataclass(frozen=True, slots=True)
class AnswerRun(Intent):
    """An answer to the question of that number; `values` has every key of the question."""

    job: ClassVar[str] = "answer_run"
    needs: ClassVar[Right] = Right.RUN
    execution: str
    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ListFlows(Intent):
    """A request to see which flows there are."""

    job: ClassVar[str] = "list_flows"
    needs: ClassVar[Right] = Right.ASK


@dataclass(frozen=True, slots=True)
class ProposeRun(Intent):
    """A run to be shown before it is started: with `values` one that asks nobody, or with XML."""

    job: ClassVar[str] = "propose_run"
    needs: ClassVar[Right] = Right.RUN
    flow: str
    values: dict[str, Any] = field(default_factory=dict)
    xml: str = ""


@dataclass(frozen=True, slots=True)
class ProposeCancel(Intent):
    """A run to be shown before it is cancelled: its id or a beginning of it."""

    job: ClassVar[str] = "propose_cancel"
    needs: ClassVar[Right] = Right.CANCEL
    execution: str


@dataclass(frozen=True, slots=True)
class ProposeAnswer(Intent):
    """An answer to a run's question, by the keys of its fields, to be shown before it is sent.

    Without any it is the question that is to be shown.
    """

    job: ClassVar[str] = "propose_answer"
    needs: ClassVar[Right] = Right.RUN
    execution: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FetchDocuments(Intent):
    """The documents of an execution, for whoever asks."""

    job: ClassVar[str] = "run_documents"
    needs: ClassVar[Right] = Right.RUN
    execution: str


@dataclass(frozen=True, slots=True)
class FillBatch(FillForm):
    """The window of runs that ask nobody, about a flow that has to be looked for."""

    job: ClassVar[str] = "fill_batch"
    needs: ClassVar[Right] = Right.RUN


@dataclass(frozen=True, slots=True)
class FillQuestion(FillForm):
    """The window of a question that has to be asked for first; typed as of `question_about`."""

    job: ClassVar[str] = "fill_question"
    needs: ClassVar[Right] = Right.RUN


@dataclass(frozen=True, slots=True)
class FillRun(FillForm):
    """The window of a run that shall go as another went; typed as of `ids.as_that_run`."""

    job: ClassVar[str] = "fill_run"
    needs: ClassVar[Right] = Right.RUN


@dataclass(frozen=True, slots=True)
class RenewFlows(Intent):
    """The pick list of flows to be brought up to date."""

    job: ClassVar[str] = "renew_flows"
    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class LearnFlow(Intent):
    """A flow, by its id, of which it is to be learnt how long it usually takes."""

    job: ClassVar[str] = "learn_flow"
    flow: str


@dataclass(frozen=True, slots=True)
class News:
    """What became true of an execution; `number` counts its questions and is 1 for all else."""

    execution: str
    condition: Condition
    number: int


@dataclass(frozen=True, slots=True)
class TellCard(Intent):
    """News for the thread of a run's card."""

    job: ClassVar[str] = "tell_run"
    execution: str
    condition: Condition
    number: int


@dataclass(frozen=True, slots=True)
class TellWatch(Intent):
    """News that one look showed, for a channel that watches."""

    job: ClassVar[str] = "tell_watch"
    channel: str
    events: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class RemindOfQuestion(Intent):
    """A question of an execution that may still be open after a while."""

    job: ClassVar[str] = "remind_run"
    execution: str
    number: int


@dataclass(frozen=True, slots=True)
class PassDeadline(Intent):
    """A question of an execution whose deadline passes; `is_last` is the second one."""

    job: ClassVar[str] = "pass_deadline"
    execution: str
    number: int
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class GiveMoreTime(Intent):
    """A question of an execution whose run shall go on waiting as long again."""

    job: ClassVar[str] = "give_more_time"
    needs: ClassVar[Right] = Right.RUN
    execution: str
    number: int


@dataclass(frozen=True, slots=True)
class SnoozeWatch(Intent):
    """A watch that tells nothing for so many days, or until a day, or until it is woken.

    `flow` is a name, a part of one, or an id; empty for the watch of all flows. `named` is a day in
    the canonical words of asking.core.ahead.
    """

    job: ClassVar[str] = "snooze_watch"
    needs: ClassVar[Right] = Right.MANAGE
    flow: str = ""
    days: int = 0
    until: date | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class WakeWatch(Intent):
    """A snoozed watch to go on, by the flow as a SnoozeWatch has it."""

    job: ClassVar[str] = "wake_watch"
    needs: ClassVar[Right] = Right.MANAGE
    flow: str = ""
