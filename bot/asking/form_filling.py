"""Windows that were opened at once and are filled by a job, which may ask a vendor."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from bot import log
from bot.asking.core.finder import PickError
from bot.asking.picking import offered
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.slack.blocks.modals import View, opened_in, problem_view
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack

VIEW_REFUSED = frozenset({"invalid_arguments", "invalid_blocks", "view_too_large"})
"""What Slack says of a view that it does not take as it is."""


@dataclass(frozen=True, slots=True)
class FillForm(Intent):
    """A window to be filled: Slack's id of it, and the name that it shall be about."""

    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True

    view_id: str
    typed: str = ""


async def filled(job: Job[FillForm], slack: Slack, view: Awaitable[View], *, title: str) -> Outcome:
    """Show a view in the job's window; in its place what is wrong, or what there is to pick from.

    A window that was closed in the meantime is nothing to tell anybody of.
    """
    try:
        shown = await view
    except BotError as error:
        shown = _instead(job, error, title)
    shown = opened_in(shown, job.request.channel)
    window = job.details.view_id
    if window:
        await show_view(slack, window, shown, explained(title))
    return Outcome()


def explained(title: str) -> Callable[[SlackError], View]:
    """Return what is shown in place of a view that Slack refuses: why, under a title."""
    return lambda error: problem_view(title, problem(error))


async def show_view(
    slack: Slack, view_id: str, view: View, otherwise: Callable[[SlackError], View]
) -> bool:
    """Show a view in an open window, the other one where Slack refuses it; False if none is shown.

    The window may have been closed in the meantime.
    """
    try:
        try:
            await slack.call("views.update", view_id=view_id, view=view)
        except SlackError as error:
            if error.code not in VIEW_REFUSED:
                raise
            log.get().warning("view_refused", error=str(error))
            await slack.call("views.update", view_id=view_id, view=otherwise(error))
    except (SlackError, SlackUnreachableError) as error:
        log.get().info("view_not_shown", error=str(error))
        return False
    return True


def _instead(job: Job[FillForm], error: BotError, title: str) -> View:
    try:
        if isinstance(error, PickError):
            return problem_view(title, offered(job, error, field="typed"))
    except PickError:  # no button could hold the request
        pass
    return problem_view(title, problem(error))
