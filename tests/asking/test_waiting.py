"""A vendor that takes long: a word after three seconds, which becomes the answer."""

import asyncio

import pytest

from sandbox.slack import Message
from tests.asking.seeing import words
from tests.stage import Stage

WORD = "Asking MomoFlow …"
REPORT = "/flow-report onboarding"


async def ask_slowly(stage: Stage, command: str, *, after: float = 3, calls: int = 1) -> str:
    """Type a command whose vendor answers some seconds late; return what stood there meanwhile.

    The vendor is asked so many times for it.
    """
    stage.momoflow.set_switch("slow", 20)
    await stage.slack.command(command, user="UADA", channel="CTRAIN")
    working = asyncio.create_task(stage.settle())
    async with asyncio.timeout(10):
        await stage.clock.until_waiting(2)  # the word and the vendor
        stage.clock.advance(seconds=after)
        delivery = stage.bot.delivery.worker
        while after >= 3 and not (said := everything(stage)):
            await delivery.settle()
        before = said[-1] if after >= 3 else ""
        for _ in range(calls):
            await stage.clock.until_waiting(1)
            stage.clock.advance(seconds=20)
        await working
    return before


def everything(stage: Stage) -> list[str]:
    return [*map(words, stage.said()), *stage.whispered()]


async def test_a_slow_vendor_is_waited_for_with_a_word_that_becomes_the_answer(
    stage: Stage,
) -> None:
    assert await ask_slowly(stage, REPORT) == WORD

    [message] = stage.said()
    assert message.edited_ts
    assert WORD not in words(message)
    assert "Onboarding" in words(message)


async def test_its_buttons_and_shortcuts_are_those_of_an_answer(stage: Stage) -> None:
    await ask_slowly(stage, REPORT)
    [message] = stage.said()

    await stage.slack.message_shortcut("export_data", message=message)

    view = stage.slack.view_of("UADA")
    assert view is not None
    assert "submit" in view.raw


async def test_a_quick_vendor_needs_no_word(stage: Stage) -> None:
    await ask_slowly(stage, REPORT, after=2)

    [message] = stage.said()
    assert not message.edited_ts


async def test_where_no_answer_comes_the_word_goes_away_and_the_asker_can_try_again(
    stage: Stage,
) -> None:
    stage.momoflow.set_switch("expired_key", value=True)
    assert await ask_slowly(stage, REPORT) == WORD

    assert stage.said() == []
    assert "key" in stage.whispered()[-1]


async def test_the_file_of_an_answer_is_in_the_thread_of_what_the_word_became(
    stage: Stage,
) -> None:
    assert await ask_slowly(stage, f"{REPORT} export csv", calls=3) == WORD

    [message] = [each for each in stage.said() if not each.thread_ts]
    assert WORD not in words(message)
    assert any(each.files for each in stage.slack.thread("CTRAIN", message.ts))


async def test_a_private_answer_is_waited_for_in_private(stage: Stage) -> None:
    assert await ask_slowly(stage, f"{REPORT} privately") == WORD

    assert stage.said() == []
    assert "Onboarding" in stage.whispered()[-1]


async def test_a_word_that_somebody_deleted_is_followed_by_the_answer(stage: Stage) -> None:
    stage.slack.refuse("chat.update", error="message_not_found")

    await ask_slowly(stage, REPORT)

    assert "Onboarding" in words(stage.said()[-1])


@pytest.mark.parametrize("switch", ["answer_500", "drop"])
async def test_a_failure_that_may_pass_can_be_tried_again(stage: Stage, switch: str) -> None:
    stage.momoflow.set_switch(switch, 10)
    await stage.command(REPORT)
    [failure] = stage.slack.ephemerals("UADA")

    stage.momoflow.set_switch(switch, 0)
    await stage.slack.click(failure, action_id="do")
    await stage.settle()

    assert "Onboarding" in words(stage.said()[-1])


async def test_what_will_fail_again_is_not_offered(stage: Stage) -> None:
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.command(REPORT)

    [failure] = stage.slack.ephemerals("UADA")
    assert button_labels(failure) == []


def button_labels(message: Message) -> list[str]:
    rows = (each for each in message.blocks if each["type"] == "actions")
    return [element["text"]["text"] for row in rows for element in row["elements"]]
