"""What can be wanted of workflows besides answers to questions: each is the argument of a job."""

from dataclasses import dataclass
from typing import ClassVar

from bot.asking.form_filling import FillForm
from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class OtherForm(Intent):
    """A file that was too large, in another form.

    `form` is COMPRESSED or "parts"; `value` is a LargeFile as JSON.
    """

    job: ClassVar[str] = "export_in_other_form"
    needs: ClassVar[Right] = Right.ASK
    form: str
    value: str


@dataclass(frozen=True, slots=True)
class LargeFile:
    """A file that was too large: the key of its row, its size in bytes, and how many parts."""

    key: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class RenewWorkflows(Intent):
    """The pick list of workflows to be brought up to date."""

    job: ClassVar[str] = "renew_workflows"
    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class FillExportForm(FillForm):
    """The window of an export; `typed` is a workflow."""

    job: ClassVar[str] = "fill_export_form"
