"""The windows about following: of an answer, of one thing, and when somebody is told."""

from bot.asking.form import Form, FormRequest, FormUse, Submission
from bot.asking.question import QuestionKinds
from bot.codec import loads
from bot.errors import UserError
from bot.follow.ids import FollowAction, FollowCallback
from bot.follow.intents import ChangeFollow, read_follow
from bot.follow.rendering.forms import (
    MORNINGS,
    TITLE,
    chosen_of,
    follow_modal,
    mornings_modal,
    mornings_of,
)
from bot.follow.store import FollowStore
from bot.jobs.access import Right
from bot.slack.blocks.modals import Errors, View

NOT_FOLLOWED = "You don't follow that any more."


class FollowForms:
    """Opens and reads them. Raises UserError."""

    def __init__(self, follows: FollowStore, kinds: QuestionKinds) -> None:
        """Read questions as of `kinds`."""
        self._follows = follows
        self._kinds = kinds

    async def view(self, opening: FormUse) -> View:
        """Return the window about one thing that who opens it follows, by its number."""
        number = int(opening.typed) if opening.typed.isdecimal() else 0
        found = [each for each in await self._follows.of(opening.user) if each.id == number]
        if not found:
            raise UserError(NOT_FOLLOWED)
        return follow_modal(found[0])

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return what is wanted; it is answered directly."""
        about = loads(submission.metadata)
        measure, at_once = chosen_of(submission.values)
        if "number" in about:
            return FormRequest(ChangeFollow(about["number"], measure, at_once=at_once), "")
        wanted = read_follow({**about, "measure": measure, "at_once": at_once}, self._kinds)
        return FormRequest(wanted, "")

    async def mornings(self, opening: FormUse) -> View:
        """Return the window that says when somebody is told."""
        return mornings_modal(await self._follows.follower(opening.user))

    async def submit_mornings(self, submission: Submission) -> FormRequest | Errors:
        """Return when somebody wants to be told; it is answered directly."""
        wanted = mornings_of(submission.values)
        if not wanted.at:
            return {str(FollowAction.AT): "At what time?"}
        return FormRequest(wanted, "")


FOLLOW_FORM = Form(
    callback=FollowCallback.FOLLOW,
    title=TITLE,
    service=FollowForms,
    submit=FollowForms.submit,
    needs=Right.FOLLOW,
    view_for=FollowForms.view,
)
MORNINGS_FORM = Form(
    callback=FollowCallback.MORNINGS,
    title=MORNINGS,
    service=FollowForms,
    submit=FollowForms.submit_mornings,
    needs=Right.FOLLOW,
    view_for=FollowForms.mornings,
)
