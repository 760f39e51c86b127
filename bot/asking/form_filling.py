"""Windows that were opened at once and are filled by a job, which may ask a vendor."""

from collections.abc import Awaitable
from dataclasses import dataclass

from bot import log
from bot.asking.core.finder import PickError
from bot.asking.picking import offered
from bot.asking.rendering import forms
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.runs.rendering.forms import loading_modal
from bot.slack.blocks import problems
from bot.slack.blocks.modals import View
from bot.slack.client import Slack


@dataclass(frozen=True, slots=True)
class FillForm(Intent):
    """A window to be filled: Slack's id of it, and the name that it shall be about."""

    view_id: str
    typed: str = ""


async def opened(slack: Slack, trigger_id: str, *, title: str) -> str:
    """Open a window that a job will fill; return its id."""
    view = loading_modal(title)
    answer = await slack.call("views.open", trigger_id=trigger_id, view=view)
    return str((answer.get("view") or {}).get("id", ""))


async def filled(job: Job[FillForm], slack: Slack, view: Awaitable[View], *, title: str) -> Outcome:
    """Show a view in the job's window; in its place what is wrong, or what there is to pick from.

    A window that was closed in the meantime is nothing to tell anybody of.
    """
    try:
        shown = await view
    except BotError as error:
        shown = _instead(job, error, title)
    window = job.details.view_id
    if window:
        try:
            await slack.call("views.update", view_id=window, view=shown)
        except (SlackError, SlackUnreachableError) as error:
            log.get().info("form_not_filled", job=job.name, error=str(error))
    return Outcome()


def _instead(job: Job[FillForm], error: BotError, title: str) -> View:
    try:
        if isinstance(error, PickError):
            return forms.problem_view(title, offered(job, error, field="typed"))
    except PickError:  # no button could hold the request
        pass
    return forms.problem_view(title, problems.problem(error))
