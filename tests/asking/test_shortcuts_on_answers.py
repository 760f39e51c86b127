"""Both message shortcuts on every kind of answer and digest; what is missing here fails."""

from typing import Any

import pytest

from bot.asking.question import Question
from bot.assembly.features import FEATURES, kinds_of
from bot.feature import Feature
from tests.asking.answers import EXPORT, NOTE, answered, exported, opened, subscribed
from tests.asking.seeing import choices, words
from tests.examples import answers, examples, question_of
from tests.stage import Stage

KINDS = kinds_of()
ANSWERS = list(answers())
EVERY_ANSWER = pytest.mark.parametrize(
    ("room", "command"), ANSWERS, ids=[command for _, command in ANSWERS]
)


async def test_every_kind_of_question_is_tried(stage: Stage) -> None:
    intents = stage.bot.services.tasks.intents
    jobs = {each.job for each in intents if issubclass(each, Question)}

    assert {question_of(command).job for _, command in ANSWERS} == set(KINDS.names) == jobs
    assert set(KINDS.names) == set(stage.bot.digests._composers)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda one: one.name)
def test_every_view_is_tried(feature: Feature[Any]) -> None:
    room = examples()[feature.name]
    questions = [question_of(each) for each in room.answers]

    assert {each.job for each in questions} == {each.name for each in feature.kinds}
    assert {room.view(each) for each in questions} == set(room.views)


@EVERY_ANSWER
async def test_the_data_behind_an_answer_can_be_exported_by_anybody_in_the_channel(
    stage: Stage, room: str, command: str
) -> None:
    shown = await answered(stage, room, command)
    files, told = len(stage.slack.files), len(stage.said())

    view = await exported(stage, shown, user="UGRACE")

    assert "The data behind this" in words(view)
    question = question_of(command)
    about = KINDS.of(question)
    assert about.implied or about.command in words(view)
    personal = about.is_personal(about.as_file(question, "csv"))
    brought = stage.slack.files[files:]
    grace = stage.slack.workspace.direct_message("UGRACE").id
    assert {each.channel for each in brought} <= {grace if personal else "CTRAIN"}
    if personal:
        assert len(stage.said()) == told
    said = [*stage.said()[told:], *stage.said(grace)]
    assert brought or any("no file" in words(each) for each in said), list(map(words, said))


@EVERY_ANSWER
async def test_an_answer_can_be_ordered_as_a_digest_whose_shortcuts_work_as_well(
    stage: Stage, room: str, command: str
) -> None:
    shown = await answered(stage, room, command)

    await subscribed(stage, shown, user="UGRACE")

    [order] = await stage.rows("SELECT id, kind, channel, creator FROM subscriptions")
    kind = question_of(command).job
    assert order == {"id": 1, "kind": kind, "channel": "CTRAIN", "creator": "UGRACE"}
    before = len(stage.said())
    await stage.command("/flow now 1")
    digest = stage.said()[before]
    assert "igest 1, " in words(digest), words(digest)
    assert words(digest).count(NOTE) == 1, words(digest)
    assert len(choices(digest)) == 5
    assert (await opened(stage, EXPORT, digest)).raw["callback_id"] == EXPORT
