"""What a person asked for, before any vendor was asked: plain values that fit into a job row."""

from dataclasses import dataclass, field
from typing import Any

EXPORT_FORMATS = ("csv", "xlsx", "pdf")


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A training report as it was asked for.

    `flow` is what was typed: a name, a unique prefix of it, or an id. `period` is empty (all that
    the vendor has) or the canonical words of core.periods, still relative ("last-30d"), so that a
    digest asks anew each time. `status` is empty or one of the documented statuses; `by` is empty
    or one of the grains.
    """

    flow: str
    period: str = ""
    status: str = ""
    detailed: bool = False
    by: str = ""
    export: str = ""
    """Empty for a report, or one of EXPORT_FORMATS for a file."""


@dataclass(frozen=True, slots=True)
class RunsQuestion:
    """A look at the runs of a Smart Flow, or of all with an empty `flow`.

    `flow` is what was typed until it was found, then the flow's name, and `flow_id` its id.
    `period` is in the canonical words of core.periods, still relative.
    """

    flow: str = ""
    flow_id: str = ""
    period: str = "last-7d"


@dataclass(frozen=True, slots=True)
class Request:
    """A person's wish as it was accepted from Slack: who, where, and the details of the job.

    `details` is JSON; each job says what it needs. `response_url` answers even where the bot is no
    member, for 30 minutes. `replaces` means that the answer takes the place of what was clicked.
    """

    user: str
    user_name: str
    channel: str
    response_url: str = ""
    privately: bool = False
    replaces: bool = False
    details: dict[str, Any] = field(default_factory=dict)
