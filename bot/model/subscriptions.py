"""What a channel has subscribed to, and how that has gone so far."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.asking import ReportQuestion

ACTIVE = "active"
PAUSED = "paused"
SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A question asked on a schedule, and answered in a channel.

    `id` is the number people type; it is never given twice. `cron` belongs to `zone` (IANA), and
    `words` say it readably ("weekdays at 09:00"). `state` is ACTIVE, PAUSED or SNOOZED. All moments are
    aware. `last_error` is a sentence for people, and `failure_streak` counts failures since
    `last_ok_at`.
    """

    id: int
    channel: str
    question: ReportQuestion
    cron: str
    words: str
    zone: str
    creator: str
    created_at: datetime
    kind: str = "report"
    next_run_at: datetime | None = None
    state: str = ACTIVE
    snoozed_until: datetime | None = None
    last_ok_at: datetime | None = None
    last_error: str = ""
    failure_streak: int = 0
    note: str = ""
