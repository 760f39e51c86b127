"""A short word where something was asked whose answer goes to another conversation."""

from dataclasses import replace

from bot.jobs.outcome import Outcome, answer_key
from bot.jobs.request import Intent, Job
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import channel, message, paragraph, plain, says
from bot.slack.messages import Answer, Message, Target

DIRECT = "I sent you the answer as a direct message, as only you are to see it."
_LEAD = "The answer is in "


def with_word(job: Job[Intent], outcome: Outcome) -> Outcome:
    """Return what a job brought forth, and where its answer went if that is not where it was asked.

    Who asked in a window asked nowhere, and a direct message needs no word of another one.
    """
    request = job.request
    went = {each.target.channel for each in outcome.answers}
    asked_somewhere = request.user and request.channel and not request.channel.startswith("D")
    if not asked_somewhere or not went or request.channel in went:
        return outcome
    return replace(outcome, answers=(*outcome.answers, word_of(job, went.pop())))


def word_of(job: Job[Intent], conversation: str) -> OutgoingAnswer:
    """Return for the asker alone, where they asked, in which conversation the answer is."""
    request = job.request
    target = Target(
        channel=request.channel,
        user=request.user,
        private=True,
        response_url=request.response_url,
        replaces=request.replaces,
    )
    told = says(DIRECT) if conversation == request.user else _in_channel(conversation)
    return OutgoingAnswer(f"{answer_key(job)}:where", target, Answer(told))


def _in_channel(conversation: str) -> Message:
    where = paragraph(plain(_LEAD), channel(conversation), plain("."))
    return message(f"{_LEAD}another channel.", where)
