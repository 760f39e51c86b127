"""Whatever is answered in the conversation stands in its thread, and nowhere beside it."""

import pytest

from tests.agent.talking import answers, asked, said
from tests.asking.seeing import interactive, label, words
from tests.stage import Stage


def buttons(message: object) -> list[str]:
    return [label(each) for each in interactive(message.blocks)]  # type: ignore[attr-defined]


async def test_a_file_comes_into_the_thread(known: Stage) -> None:
    message = await said(known, "onboarding export csv")
    await known.settle()

    [file] = known.slack.files
    assert file.thread_ts == message.ts
    assert known.said(message.channel) == []


async def test_what_is_for_one_alone_is_there_for_good(known: Stage) -> None:
    message = await said(known, 'registrants of "Product tour"')
    await known.settle()
    [which] = answers(known, message)
    [menu] = [each for each in interactive(which.blocks) if each["type"] == "static_select"]
    last = menu["options"][0]["value"]
    await known.slack.click(which, action_id=menu["action_id"], value=last)
    await known.settle()

    told = answers(known, message)
    assert "@" in "".join(map(words, told))
    assert {each.ephemeral_to for each in told} == {""}
    assert known.slack.ephemerals("UADA") == []
    assert known.said(message.channel) == []


async def test_of_several_one_is_chosen_in_the_thread(known: Stage) -> None:
    message = await said(known, "why is onbording late")
    await known.settle()
    [first] = answers(known, message)
    press = next(each for each in interactive(first.blocks) if label(each) != "What I can do")
    await known.slack.click(first, action_id=press["action_id"])
    await known.settle()

    assert len(answers(known, message)) == 2
    assert known.said(message.channel) == []


@pytest.mark.parametrize("line", ["blorp", "kindly enlighten me", "42", "???!"])
async def test_where_nothing_fits_the_nearest_things_are_a_press_away(
    known: Stage, line: str
) -> None:
    [answer] = await asked(known, line)

    assert len(buttons(answer)) >= 3
    assert (
        "Which of these" in answer.text
        or "what I can do" in answer.text.casefold()
        or buttons(answer)
    )


async def test_the_waiting_word_becomes_the_answer_in_the_thread(known: Stage) -> None:
    known.momoflow.set_switch("answer_429", 1)
    known.momoflow.set_switch("retry_after", 40)
    message = await said(known, "onboarding")
    await known.settle()
    await known.after(minutes=2, step=10)

    *_, last = answers(known, message)
    assert last.text.startswith("5 people are overdue in Onboarding")
    assert known.said(message.channel) == []


async def test_the_last_run_of_a_channel_is_suggested_there(known: Stage) -> None:
    await known.command('/flow-run "Travel request"')
    await known.after(seconds=30)
    known.slack.agents.looking["UADA"] = "CTRAIN"
    await known.slack.open_home(user="UADA", tab="messages")
    await known.settle()

    place = known.slack.agent.conversation("UADA").id
    [first, *_] = known.slack.agents.prompts(place).offered
    assert first.title.startswith("Travel request")
    outcome = await known.slack.agent.press(first.title, user="UADA")
    await known.settle()
    assert outcome.message
    assert "Travel request" in "".join(map(words, answers(known, outcome.message)))
