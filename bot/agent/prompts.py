"""What is suggested to somebody who opens the conversation: what fits where they look.

It is made of rows alone, and said again only where it is different now: people look elsewhere all
the time.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from bot import log
from bot.agent.core.prompts import SuggestedPrompt, some_of, suggested
from bot.agent.intents import SuggestPrompts
from bot.agent.sight import Sight
from bot.agent.store import KnownLook, LookStore
from bot.asking.rendering.help import Example
from bot.asking.subscription import Subscription
from bot.codec import encode
from bot.digests.core.command import ListSubscriptions
from bot.digests.core.past import Why
from bot.digests.rendering.words import title
from bot.errors import SlackError, SlackUnreachableError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.wording import capital
from bot.slack.people import Membership, Person, Place
from bot.surface import SurfaceParts

PAUSE: Final = timedelta(seconds=5)
"""So long nothing else is suggested to the same person, wherever they look meanwhile."""
AGAIN: Final = timedelta(minutes=10)
"""After that the same is said again, as Slack does not say how long it keeps it."""
MOST_TRIES: Final = 3
_QUESTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who may ask what is suggested."""

    person: Person
    may: Callable[[Right], bool]


class PromptDesk:
    """Suggests."""

    def __init__(
        self,
        looks: LookStore,
        sight: Sight,
        shared: SurfaceParts,
    ) -> None:
        """Make it of a channel's digests and of what the features of a workspace know of it."""
        self._looks = looks
        self._sight = sight
        self._admission = shared.admission
        self._directory = shared.parts.directory
        self._digests = shared.parts.digests
        self._switches = shared.switches
        self._talk = shared.talk
        self._slack = shared.parts.slack
        self._clock = shared.parts.clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (Task(SuggestPrompts, self.suggest),)

    async def suggest(self, job: Job[SuggestPrompts]) -> Outcome:
        """Note where somebody looks, and suggest what fits there, unless they look on by now."""
        wanted, now = job.details, self._clock.now()
        person, direct = wanted.person, job.request.channel
        newest = await self._looks.looks(
            person, wanted.channel, wanted.seen, direct=direct, now=now
        )
        look = await self._looks.of(person)
        if not newest or look is None or not look.direct:
            return Outcome()
        if look.suggested_at and now - look.suggested_at < PAUSE:
            return Outcome(again_at=look.suggested_at + PAUSE, begun=False)
        found = await self._directory.person(person)
        if found.membership is not Membership.OURS:
            return Outcome()
        asker = _Asker(found, await self._admission.may(person, where=look.direct))
        place, prompts = await self._prompts(asker, look)
        heading = f"About #{place.name}" if place and place.name else "Some things to ask"
        return await self._said(job, look, heading, prompts)

    async def _said(
        self,
        job: Job[SuggestPrompts],
        look: KnownLook,
        heading: str,
        prompts: Sequence[SuggestedPrompt],
    ) -> Outcome:
        """Suggest it, unless that was done a while ago; later where Slack wants that."""
        mark, now = _mark(heading, prompts), self._clock.now()
        if mark == look.suggested and look.suggested_at and now - look.suggested_at < AGAIN:
            return Outcome()
        offered = [encode(each) for each in prompts]
        try:
            await self._slack.call(
                "assistant.threads.setSuggestedPrompts",
                channel_id=look.direct,
                title=heading,
                prompts=offered,
            )
        except (SlackError, SlackUnreachableError) as error:
            return self._later(job, error, now)
        await self._looks.suggested(job.details.person, mark, now=now)
        return Outcome()

    def _later(
        self, job: Job[SuggestPrompts], error: SlackError | SlackUnreachableError, now: datetime
    ) -> Outcome:
        wait = PAUSE.total_seconds()
        if isinstance(error, SlackError):
            wait = error.retry_after or 0.0
        if wait and job.attempts < MOST_TRIES:
            return Outcome(again_at=now + timedelta(seconds=wait))
        log.get().warning("prompts_not_suggested", error=str(error))
        return Outcome()

    async def _prompts(
        self, asker: "_Asker", look: KnownLook
    ) -> tuple[Place | None, Sequence[SuggestedPrompt]]:
        """Return what fits, and the channel that it is about, if it is about one."""
        digests = await self._digests.in_channel(look.channel) if look.channel else []
        runs = await self._runs(look.channel) if look.channel else []
        place = None
        if digests or runs:
            place = await self._sight.of(asker.person.id, look.channel)
        here = [each async for each in self._there(asker, digests, runs)] if place else []
        leads = [await self._spoken(each) for each in await self._talk.desk.leads(asker.may)]
        return place, some_of((*here, *leads))

    async def _runs(self, channel: str) -> list[Example]:
        found = [await wiring.lately_in(channel) for _, wiring in self._switches.on]
        return [each for examples in found for each in examples]

    async def _there(
        self, asker: "_Asker", digests: Sequence[Subscription], runs: Sequence[Example]
    ) -> AsyncIterator[SuggestedPrompt]:
        """Yield what may be asked of a channel: what went wrong, its questions, what ran there."""
        own = [one for one in digests if asker.person.is_admin or one.creator == asker.person.id]
        for one in [one for one in own if one.ails and asker.may(Why.needs)][:1]:
            yield suggested(f"Why did {title(one)} not come?", f"why did digest {one.id} not come?")
        if self._may(asker, runs[:1]):
            yield await self._spoken(runs[0])
        for one in digests[:_QUESTIONS]:
            typed = one.kind.command_words(one.question)
            if self._may(asker, [Example(typed, "")]):
                yield await self._spoken(Example(typed, "", capital(title(one))))
        if digests and asker.may(ListSubscriptions.needs):
            yield suggested("Digests of this channel", "digests here")

    def _may(self, asker: "_Asker", examples: Sequence[Example]) -> bool:
        """Return whether there are examples, and somebody may do what the first one does."""
        if not examples:
            return False
        command, _, text = examples[0].typed.partition(" ")
        right = self._talk.rights.of(command, text)
        return right is not None and asker.may(right)

    async def _spoken(self, example: Example) -> SuggestedPrompt:
        """Return an example as something to say."""
        command, _, text = example.typed.partition(" ")
        label = example.label or example.does
        said = await self._talk.lines.spoken(command, text, label)
        alone = " " in label or not example.does
        return suggested(label if alone else f"{label}: {example.does}", said)


def _mark(heading: str, prompts: Sequence[SuggestedPrompt]) -> str:
    """Return a word that is the same for the same prompts, and says nothing of them."""
    said = "\n".join((heading, *(f"{each.title}\n{each.message}" for each in prompts)))
    return sha256(said.encode()).hexdigest()[:16]
