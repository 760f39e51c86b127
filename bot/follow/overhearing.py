"""What was read for an answer or a digest is heard by those who follow the same."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.asking.composing import ASKED, ComposedAnswer, Composer, SettledQuestion
from bot.asking.occasion import Occasion
from bot.asking.question import QuestionKind
from bot.follow.intents import LookAtFigures
from bot.follow.model import FigureReading, FollowedQuestion
from bot.follow.readings import note_reading
from bot.follow.store import is_followed
from bot.jobs.store import add_job
from bot.store.database import MAIN, Transaction


class OverheardComposer:
    """Composes as another does; what it read is kept where somebody follows the same."""

    def __init__(self, composer: Composer, kind: QuestionKind[Any]) -> None:
        """Hear `composer` on questions of a kind."""
        self._composer = composer
        self._kind = kind

    async def settled(self, question: Any) -> SettledQuestion:
        """Return the question with its names settled."""
        return await self._composer.settled(question)

    async def compose(self, question: Any, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; with its writes, what those who follow it hear."""
        composed = await self._composer.compose(question, occasion)
        asked = self._asked(composed.question, occasion)
        if asked is None or not composed.tally.figures:
            return composed
        reading = FigureReading(dict(composed.tally.figures), occasion.now)

        def heard(tx: Transaction) -> None:
            _heard(tx, asked, reading)

        return replace(composed, writes=(*composed.writes, heard))

    def _asked(self, kept: Mapping[str, Any], occasion: Occasion) -> FollowedQuestion | None:
        """Return what was asked, where it is about the same days as for those who follow it."""
        row = kept.get(ASKED)
        one = occasion.subscription
        is_of_now = occasion.asked_at.date() == occasion.now.date()
        if not row or not is_of_now or (one and one.terms.parts):
            return None
        return FollowedQuestion(self._kind, self._kind.of_row(row), occasion.zone)


def _heard(tx: Transaction, asked: FollowedQuestion, reading: FigureReading) -> None:
    """Keep a reading that somebody follows, and have them told what got worse."""
    if not is_followed(tx, asked.key):
        return
    note_reading(tx, asked, reading)
    key = f"look:figures:{asked.key}:heard:{reading.read_at:%Y-%m-%dT%H:%MZ}"
    add_job(tx, key=key, wanted=LookAtFigures(asked.key), now=reading.read_at, queue=MAIN)
