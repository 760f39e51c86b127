"""Making tokens and revoking them, each person their own, in the Home tab.

A token is shown in a window and kept nowhere: not in a row, not in the outbox, not in the log.
"""

from collections.abc import Sequence
from typing import Any, Final

from bot.asking.form import Form, FormRequest, Submission
from bot.asking.form_filling import explained, show_view
from bot.clock import Clock
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.outcome import CameTo, Outcome, reply
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.mcp.ids import AssistantAction, AssistantCallback
from bot.mcp.intents import MakeToken, RevokeToken
from bot.mcp.rendering.tokens import TITLE, making_modal, revoked, section, shown_once
from bot.mcp.tokens.model import LIFE, MOST, digest_of, new_token, prefix_of
from bot.mcp.tokens.store import TokenStore, put_token, revoke_token
from bot.slack.blocks.blocks import says
from bot.slack.blocks.inputs import text_of
from bot.slack.blocks.modals import Errors, View, loading_modal
from bot.slack.client import Slack
from bot.slack.messages import Answer, Block
from bot.slack.people import Membership
from bot.store.database import Transaction

GUESTS: Final = "Guests can't make tokens. Ask a full member of the workspace."
ENOUGH: Final = f"You have {MOST} tokens, which is as many as there may be. Revoke one first."
CLOSED: Final = "The window was closed before your token was there, so there is none. Make another."
GONE: Final = "That token is revoked already."
NAMELESS: Final = "Say what it is for, so that you know it again."


class TokenDesk:
    """Makes and revokes them. Raises UserError."""

    def __init__(self, store: TokenStore, slack: Slack, clock: Clock, *, address: str) -> None:
        """Tell people the `address` to which assistants send tokens, empty where nobody knows."""
        self._store = store
        self._slack = slack
        self._clock = clock
        self._address = address

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(MakeToken, self.make, deed=Deed("Make an assistant's token", _named)),
            Task(RevokeToken, self.revoke, deed=Deed("Revoke an assistant's token", _named)),
        )

    async def view(self, about: str) -> View:
        """Return the form."""
        del about
        return making_modal()

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the wish for a token."""
        name = text_of(submission.values, AssistantAction.NAME).strip()
        if not name:
            return {AssistantAction.NAME: NAMELESS}
        wanted = MakeToken(name, submission.view_id)
        return FormRequest(wanted, "", privately=True, next_view=loading_modal(TITLE))

    async def make(self, job: Job[MakeToken]) -> Outcome:
        """Make a token and show it; what nobody saw is not kept."""
        if job.asker.membership is Membership.GUEST:
            raise UserError(GUESTS)
        user, now, wanted = job.request.user, self._clock.now(), job.details
        if len(await self._store.good(user, now=now)) >= MOST:
            raise UserError(ENOUGH)
        token = new_token()
        view = shown_once(token, wanted.name, self._address)
        if not await show_view(self._slack, wanted.view_id, view, explained(TITLE)):
            raise UserError(CLOSED)
        prefix, digest = prefix_of(token), digest_of(token)

        def keep(tx: Transaction) -> None:
            put_token(
                tx,
                job.key,
                user=user,
                name=wanted.name,
                prefix=prefix,
                digest=digest,
                now=now,
                until=now + LIFE,
            )

        return Outcome(writes=(keep,))

    async def revoke(self, job: Job[RevokeToken]) -> Outcome:
        """End a token."""
        user, now, number = job.request.user, self._clock.now(), job.details.number
        tokens = await self._store.good(user, now=now)
        one = next((each for each in tokens if each.id == number), None)
        if one is None:
            return Outcome((reply(job, Answer(says(GONE))),), came_to=CameTo.NOTHING)
        said = reply(job, Answer(revoked(one.name)), private=True)

        def end(tx: Transaction) -> None:
            revoke_token(tx, number, user, now=now)

        return Outcome((said,), (end,))

    async def at_home(self, job: Job[Any]) -> Sequence[Block]:
        """Return the section of the Home tab."""
        now = self._clock.now()
        tokens = await self._store.good(job.request.user, now=now)
        may = job.asker.membership is Membership.OURS and job.may(Right.ASK)
        return section(tokens, may=may, now=now, zone=job.asker.zone)


TOKEN_FORM: Final = Form(
    callback=AssistantCallback.MAKE,
    title=TITLE,
    service=TokenDesk,
    submit=TokenDesk.submit,
    needs=Right.ASK,
    view=TokenDesk.view,
)


def _named(wanted: MakeToken | RevokeToken) -> Thing:
    return Thing(wanted.name, wanted.name)
