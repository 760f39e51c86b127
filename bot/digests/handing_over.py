"""Digests change hands: of their owner, or an admin's doing, or of whoever stays when one left."""

from dataclasses import replace

from bot import log
from bot.asking.form import Form, FormRequest, Submission
from bot.asking.subscription import Subscription
from bot.clock import Clock
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import HandOver
from bot.digests.rendering import handing_over as words
from bot.digests.rendering.words import is_direct
from bot.digests.store import SubscriptionStore, hand_over_subscription
from bot.digests.subscriptions import Subscriptions
from bot.errors import DeniedError, NotKnownYetError, UserError
from bot.jobs.access import UNKNOWN_PERSON, Right
from bot.jobs.outcome import Outcome, answer_key, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.inputs import text_of
from bot.slack.blocks.modals import Errors, View
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Person
from bot.troubles.heirs import check_heir, is_gone

STOPPED_MEANWHILE = "That digest was stopped meanwhile."


class HandOvers:
    """Raises UserError, DeniedError and NotKnownYetError."""

    def __init__(
        self,
        orders: Subscriptions,
        subscriptions: SubscriptionStore,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Ask `orders` which digest a request may be about, `directory` who people are."""
        self._orders = orders
        self._subscriptions = subscriptions
        self._directory = directory
        self._clock = clock

    def tasks(self) -> tuple[Task[HandOver], ...]:
        """Return the work that is done here."""
        return (Task(HandOver, self.hand_over),)

    async def hand_over(self, job: Job[HandOver]) -> Outcome:
        """Make a digest somebody else's, and tell all whom that concerns."""
        found = await self._orders.of(job)
        former = await self._directory.person(found.creator)
        self._check_may(job, former)
        heir = await self._directory.person(job.details.to or job.request.user)
        there = "" if is_direct(found) else found.channel
        await check_heir(self._directory, heir, there, now=self._clock.now())
        if heir.id == found.creator:
            raise UserError(f"It is {heir.name}'s already.")
        goes = heir.id if is_direct(found) else found.channel
        handed = replace(found, creator=heir.id, channel=goes)
        log.get().info("digest_handed_over", digest=found.id, by=job.request.user, to=heir.id)
        told = tuple(self._told(job, handed, former, heir))
        return Outcome(told, (lambda tx: hand_over_subscription(tx, handed),))

    async def view(self, number: str) -> View:
        """Return the window in which a new owner is chosen."""
        found = await self._subscriptions.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise UserError(STOPPED_MEANWHILE)
        return words.hand_over_modal(found)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return what was chosen; whoever chose is told directly."""
        heir = text_of(submission.values, DigestAction.HEIR)
        if not heir:
            return {str(DigestAction.HEIR): "Who should get it?"}
        return FormRequest(HandOver(int(submission.metadata), heir), "")

    def _check_may(self, job: Job[HandOver], owner: Person) -> None:
        """Let the owner and admins hand it over, and where the owner left whoever stays."""
        if job.asker.is_admin or owner.id == job.request.user or is_gone(owner):
            return
        if owner.again_at:
            raise NotKnownYetError(UNKNOWN_PERSON, again_at=owner.again_at)
        raise DeniedError(f"Only {owner.name}, whose digest it is, or an admin can hand it over.")

    def _told(
        self, job: Job[HandOver], one: Subscription, former: Person, heir: Person
    ) -> tuple[OutgoingAnswer, ...]:
        """Return what those concerned are told, each once: who did it, the heir, the former one."""
        by, giver = job.request.user, job.asker.name
        mine = words.taken_over(one) if heir.id == by else words.handed_over(one, heir.name)
        told = [reply(job, Answer(mine), private=True)]
        if heir.id != by:
            back = "" if is_gone(former) else former.id
            told.append(_direct(job, heir.id, words.inherited(one, giver, back)))
        if former.id not in {by, heir.id} and not is_gone(former):
            told.append(_direct(job, former.id, words.lost(one, giver, heir.name)))
        return tuple(told)


def _direct(job: Job[HandOver], user: str, said: Message) -> OutgoingAnswer:
    target = Target(channel=user, user=user)
    return OutgoingAnswer(f"{answer_key(job)}:{user}", target, Answer(said))


HAND_OVER_FORM = Form(
    callback=DigestCallback.HAND_OVER,
    title=words.TITLE,
    service=HandOvers,
    submit=HandOvers.submit,
    needs=Right.MANAGE,
    view=HandOvers.view,
)
