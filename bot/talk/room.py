"""Talking, put together: the commands that are on, their help, and the names in it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from bot.asking.question import QuestionKinds
from bot.digests.overview.store import DigestOverview
from bot.feature import Parts, Switches
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.recent.store import SentFiles
from bot.slack.permalinks import Permalinks
from bot.store.database import Transaction
from bot.talk.bursts import Bursts
from bot.talk.files import FilesSeen
from bot.talk.health import ServiceHealth
from bot.talk.help import HelpDesk
from bot.talk.home import HomeSection, HomeTab, at_home
from bot.talk.intents import Greet, ShowHome, Welcome
from bot.talk.lines import PlainLines
from bot.talk.pages import help_pages
from bot.talk.rights import LineRights
from bot.talk.store import HealthStore, HomeViews
from bot.talk.welcome import Welcomer

_MINUTES: Final = "%Y-%m-%dT%H:%M"


class Talk:
    """All that is said and heard beyond what features do."""

    def __init__(
        self,
        parts: Parts,
        switches: Switches,
        kinds: QuestionKinds,
        sections: Sequence[HomeSection],
    ) -> None:
        """Speak of the features that are on; `sections` of the Home tab are other rooms'."""
        self._parts = parts
        self._switches = switches
        pages = help_pages(feature for feature, _ in switches.on)
        names = (wiring.names for _, wiring in switches.on)
        self.rights = LineRights(switches, kinds)
        self.desk = HelpDesk(pages, names, parts.digests, self.rights)
        self.bursts = Bursts(parts.clock.now)
        self.lines = PlainLines(switches, kinds, self.desk)
        on = (wiring.connection for _, wiring in switches.on)
        self.health = ServiceHealth(on, HealthStore(parts.database))
        self._home = HomeTab(
            self.desk,
            DigestOverview(parts.database, parts.digests),
            HomeViews(parts.database),
            (wiring.lately for _, wiring in switches.on),
            FilesSeen(
                SentFiles(parts.database), parts.directory, Permalinks(parts.slack), parts.clock
            ),
            self.health,
            parts.slack,
            parts.clock,
            sections,
        )
        self.at_home = at_home
        self._welcomer = Welcomer(
            switches, self.desk, parts.directory, parts.snapshots, parts.clock
        )

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            *self.desk.tasks(),
            *self.lines.tasks(),
            Task(ShowHome, self._home.show),
            Task(Greet, self._home.greet),
            Task(Welcome, self._welcomer.welcome),
        )

    @property
    def services(self) -> tuple[object, ...]:
        """What handlers use."""
        return self.desk, self.bursts

    async def learn_names(self, *, apart: float = 0.0) -> int:
        """Have the lists of names brought up to date; return how many are looked for.

        So forms and help have real ones before anybody asked for them. Each begins so many seconds
        `apart` from the one before it: together they would hold up whoever asks something then.
        """
        renewals = {form.renew for feature, _ in self._switches.on for form in feature.forms}
        wanted = [each for each in renewals if each]
        now, queue = self._parts.clock.now(), self._parts.jobs.queue

        def write(tx: Transaction) -> None:
            for place, each in enumerate(wanted):
                key = f"renew:{each.job}:{now:{_MINUTES}}"
                at = now + timedelta(seconds=place * apart)
                add_job(tx, key=key, wanted=each, now=now, at=at, queue=queue)

        await self._parts.database.transaction(write)
        self._parts.wake()
        return len(wanted)
