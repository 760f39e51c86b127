"""Help for those who call the bot by name."""

from bot.asking.rendering import help as pages
from bot.jobs.outcome import Outcome, reply
from bot.jobs.store import Job
from bot.slack.messages import Answer


async def guide(job: Job) -> Outcome:
    """Show what can be typed, to the asker alone."""
    return Outcome((reply(job, Answer(pages.flow_help()), private=True),))
