"""Once a week a few admins hear what is quiet, and nothing where nothing is."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.slack.messages import Answer, Target
from bot.store.database import MAIN, Database, Transaction
from bot.troubles.intents import TellQuiet
from bot.troubles.keeper import Troubles
from bot.troubles.model import TroubleKind
from bot.troubles.rendering.weekly import QuietPart, weekly
from bot.troubles.store import all_troubles

MONDAY, FROM_HOUR = 0, 9
"""When the word is due; it is said until that day is over."""
NEWS = timedelta(days=1)
"""What rests for less was told to those concerned a moment ago."""
LATER = timedelta(hours=1)
TRIES = 24


class QuietWeek:
    """Says it through the jobs, so that several processes say it once."""

    def __init__(
        self, database: Database, troubles: Troubles, clock: Clock, *, zone: str, wanted: bool
    ) -> None:
        """Begin a week by the clocks of `zone` (IANA); unless it is `wanted`, say nothing."""
        self._database = database
        self._troubles = troubles
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._wanted = wanted
        self._told = ""

    def tasks(self) -> tuple[Task[TellQuiet], ...]:
        """Return the work that is done here."""
        return (Task(TellQuiet, self.tell),)

    async def tick(self) -> int:
        """Accept the word on this week, once; return whether that was now."""
        now = self._clock.now()
        local = now.astimezone(self._zone)
        year, number, _ = local.isocalendar()
        week = f"{year}-W{number:02}"
        is_time = local.weekday() == MONDAY and local.hour >= FROM_HOUR
        if not (self._wanted and is_time) or week == self._told:
            return 0
        wanted = TellQuiet(week)
        accepted = await self._database.transaction(
            lambda tx: add_job(tx, key=f"quiet:{week}", wanted=wanted, now=now, queue=MAIN)
        )
        self._told = week
        return int(accepted)

    async def tell(self, job: Job[TellQuiet]) -> Outcome:
        """Tell a few admins; later where Slack does not say now who they are."""
        parts = await self._database.transaction(self._quiet)
        if not parts:
            return Outcome()
        admins = await self._troubles.admins()
        if not admins and job.attempts < TRIES:
            return Outcome(again_at=self._clock.now() + LATER)
        said = Answer(weekly(parts, zone=self._zone.key))
        return Outcome(
            tuple(
                OutgoingAnswer(f"quiet:{job.details.week}:{each}", Target(each, user=each), said)
                for each in admins
            )
        )

    def _quiet(self, tx: Transaction) -> list[QuietPart]:
        """Return what rests under which trouble, what has no owner, and what keeps failing."""
        now, found = self._clock.now(), []
        for trouble in all_troubles(tx):
            if now - trouble.began_at < NEWS:
                continue
            orders = self._troubles.resting(tx, trouble.id)
            if trouble.cause.kind is TroubleKind.OWNER:
                orders = self._troubles.ordered_by(tx, trouble.cause.subject)
            found.append(QuietPart(orders, trouble))
        failing = [each for room in self._troubles.rooms for each in room.failing(tx, now)]
        return [part for part in (*found, QuietPart(failing)) if part.orders]
