"""A sentence that the grammar does not understand, worded by the model as a line to be shown.

The model gets the sentence and the grammar. Its answer is read by that grammar like any line, shown
with a button, and done by nobody but whoever presses it, with their own rights.
"""

from datetime import timedelta
from typing import Final

from bot import metrics
from bot.agent.ids import AgentAction
from bot.agent.model.client import ChatModel
from bot.agent.model.grammar import instructions, line_of
from bot.agent.model.masking import masked, unmasked
from bot.asking.core.plain_lines import PlainLine
from bot.asking.question import QuestionKinds
from bot.clock import Clock
from bot.errors import VendorError
from bot.feature import Switches
from bot.jobs.request import Job
from bot.slack.blocks.blocks import Element, button
from bot.slack.blocks.budget import LIMITS
from bot.talk.bursts import Bursts
from bot.talk.intents import HearLine
from bot.talk.lines import PlainLines, WordedLine
from bot.talk.pages import help_pages

LONGEST: Final = 500
"""Characters of a sentence; a longer one is no request."""
OF_A_PERSON: Final = (5, timedelta(minutes=10))
OF_ALL: Final = (60, timedelta(hours=1))
RESTS_AFTER: Final = 3
RESTS_FOR: Final = timedelta(minutes=5)
"""After so many failures in a row nobody waits for it for a while."""


class ModelWording:
    """Asks the model. What fails is silent: then the nearest things are offered as ever."""

    def __init__(
        self,
        model: ChatModel,
        lines: PlainLines,
        switches: Switches,
        kinds: QuestionKinds,
        clock: Clock,
    ) -> None:
        """Tell it the grammar of the features that are on, and have `lines` read what it says."""
        features = [feature for feature, _ in switches.on]
        self._instructions = instructions(features, kinds, help_pages(features))
        self._model = model
        self._lines = lines
        self._clock = clock
        self._of_a_person = Bursts(clock.now, most=OF_A_PERSON[0], window=OF_A_PERSON[1])
        self._of_all = Bursts(clock.now, most=OF_ALL[0], window=OF_ALL[1])
        self._failures = 0
        self._rests_until = clock.now()

    @property
    def words(self) -> str:
        """What people are told of a line that the model has worded."""
        return (
            f"Worded by a model ({self._model.name}) from your sentence alone. Nothing is done yet."
        )

    async def of(self, job: Job[HearLine]) -> WordedLine | None:
        """Return the line that the model makes of a sentence; None where nothing comes of it."""
        if not job.place.user:
            return None
        outcome, line = await self._line(job)
        metrics.WORDED.add(outcome)
        return WordedLine(line, self.words, _change(line)) if line else None

    async def _line(self, job: Job[HearLine]) -> tuple[str, PlainLine | None]:
        """Return what came of it in one word, and the line."""
        if len(job.details.text) > LONGEST:
            return "too_long", None
        if self._clock.now() < self._rests_until or not self._is_allowed(job.request.user):
            return "not_asked", None
        sentence, taken = masked(job.details.text)
        try:
            said = await self._model.says(self._instructions, sentence)
        except VendorError:
            self._failed()
            return "failed", None
        self._failures = 0
        command, _, text = unmasked(line_of(said), taken).partition(" ")
        line = PlainLine(command, text)
        return ("shown", line) if self._lines.answers(line) else ("nothing", None)

    def _is_allowed(self, user: str) -> bool:
        return self._of_a_person.allows(user) and self._of_all.allows("")

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= RESTS_AFTER:
            self._failures = 0
            self._rests_until = self._clock.now() + RESTS_FOR


def _change(line: PlainLine) -> tuple[Element, ...]:
    """Return the button that opens a line to be changed; none where Slack cannot hold it."""
    value = f"{line.command} {line.text}"
    if len(value) > LIMITS.button_value:
        return ()
    return (button("Change", AgentAction.CHANGE, value=value, spoken="Change the line first"),)
