"""`/flow doctor`: what admins of a workspace are told of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.clock import Clock
from bot.doctor import resting, slack, waiting
from bot.doctor.examining import Check, examine
from bot.doctor.intents import RunDoctor
from bot.doctor.rendering.page import doctor_page
from bot.doctor.resting import RestingLook
from bot.doctor.services import Service, service_checks
from bot.doctor.slack import SlackLooks
from bot.doctor.store import DoctorRows
from bot.doctor.waiting import WaitingLooks
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import Element
from bot.slack.client import Slack
from bot.slack.messages import Answer

TELL_WHO_RUNS_IT: Final = "Tell whoever runs Flowbot."
_LABELS: Final = {
    slack.TOKEN: "Slack's token",
    slack.SCOPES: "scopes",
    slack.UPLOAD: "uploads",
    resting.RESTING: "digests",
    waiting.JOBS: "jobs",
    waiting.OUTBOX: "messages",
}


class DoctorDesk:
    """Looks at what a workspace may see: nothing of the machine or of other workspaces."""

    def __init__(
        self,
        client: Slack,
        clock: Clock,
        services: Sequence[Service],
        rows: DoctorRows,
        resting_look: RestingLook,
        *,
        secrets: Callable[[], Sequence[str]],
        ways: Mapping[str, Sequence[Element]],
        more: Sequence[tuple[Check, str]] = (),
    ) -> None:
        """Look with the workspace's own client, services and rows.

        `secrets` are in no answer; `ways` are the buttons that mend what a check finds. `more` are
        further looks, each with what it is called.
        """
        self._client = client
        self._clock = clock
        self._services = services
        self._rows = rows
        self._resting = resting_look
        self._secrets = secrets
        self._ways = ways
        self._more = tuple(more)

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (Task(RunDoctor, self.look),)

    async def look(self, job: Job[RunDoctor]) -> Outcome:
        """Look at everything and tell whoever asked, alone."""
        report = await examine(self._checks(), secrets=self._secrets())
        labels = {
            **_LABELS,
            **{each.name: each.vendor.title for each in self._services},
            **{check.name: label for check, label in self._more},
        }
        page = doctor_page(report, labels, self._ways)
        return Outcome((reply(job, Answer(page), private=True),))

    def _checks(self) -> tuple[Check, ...]:
        late = WaitingLooks(self._rows, self._clock, mend=TELL_WHO_RUNS_IT)
        return (
            *SlackLooks(self._client, self._clock, api_url="its address").own(),
            *service_checks(self._services),
            Check(resting.RESTING, self._resting.look),
            Check(waiting.JOBS, late.jobs),
            Check(waiting.OUTBOX, late.outbox),
            *(check for check, _ in self._more),
        )
