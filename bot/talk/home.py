"""The Home tab: written anew when somebody looks at it, at Slack's pace."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from typing import Final

from bot import log
from bot.asking.rendering.help import Example
from bot.clock import Clock
from bot.digests.store import SubscriptionStore
from bot.errors import SlackError
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.client import Slack
from bot.talk.help import HelpDesk
from bot.talk.intents import ShowHome
from bot.talk.rendering.home import home_view

MOST_TRIES: Final = 3
Lately = Callable[[str], Awaitable[Sequence[Example]]]
"""Returns what a person set going last, as lines that show it."""


class HomeTab:
    """Publishes it."""

    def __init__(
        self,
        desk: HelpDesk,
        digests: SubscriptionStore,
        lately: Iterable[Lately],
        slack: Slack,
        clock: Clock,
    ) -> None:
        """Show the help of `desk`, the digests that somebody ordered, and what they did lately."""
        self._lately = tuple(lately)
        self._desk = desk
        self._digests = digests
        self._slack = slack
        self._clock = clock

    async def show(self, job: Job[ShowHome]) -> Outcome:
        """Publish the tab of whoever looks at it; later where Slack wants that."""
        user, direct = job.request.user, job.request.channel
        page = await self._desk.page(channel=direct)
        digests = await self._digests.by_creator(user)
        lately = [example for each in self._lately for example in await each(user)]
        view = home_view(page, digests, lately, direct=direct)
        try:
            await self._slack.call("views.publish", user_id=user, view=view)
        except SlackError as error:
            if not error.retry_after or job.attempts >= MOST_TRIES:
                log.get().warning("home_not_shown", error=str(error))
                return Outcome()
            return Outcome(again_at=self._clock.now() + timedelta(seconds=error.retry_after))
        return Outcome()
