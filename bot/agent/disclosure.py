"""That there is a model: said in the welcome, with what it gets and what it may do."""

from dataclasses import replace
from typing import Final

from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.slack.messages import Answer
from bot.talk.intents import Greet
from bot.talk.rendering.lines import with_remark

DISCLOSED: Final = (
    "I answer by rules of my own. A sentence that they don't understand is given to a model ({}), "
    "without anything of your services; what it makes of it is shown to you before it runs."
)


def with_disclosure(job: Job[Intent], outcome: Outcome, *, model: str) -> Outcome:
    """Return what a job brought forth; a greeting says that there is a model, and what it gets."""
    if not isinstance(job.details, Greet):
        return outcome
    answers = tuple(
        replace(each, answer=Answer(with_remark(each.answer.message, DISCLOSED.format(model))))
        for each in outcome.answers
    )
    return replace(outcome, answers=answers)
