"""What people think of answers in the conversation: noted, thanked for, and mended where bad.

Of a rating only the answer's key, the thumb and the moment are kept. What was asked is read in
Slack again where it is needed.
"""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any, Final

from bot import metrics
from bot.agent.intents import RateAnswer, TellOfAnswer
from bot.agent.rendering import rating as words
from bot.agent.store import RatingStore, rate
from bot.asking.question import Question
from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.jobs.outcome import Outcome, answer_key
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import context, says
from bot.slack.blocks.budget import LIMITS, clean, cut
from bot.slack.client import Slack
from bot.slack.messages import Answer, Block, Message, Target
from bot.talk.intents import HearLine
from bot.talk.lines import PlainLines
from bot.talk.rendering.lines import ASKED_SO, NOT_SURE, UNCLEAR

COUNTED: Final = timedelta(days=30)
LONGEST_QUOTE: Final = 500
_PAGE: Final = 200


class Ratings:
    """Hears them."""

    def __init__(
        self, store: RatingStore, lines: PlainLines, slack: Slack, clock: Clock, *, owner: str
    ) -> None:
        """`owner` is whoever runs Flowbot, empty for nobody that is known."""
        self._store = store
        self._lines = lines
        self._slack = slack
        self._clock = clock
        self._owner = owner

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return Task(RateAnswer, self.rate), Task(TellOfAnswer, self.tell)

    async def rate(self, job: Job[RateAnswer]) -> Outcome:
        """Note a rating and say thanks; of a bad one say what else there is."""
        wanted, now = job.details, self._clock.now()
        metrics.RATINGS.add(words.GOOD if wanted.good else words.BAD)
        said = words.thanks()
        if not wanted.good:
            asked = await self._asked(job, wanted.ts)
            nearest = await self._lines.nearest(job, asked)
            complaint = TellOfAnswer(wanted.answer, wanted.ts) if self._owner else None
            said = words.sorry(nearest, complaint)
        noted = (lambda tx: rate(tx, wanted.answer, good=wanted.good, now=now),)
        return Outcome((_whispered(job, said),), noted)

    async def tell(self, job: Job[TellOfAnswer]) -> Outcome:
        """Tell whoever runs Flowbot of an answer, once, and say that this was done."""
        asked = await self._asked(job, job.details.ts)
        said = words.complaint(job.request.user, asked)
        told = OutgoingAnswer(
            f"agent_complaint:{job.details.answer}", Target(self._owner), Answer(said)
        )
        answers = (told,) if self._owner else ()
        return Outcome((*answers, _whispered(job, says(words.TOLD))))

    async def section(self, job: Job[Any]) -> list[Block]:
        """Return for admins how answers were rated lately, for the Home tab."""
        if not job.asker.is_admin:
            return []
        good, bad = await self._store.counts(since=self._clock.now() - COUNTED)
        return [context(counted(good, bad))] if good or bad else []

    async def _asked(self, job: Job[Any], ts: str) -> str:
        """Return what was said before an answer in its thread; empty where Slack does not tell."""
        request = job.request
        try:
            answer = await self._slack.call(
                "conversations.replies",
                channel=request.channel,
                ts=request.thread_ts,
                latest=ts,
                limit=_PAGE,
            )
        except (SlackError, SlackUnreachableError):
            return ""
        said = [
            str(each.get("text") or "")
            for each in answer.get("messages") or ()
            if isinstance(each, dict) and each.get("user") == request.user
        ]
        return cut(clean(unescape(said[-1])), LONGEST_QUOTE) if said and said[-1] else ""


def counted(good: int, bad: int) -> str:
    """Return how answers were rated, as a sentence without a full stop."""
    return f"Answers in Messages, last 30 days: {good:,} rated good, {bad:,} bad"


def with_thumbs(job: Job[Intent], outcome: Outcome) -> Outcome:
    """Return what a job brought forth, its answers in a thread of direct messages to be rated.

    Neither choices nor failures are.
    """
    request = job.request
    own = bool(request.thread_ts) and request.channel.startswith("D")
    if not own or outcome.again_at or outcome.error or outcome.came_to:
        return outcome
    answers = tuple(_rateable(each) if _is_answer(job, each) else each for each in outcome.answers)
    return replace(outcome, answers=answers)


def _is_answer(job: Job[Intent], told: OutgoingAnswer) -> bool:
    here = told.target.channel == job.request.channel and not told.target.private
    if not here or not told.answer.message.blocks:
        return False
    if isinstance(job.details, HearLine):
        return told.answer.message.text.startswith((NOT_SURE, UNCLEAR, ASKED_SO))
    return isinstance(job.details, Question)


def _rateable(told: OutgoingAnswer) -> OutgoingAnswer:
    shown = told.answer.message
    if len(shown.blocks) >= LIMITS.blocks_per_message:
        return told
    rateable = Message(shown.text, (*shown.blocks, words.thumbs(told.key)))
    return replace(told, answer=replace(told.answer, message=rateable))


def _whispered(job: Job[Any], said: Message) -> OutgoingAnswer:
    """Return what is told to whoever pressed a thumb alone, under the answer, and not for good."""
    request = job.request
    target = Target(
        channel=request.channel,
        user=request.user,
        private=True,
        thread_ts=request.thread_ts,
        response_url=request.response_url,
    )
    return OutgoingAnswer(answer_key(job), target, Answer(said))
