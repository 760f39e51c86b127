"""A short word where something was asked whose answer goes to another conversation."""

from dataclasses import replace

from bot.jobs.outcome import Outcome, answer_key
from bot.jobs.request import Intent, Job
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import channel, message, paragraph, plain, says
from bot.slack.messages import Answer, Message, Target

DIRECT = "I sent it to you directly, as it is for you alone."
_LEAD = "The answer is in "


def with_word(job: Job[Intent], outcome: Outcome) -> Outcome:
    """Return what a job brought forth, and where its answer went if that is not where it was asked.

    Who asked in a window that was opened nowhere asked nowhere, and a direct message needs no word
    of another one. What comes later is told of later.
    """
    request = job.request
    went = {each.target.channel for each in outcome.answers}
    if not request.user or not request.asked_in or outcome.again_at or request.asked_in in went:
        return outcome
    if not went or (_is_direct(request.asked_in) and all(map(_is_direct, went))):
        return outcome
    return replace(outcome, answers=(*outcome.answers, word_of(job, went.pop())))


def word_of(job: Job[Intent], conversation: str) -> OutgoingAnswer:
    """Return for the asker alone, where they asked, in which conversation the answer is."""
    request = job.request.where_asked()
    target = Target(
        channel=request.channel,
        user=request.user,
        private=True,
        response_url=request.response_url,
        replaces=request.replaces,
    )
    told = says(DIRECT) if _is_direct(conversation) else _in_channel(conversation)
    return OutgoingAnswer(f"{answer_key(job)}:where", target, Answer(told))


def _is_direct(conversation: str) -> bool:
    return conversation.startswith(("D", "U", "W"))


def _in_channel(conversation: str) -> Message:
    where = paragraph(plain(_LEAD), channel(conversation), plain("."))
    return message(f"{_LEAD}another channel.", where)
