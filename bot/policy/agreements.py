"""A second person: asked where others read it, heard once, and what was wanted is done then.

It is done as whoever wanted it, who has to have the right still. What came to nothing is told to
them, with a button that asks again.
"""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from bot.asking.form_filling import show_view
from bot.clock import Clock
from bot.errors import DeniedError, SlackError, UserError
from bot.jobs.access import Right, decide
from bot.jobs.audit import AuditRow
from bot.jobs.deeds import Deed
from bot.jobs.outcome import CameTo, Outcome, reply
from bot.jobs.policy import AccessRule
from bot.jobs.request import Job
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.jobs.trail.store import add_audit
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.policy.intents import Agree, AskAgain, LetExpire, Refuse
from bot.policy.model import Agreement, AgreementState, Settlement
from bot.policy.rendering import cards
from bot.policy.store import AgreementStore, add_agreement, settle_agreement
from bot.slack.blocks.modals import notice, problem_view
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Membership, Person, Reach
from bot.store.database import Transaction

WITHIN: Final = timedelta(hours=8)
"""So long a second person is waited for: a working day."""
TITLE: Final = "A second person"
GONE: Final = "That does not wait for anybody any more."
NOT_YOU: Final = "Somebody else has to agree: you asked for it."
NO_GUESTS: Final = "Guests cannot agree to this. Ask a full member of the workspace."
ONLY_ASKER: Final = "Only whoever asked for it can ask again."
NOBODY_THERE: Final = (
    "This takes a second person, and nobody else reads this conversation. Do it in a channel of "
    "your own workspace that I am in. An admin can also name one: `/flow policy {right} second "
    "person asked in #channel`"
)


class Agreements:
    """Raises UserError and DeniedError."""

    def __init__(
        self, store: AgreementStore, directory: Directory, slack: Slack, clock: Clock, *, queue: str
    ) -> None:
        """Keep what waits in `store`; what is agreed to is done in `queue`."""
        self._store = store
        self._directory = directory
        self._slack = slack
        self._clock = clock
        self._queue = queue

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(Agree, self.agree),
            Task(Refuse, self.refuse),
            Task(AskAgain, self.ask_again),
            Task(LetExpire, self.expire),
        )

    async def asked(self, job: Job[Any], rule: AccessRule, deed: Deed[Any]) -> Outcome:
        """Ask for a second person in place of doing what a job wants."""
        assert deed.words is not None
        place = await self._place(job, rule)
        token = sha256(f"{job.key} {job.id} {job.created_at}".encode()).hexdigest()[:24]
        one = Agreement(
            token=token,
            user=job.asker.id,
            user_name=job.asker.name,
            right=job.details.needs,
            action=deed.does,
            words=deed.words(job.details, job.thing),
            channel=place,
            card=f"agreement:{token}",
            expires_at=self._clock.now() + WITHIN,
            thing=job.thing,
        )

        def write(tx: Transaction) -> None:
            add_agreement(tx, one, job)
            now, key = self._clock.now(), f"expires:{token}"
            late = LetExpire(token)
            add_job(tx, key=key, wanted=late, now=now, at=one.expires_at, queue=self._queue)

        card = OutgoingAnswer(one.card, Target(place), Answer(cards.card(one)))
        told = await self._told(job, cards.waiting(one))
        return Outcome((card, *told), (write,), came_to=CameTo.ASKED)

    async def agree(self, job: Job[Agree]) -> Outcome:
        """Hear that somebody agrees; the first who may is the one."""
        one = await self._open(job.details.token)
        if one.user == job.asker.id:
            raise DeniedError(NOT_YOU)
        self._check(one, job)
        return self._settled(one, AgreementState.AGREED, job.asker, job)

    async def refuse(self, job: Job[Refuse]) -> Outcome:
        """Hear that somebody does not agree, or takes it back."""
        one = await self._open(job.details.token)
        if one.user != job.asker.id:
            self._check(one, job)
        return self._settled(one, AgreementState.REFUSED, job.asker, job)

    async def expire(self, job: Job[LetExpire]) -> Outcome:
        """Tell that nobody agreed in time."""
        one = await self._store.get(job.details.token)
        if one is None or one.state is not AgreementState.ASKED:
            return Outcome()
        return self._settled(one, AgreementState.EXPIRED, None, job)

    async def ask_again(self, job: Job[AskAgain]) -> Outcome:
        """Want once more what came to nothing, as it was entered."""
        one = await self._store.get(job.details.token)
        if one is None or one.state not in {AgreementState.REFUSED, AgreementState.EXPIRED}:
            raise UserError(GONE)
        if one.user != job.asker.id:
            raise DeniedError(ONLY_ASKER)
        said = Settlement(AgreementState.ASKED_AGAIN, self._clock.now(), one.user, one.user_name)

        def write(tx: Transaction) -> None:
            settle_agreement(tx, one.token, said, queue=self._queue, before=one.state)

        return Outcome(writes=(write,))

    async def _open(self, token: str) -> Agreement:
        """Return what still waits. Raises UserError that says what became of it."""
        one = await self._store.get(token)
        if one is None:
            raise UserError(GONE)
        if one.state is AgreementState.ASKED and self._clock.now() < one.expires_at:
            return one
        over = AgreementState.EXPIRED if one.state is AgreementState.ASKED else one.state
        raise UserError(cards.settled_words(replace(one, state=over)))

    def _check(self, one: Agreement, job: Job[Any]) -> None:
        """Raise DeniedError for who may not do it themselves, and for guests."""
        if job.asker.membership is Membership.GUEST:
            raise DeniedError(NO_GUESTS)
        right, where = Right(one.right), one.channel
        asked = decide(right, job.asker, policy=job.policy, where=where, thing=one.thing)
        asked.enforce()

    def _settled(
        self, one: Agreement, state: AgreementState, who: Person | None, job: Job[Any]
    ) -> Outcome:
        """Return what becomes of it, unless somebody was faster."""
        now = self._clock.now()
        by, by_name = (who.id, who.name) if who else ("", "")
        said = Settlement(state, now, by, by_name)
        after = replace(one, state=state, by_name=by_name)
        late = reply(job, Answer(cards.too_late(one)), private=True)

        def write(tx: Transaction) -> None:
            if not settle_agreement(tx, one.token, said, queue=self._queue):
                if who:
                    tell(tx, late, now=now, queue=self._queue)
                return
            shown = Target(one.channel, edits=one.card)
            edit = OutgoingAnswer(f"{one.card}:{state}", shown, Answer(cards.settled_card(after)))
            tell(tx, edit, now=now, queue=self._queue)
            if state is not AgreementState.AGREED:
                self._came_to_nothing(tx, after, by=by)

        return Outcome(writes=(write,))

    def _came_to_nothing(self, tx: Transaction, one: Agreement, *, by: str) -> None:
        """Note that nothing was done, and tell whoever wanted it, unless they took it back."""
        now, expired = self._clock.now(), one.state is AgreementState.EXPIRED
        row = AuditRow(
            at=now,
            user=one.user,
            user_name=one.user_name,
            action=one.action,
            right=one.right,
            came_to=CameTo.EXPIRED if expired else CameTo.REFUSED,
            thing=one.thing,
            channel=one.channel,
            by=by,
            by_name=one.by_name,
        )
        add_audit(tx, row)
        told = OutgoingAnswer(
            f"{one.card}:told", Target(one.user, one.user), Answer(cards.came_to_nothing(one))
        )
        tell(tx, told, now=now, queue=self._queue)

    async def _place(self, job: Job[Any], rule: AccessRule) -> str:
        """Return the channel in which a second person is asked. Raises DeniedError without one."""
        request = job.request
        for channel in (rule.asks_in, request.channel, request.opened_in):
            if not channel or channel[0] in "UWD":
                continue
            place = await self._directory.place(channel)
            if place.reach is Reach.INTERNAL and place.is_member and not place.user:
                return channel
        raise DeniedError(NOBODY_THERE.format(right=rule.right))

    async def _told(self, job: Job[Any], said: Message) -> tuple[OutgoingAnswer, ...]:
        """Return what is told to whoever wants it: nothing more where their window is open."""
        if await self._shown(job, said):
            return ()
        return (reply(job, Answer(said), private=True),)

    async def _shown(self, job: Job[Any], said: Message) -> bool:
        """Show something in the window in which a job was wanted; False where there is none."""
        window = getattr(job.details, "view_id", "")
        if not window:
            return False

        def otherwise(error: SlackError) -> dict[str, Any]:
            return problem_view(TITLE, problem(error))

        view = notice(TITLE, said.blocks)
        return await show_view(self._slack, window, view, otherwise)
