"""Talking, put together: the commands that are on, their help, and the names in it."""

from typing import Any, Final

from bot.feature import Parts, Switches
from bot.jobs.inbox import Inbox
from bot.jobs.request import Request
from bot.jobs.tasks import Task
from bot.talk.help import HelpDesk
from bot.talk.pages import help_pages

_MINUTES: Final = "%Y-%m-%dT%H:%M"


class Talk:
    """All that is said and heard beyond what features do."""

    def __init__(self, parts: Parts, switches: Switches) -> None:
        """Speak of the features that are on."""
        self._parts = parts
        self._switches = switches
        pages = help_pages(feature for feature, _ in switches.on)
        names = (wiring.names for _, wiring in switches.on)
        self.desk = HelpDesk(pages, names, parts.digests)

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return self.desk.tasks()

    @property
    def services(self) -> tuple[object, ...]:
        """What handlers use."""
        return (self.desk,)

    async def learn_names(self) -> int:
        """Have the lists of names brought up to date; return how many are looked for.

        So forms and help have real ones before anybody asked for them.
        """
        renewals = {form.renew for feature, _ in self._switches.on for form in feature.forms}
        wanted = [each for each in renewals if each]
        clock = self._parts.clock
        inbox = Inbox(self._parts.jobs, clock, wake=self._parts.wake)
        for each in wanted:
            key = f"renew:{each.job}:{clock.now():{_MINUTES}}"
            await inbox.accept(key, Request("", "", "", each))
        return len(wanted)
