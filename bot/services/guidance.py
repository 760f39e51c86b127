"""Help for those who call the bot by name."""

from bot.model.messages import Answer
from bot.rendering import help as pages
from bot.services.outcome import Outcome, reply
from bot.store.jobs import Job


async def guide(job: Job) -> Outcome:
    """Show what can be typed, to the asker alone."""
    return Outcome((reply(job, Answer(pages.flow_help()), private=True),))
