"""What can be wanted of field reports besides answers to questions: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.asking.form_filling import FillForm
from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class RenewReportChannels(Intent):
    """The pick list of channels to be brought up to date."""

    job: ClassVar[str] = "renew_report_channels"
    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class FillAnalyticsForm(FillForm):
    """The window of field analytics; `typed` is a channel."""

    job: ClassVar[str] = "fill_analytics_form"
