"""What every composer owes its answers; a part that a room forgot is told with its command."""

from datetime import date, datetime, timedelta

import pytest

from bot.asking.composing import ComposedAnswer
from bot.asking.core.finder import PickError
from bot.asking.occasion import Occasion
from bot.asking.question import Question
from bot.asking.subscription import Subscription
from bot.assembly.features import ROOMS, kinds_of
from tests.examples import examples, question_of
from tests.stage import MONDAY, Stage

EVERY_ROOM = pytest.mark.parametrize("room", ROOMS)
ZONE = "Europe/Berlin"
KINDS = kinds_of()


async def questions(stage: Stage, room: str) -> list[tuple[str, Question]]:
    """Return the commands of a room's examples with what they ask, sure of what they are about."""
    room_of = examples()[room]
    certain = [await room_of.certain(stage, command) for command in room_of.answers]
    return [(command, question_of(command)) for command in certain]


def occasion(now: datetime, question: Question) -> Occasion:
    """Return that of a digest."""
    subscription = Subscription(
        id=7,
        channel="CTRAIN",
        kind=KINDS.of(question),
        question=question,
        cron="0 9 * * *",
        words="every day at 09:00",
        zone=ZONE,
        creator="UADA",
        created_at=now,
        next_run_at=now,
    )
    return Occasion(zone=ZONE, asked_at=now, now=now, key="a key", subscription=subscription)


async def composed(stage: Stage, question: Question) -> ComposedAnswer:
    """Return the answer as a digest has it."""
    composer = stage.bot.digests._composers[question.job]
    return await composer.compose(question, occasion(stage.clock.now(), question))


@EVERY_ROOM
async def test_every_file_that_is_offered_can_be_opened(stage: Stage, room: str) -> None:
    known = {name for each in stage.bot.wirings for name in (*each.openers, *each.narrated)}
    for command, question in await questions(stage, room):
        kind = KINDS.of(question)
        for asked in (question, *(kind.as_file(question, form) for form in question.formats)):
            try:
                answer = (await composed(stage, asked)).answer
            except PickError:  # such a file is of one of several things alone
                continue
            offered = {each.source.name for each in answer.files}
            assert (command, offered - known) == (command, set())


@EVERY_ROOM
async def test_every_digest_says_which_one_it_is(stage: Stage, room: str) -> None:
    for command, question in await questions(stage, room):
        told = str((await composed(stage, question)).answer.message.blocks)
        assert (command, "Digest 7" in told) == (command, True)


@EVERY_ROOM
async def test_what_is_exported_tomorrow_is_about_the_same_days(stage: Stage, room: str) -> None:
    for command, question in await questions(stage, room):
        kind = KINDS.of(question)
        if question.period and question.period in kind.words(question):
            kept = kind.of_row((await composed(stage, question)).question)
            assert (command, days(kept, after=1)) == (command, days(question, after=0))


def days(question: Question, *, after: int) -> tuple[date, date]:
    """Return the first and the last day of a question that is asked some days later."""
    meant = occasion(MONDAY + timedelta(days=after), question).period(question.period)
    return meant.first, meant.last
