"""What people think of answers: noted without a word of theirs, thanked for, and mended."""

from pathlib import Path

import pytest

from bot import metrics
from sandbox.slack import Message
from tests.agent.talking import answers, asked
from tests.asking.seeing import interactive, label, words
from tests.stage import Stage, open_stage


async def thumb(stage: Stage, answer: Message, word: str, *, user: str = "UADA") -> list[Message]:
    """Press a thumb under an answer; return what the person alone is told then."""
    before = len(stage.slack.ephemerals(user))
    [value] = [each for each in thumbs(answer) if each.startswith(word)]
    await stage.slack.click(answer, action_id="agent_rate", value=value, user=user)
    await stage.settle()
    return stage.slack.ephemerals(user)[before:]


def thumbs(message: Message) -> list[str]:
    found = [each for each in message.blocks if each["type"] == "context_actions"]
    return [
        each["elements"][0][name]["value"]
        for each in found
        for name in ("positive_button", "negative_button")
    ]


def buttons(message: Message) -> list[str]:
    return [label(each) for each in interactive(message.blocks)]


async def test_an_answer_can_be_rated_by_who_cannot_see_the_thumbs_too(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")

    [block] = [each for each in answer.blocks if each["type"] == "context_actions"]
    [element] = block["elements"]
    assert element["positive_button"]["accessibility_label"] == "This answer helped"
    assert element["negative_button"]["accessibility_label"] == "This answer did not help"


@pytest.mark.parametrize("line", ["help", "every monday at 9 send onboarding", "my digests"])
async def test_what_is_no_answer_has_no_thumbs(known: Stage, line: str) -> None:
    for each in await asked(known, line):
        assert thumbs(each) == []


async def test_a_failure_has_no_thumbs(known: Stage) -> None:
    known.momoflow.set_switch("answer_400", 9)
    [answer] = await asked(known, "onboarding")

    assert thumbs(answer) == []


async def test_in_a_channel_there_are_none(known: Stage) -> None:
    await known.command("/flow-report onboarding")

    assert thumbs(known.said()[-1]) == []


async def test_a_good_answer_is_thanked_for_and_noted_in_one_small_row(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")
    before = metrics.RATINGS.read().get(("good",), 0)
    [told] = await thumb(known, answer, "good")

    assert told.text == "Thanks, noted."
    assert told.thread_ts == answer.thread_ts
    [row] = await known.rows("SELECT * FROM agent_ratings")
    assert set(row) == {"workspace", "answer", "good", "rated_at"}
    assert row["good"] == 1
    assert metrics.RATINGS.read()["good",] == before + 1


async def test_whoever_thinks_otherwise_later_is_noted_once(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")
    await thumb(known, answer, "good")
    known.clock.advance(seconds=20)
    await thumb(known, answer, "bad")

    assert [each["good"] for each in await known.rows("SELECT good FROM agent_ratings")] == [0]


async def test_a_bad_answer_offers_what_else_may_be_meant(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")
    [told] = await thumb(known, answer, "bad")

    assert told.text == "Sorry about that. What did you mean?"
    assert len(buttons(told)) == 3  # nobody is named who runs Flowbot
    assert "onboarding" not in buttons(told)

    await known.slack.click(told, action_id="type_line")
    await known.settle()
    assert [each.ephemeral_to for each in answers(known, answer)] == ["", "UADA", ""]


async def test_whoever_runs_flowbot_is_told_once_and_only_if_wanted(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db", surfaces="agent", owner="UGRACE") as stage:
        await stage.bot.talk.learn_names()
        await stage.settle()
        [answer] = await asked(stage, "onboarding")
        direct = stage.slack.workspace.direct_message("UGRACE").id
        [told] = await thumb(stage, answer, "bad")
        assert buttons(told)[-1] == "Tell whoever runs Flowbot"
        assert stage.said(direct) == []

        for _ in range(2):
            await stage.slack.click(told, action_id="do", user="UADA")
            stage.clock.advance(seconds=20)
            await stage.settle()
        [complaint] = stage.said(direct)
        assert complaint.text == "An answer of mine did not help: “onboarding”"
        assert "UADA" in str(complaint.blocks)


async def test_what_was_asked_need_not_be_readable(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")
    known.slack.refuse("conversations.replies", error="missing_scope")
    [told] = await thumb(known, answer, "bad")

    assert len(buttons(told)) == 3


async def test_a_double_click_is_one_rating_and_one_word(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")
    [value] = [each for each in thumbs(answer) if each.startswith("good")]
    for _ in range(2):
        await known.slack.click(answer, action_id="agent_rate", value=value)
    await known.settle()

    assert known.whispered().count("Thanks, noted.") == 1


async def test_admins_see_how_answers_are_rated_and_that_guests_are_shut_out(known: Stage) -> None:
    for line, word in (("onboarding", "good"), ("gdpr", "bad")):
        [answer] = await asked(known, line)
        await thumb(known, answer, word)
        known.clock.advance(seconds=15)
    counts = "Answers in Messages, last 30 days: 1 rated good, 1 bad"

    assert counts in await home(known, "UADA")
    assert counts not in await home(known, "UGRACE")
    await known.command("/flow doctor")
    page = words(known.slack.ephemerals("UADA")[-1])
    assert "the agent view, which is closed to guests" in page


async def home(stage: Stage, user: str) -> str:
    await stage.slack.open_home(user=user)
    await stage.settle()
    view = stage.slack.home_of(user)
    assert view
    return stage.slack.picture(view)


async def test_the_doctor_says_where_slack_has_no_agent_view(known: Stage) -> None:
    known.slack.switches.paid_plan = False
    await asked(known, "help")
    await known.command("/flow doctor")

    page = words(known.slack.ephemerals("UADA")[-1])
    assert "Slack shows no agent view here" in page
    assert "flowbot manifest --with agent" in page


async def test_an_old_rating_is_forgotten(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")
    await thumb(known, answer, "good")
    known.clock.advance(seconds=61 * 86_400)
    await known.bot.tidy()

    assert await known.rows("SELECT * FROM agent_ratings") == []
    assert await known.rows("SELECT * FROM agent_sessions") == []
