"""The Home tab: written anew when somebody looks at it or does something there, at Slack's pace.

Each view is published over the one before it, by its hash. Where Slack has a newer one meanwhile,
all is read anew, so that what is older never takes the place of what is newer.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot import log
from bot.asking.elsewhere import DIRECT
from bot.asking.rendering.help import Example
from bot.clock import Clock
from bot.codec import decode, loads
from bot.digests.overview.pages import EVERYBODY, DigestCounts
from bot.digests.overview.store import DigestOverview
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.jobs.access import Right
from bot.jobs.outcome import NewJob, Outcome, reply
from bot.jobs.request import Intent, Job
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import message, says
from bot.slack.blocks.simpler import words_of
from bot.slack.client import Slack
from bot.slack.messages import Answer, Block
from bot.talk.files import FilesSeen
from bot.talk.health import ServiceHealth
from bot.talk.help import HelpDesk
from bot.talk.intents import Greet, HomePage, ShowHome
from bot.talk.known import KnownHome
from bot.talk.rendering.cockpit import ROWS, DigestsShown
from bot.talk.rendering.home import HomeContent, home_view
from bot.talk.rendering.tour import greeting
from bot.talk.store import HomeViews, opened

MOST_TRIES: Final = 3
SOON: Final = 5.0
"""Seconds until Slack is asked again that could not be reached."""
CONFLICT: Final = "hash_conflict"
AHEAD: Final = timedelta(days=1)
"""So far one sees what comes."""
Lately = Callable[[str], Awaitable[Sequence[Example]]]
"""Returns what a person set going last, as lines that show it."""
HomeSection = Callable[[Job[Any]], Awaitable[Sequence[Block]]]
"""Returns a part of the tab for whoever looks at it."""


class HomeTab:
    """Publishes it."""

    def __init__(
        self,
        desk: HelpDesk,
        digests: DigestOverview,
        views: HomeViews,
        lately: Iterable[Lately],
        files: FilesSeen,
        health: ServiceHealth,
        slack: Slack,
        clock: Clock,
        sections: Sequence[HomeSection],
    ) -> None:
        """Show how digests stand, what came lately, how services are, and the help of `desk`.

        `sections` are those of other rooms; more may be added to them later.
        """
        self._sections = sections
        self._lately = tuple(lately)
        self._desk = desk
        self._digests = digests
        self._views = views
        self._files = files
        self._health = health
        self._slack = slack
        self._clock = clock

    async def show(self, job: Job[ShowHome]) -> Outcome:
        """Publish the tab of whoever looks at it; later where Slack wants that."""
        user = job.request.user
        if job.details.toured:
            await self._views.toured(user, now=self._clock.now())
        for _ in range(MOST_TRIES):
            known = await self._views.of(user) or KnownHome()
            view = home_view(await self._content(job, known))
            try:
                await self._publish(user, view, known)
            except SlackUnreachableError as error:
                return self._later(job, error, wait=SOON)
            except SlackError as error:
                if error.code != CONFLICT:
                    return self._later(job, error, wait=error.retry_after)
                await self._views.outdated(user, known.hash)
            else:
                return Outcome()
        return self._later(job, SlackError("views.publish", CONFLICT), wait=None)

    async def greet(self, job: Job[Greet]) -> Outcome:
        """Greet who has never looked at the app before."""
        user, now = job.request.user, self._clock.now()
        if await self._views.of(user):
            return Outcome()
        said = reply(job, Answer(greeting()))
        return Outcome((said,), (lambda tx: opened(tx, user, now=now),))

    async def _publish(self, user: str, view: dict[str, Any], known: KnownHome) -> None:
        answer = await self._slack.call(
            "views.publish", user_id=user, view=view, hash=known.hash or None
        )
        shown = str((answer.get("view") or {}).get("hash") or "")
        await self._views.published(user, shown, now=self._clock.now())

    def _later(self, job: Job[ShowHome], error: BotError, *, wait: float | None) -> Outcome:
        """Return that it is tried again; given up, what was to be said there is said directly."""
        if wait and job.attempts < MOST_TRIES:
            return Outcome(again_at=self._clock.now() + timedelta(seconds=wait))
        log.get().warning("home_not_shown", error=str(error))
        said = job.details.said
        if not said:
            return Outcome()
        return Outcome((reply(job, Answer(message(words_of(said), *said))),))

    async def _content(self, job: Job[ShowHome], known: KnownHome) -> HomeContent:
        user, page = job.request.user, job.details.page
        page = replace(page, direct=page.direct or job.request.channel)
        page = page if job.asker.is_admin else replace(page, everywhere=False)
        lately = [example for each in self._lately for example in await each(user)]
        return HomeContent(
            page=page,
            said=job.details.said,
            toured=known.toured,
            digests=await self._shown(job, page),
            leads=await self._desk.lead_buttons(page.direct, job.may),
            orders=await self._desk.orders() if job.may(Right.ORDER) else (),
            may_order=job.may(Right.ORDER),
            lately=lately,
            files=await self._files.by(user, page.direct),
            services=await self._health.all(),
            sections=[block for each in self._sections for block in await each(job)],
        )

    async def _shown(self, job: Job[ShowHome], page: HomePage) -> DigestsShown:
        """Return how digests stand: one query for each list, however many there are."""
        owner = EVERYBODY if page.everywhere else job.request.user
        now, digests = self._clock.now(), self._digests
        looks_beyond = job.asker.is_admin and not page.everywhere
        return DigestsShown(
            counts=await digests.counts(owner),
            of_all=await digests.counts(EVERYBODY) if looks_beyond else DigestCounts(0, 0),
            ailing=await digests.ailing(owner, after=page.ailing, most=ROWS),
            coming=await digests.coming(owner, until=now + AHEAD, most=ROWS),
            healthy=await digests.healthy(owner, after=page.digests, most=ROWS),
            zone=job.asker.zone,
            now=now,
            is_admin=job.asker.is_admin,
        )


def at_home(job: Job[Intent], outcome: Outcome) -> Outcome:
    """Return what came of something that was done in Home, told there and nowhere else.

    What others are told goes to them as ever, and a file to the direct messages.
    """
    request, wanted = job.request, job.details
    if not request.home or outcome.again_at or isinstance(wanted, ShowHome):
        return outcome
    here = [each for each in outcome.answers if _is_shown_at_home(job, each)]
    others = tuple(each for each in outcome.answers if each not in here)
    said = [block for each in here for block in each.answer.message.blocks]
    if not here and any(each.target.channel in {request.user, request.channel} for each in others):
        said = list(says(DIRECT).blocks)
    try:
        page = decode(HomePage, loads(request.home))
    except ValueError:
        page = HomePage()
    again = replace(request, channel=page.direct, details=ShowHome(page, tuple(said)), home="")
    again = replace(again, response_url="", chosen=False, opened_in="", picked="")
    following = NewJob(f"at home:{job.key}", again)
    return replace(outcome, answers=others, jobs=(*outcome.jobs, following))


def _is_shown_at_home(job: Job[Intent], told: OutgoingAnswer) -> bool:
    """Return whether an answer is for who did it alone, and is all in one message."""
    request, answer = job.request, told.answer
    is_theirs = told.target.channel in {"", request.user, request.channel}
    alone = told.target.private or told.target.channel.startswith(("D", "U", "W"))
    return is_theirs and alone and not answer.files and not answer.thread
