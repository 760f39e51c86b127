"""A digest that is not ordered yet, made with real data and shown in a window to whoever asks."""

from dataclasses import replace

from bot.asking.composing import Composers
from bot.asking.form_filling import show_view
from bot.asking.occasion import Occasion
from bot.asking.question import QuestionKinds
from bot.asking.subscription import Subscription
from bot.clock import Clock
from bot.digests.core.schedule import Schedule
from bot.digests.core.terms.worth import NOTHING, worth
from bot.digests.intents import PreviewDigest, read_preview
from bot.digests.making import made
from bot.digests.ordering import FormSettings
from bot.digests.rendering.order_form import planned
from bot.digests.rendering.order_preview import TITLE, preview_page
from bot.digests.store import SubscriptionStore
from bot.digests.telling import Acquaintance
from bot.errors import BotError, NotKnownYetError
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.modals import View, page_back
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack


class Previews:
    """Nothing is posted, and nothing of it is remembered."""

    def __init__(
        self,
        composers: Composers,
        kinds: QuestionKinds,
        slack: Slack,
        subscriptions: SubscriptionStore,
        readers: Acquaintance,
        clock: Clock,
        *,
        settings: FormSettings,
    ) -> None:
        """Make them with the one of `composers` for their kind, and show them by `slack`.

        One of `subscriptions` that is changed is compared with what its `readers` know.
        """
        self._composers = composers
        self._kinds = kinds
        self._slack = slack
        self._subscriptions = subscriptions
        self._readers = readers
        self._clock = clock
        self._settings = settings

    def tasks(self) -> tuple[Task[PreviewDigest], ...]:
        """Return the work that is done here."""
        return (Task(PreviewDigest, self.show, lambda row: read_preview(row, self._kinds)),)

    async def show(self, job: Job[PreviewDigest]) -> Outcome:
        """Show one in its window, or why it can't be made."""
        try:
            view = await self._page(job)
        except NotKnownYetError:
            raise
        except BotError as error:
            view = _refused(error)
        await show_view(self._slack, job.details.view_id, view, _refused)
        return Outcome()

    async def _page(self, job: Job[PreviewDigest]) -> View:
        order, setting = job.details.order, self._settings(job.asker.zone)
        settled = await self._composers[order.kind].settled(order.question)
        plan = Schedule(order.cron, order.words, order.zone)
        one = planned(plan, order.terms, setting, settled.question)
        one = replace(one, note=order.note, creator=job.request.user)
        before = await self._before(job.details)
        occasion = self._occasion(one, readers=before.channel if before else "")
        composed = await made(self._composers, one, occasion)
        known = await self._readers.knowledge(before) if before else NOTHING
        why_not = composed.nothing or worth(one.terms, composed.tally, known).reason
        return preview_page(one, composed.answer, setting, why_not=why_not)

    async def _before(self, wanted: PreviewDigest) -> Subscription | None:
        """Return the digest that is changed; None where it would come to other readers."""
        before = await self._subscriptions.get(wanted.number) if wanted.number else None
        return before if before and before.channel == wanted.place else None

    def _occasion(self, one: Subscription, *, readers: str) -> Occasion:
        now = self._clock.now()
        return Occasion(
            zone=one.zone,
            asked_at=now,
            now=now,
            readers=readers,
            subscription=one,
            private=True,
            formats=one.question.formats,
        )


def _refused(error: BotError) -> View:
    return page_back(TITLE, problem(error).blocks)
