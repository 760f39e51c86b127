"""A vendor that takes long: a word after three seconds, which becomes the answer."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from sandbox.slack import Message
from tests.asking.seeing import interactive, label, words
from tests.runs.acting import quiet
from tests.stage import Stage

WORD = "Asking MomoFlow …"
REPORT = "/flow-report onboarding"


async def ask_slowly(
    stage: Stage, command: str, *, after: float = 3, calls: int = 1, slow: str = "momoflow"
) -> str:
    """Type a command whose vendor answers some seconds late; return what stood there meanwhile.

    The vendor is asked so many times for it.
    """

    async def typed() -> None:
        await stage.slack.command(command, user="UADA", channel="CTRAIN")

    return await slowly(stage, typed, after=after, calls=calls, slow=slow)


async def slowly(
    stage: Stage,
    asked: Callable[[], Awaitable[object]],
    *,
    after: float = 3,
    calls: int = 1,
    slow: str = "momoflow",
) -> str:
    """Do what asks a vendor that answers late; return what stood there meanwhile."""
    vendor = getattr(stage, slow)
    vendor.set_switch("slow", 20)
    earlier = everything(stage)
    await asked()
    working = asyncio.create_task(stage.settle())
    async with asyncio.timeout(10):
        await stage.clock.until_waiting(2)  # the word and the vendor
        stage.clock.advance(seconds=after)
        delivery = stage.bot.delivery.worker
        while after >= 3 and not (said := [x for x in everything(stage) if x not in earlier]):
            await delivery.settle()
        before = said[-1] if after >= 3 else ""
        for _ in range(calls):
            await stage.clock.until_waiting(1)
            vendor.set_switch("slow", 20 if calls > 1 else 0)
            stage.clock.advance(seconds=20)
        await working
    return before


def everything(stage: Stage) -> list[str]:
    said = [each for channel in ("CTRAIN", "CFIELD", "DADA") for each in stage.said(channel)]
    return [*map(words, said), *stage.whispered()]


async def by_button(stage: Stage) -> None:
    [only] = [each for each in interactive(stage.said()[0].blocks) if label(each) == "Only overdue"]
    await stage.slack.click(stage.said()[0], action_id=only["action_id"])


async def by_form(stage: Stage) -> None:
    await stage.slack.shortcut("get_training_report")
    form = stage.slack.view_of("UADA")
    assert form is not None
    values = {"flow": {"flow": "onboarding"}, "conversation": {"conversation": "CFIELD"}}
    await stage.slack.submit(form, values=values)


async def by_message(stage: Stage) -> None:
    await stage.slack.say("who is overdue in onboarding?", channel="DADA")


@pytest.mark.parametrize(
    ("way", "channel"), [(by_button, "CTRAIN"), (by_form, "CFIELD"), (by_message, "DADA")]
)
async def test_however_it_is_asked_the_word_becomes_the_answer(
    stage: Stage, way: Callable[[Stage], Awaitable[None]], channel: str
) -> None:
    await stage.command(REPORT)
    stage.slack.workspace.direct_message("UADA")
    stage.clock.advance(seconds=120)  # what was asked before is not known any more
    assert await slowly(stage, partial(way, stage)) == WORD

    told = stage.said(channel)[-1]
    assert told.edited_ts
    assert "are overdue in Onboarding" in words(told)
    assert WORD not in everything(stage)


async def test_the_word_becomes_the_card_of_a_run(stage: Stage) -> None:
    quiet(stage)
    await stage.bot.poll()
    assert (
        await ask_slowly(stage, "/flow-run travel request", slow="smartflows")
        == "Asking Smart Flows …"
    )

    [card] = stage.said()
    assert card.edited_ts
    assert card.text.startswith("Travel request: running")
    await stage.after(seconds=60)
    assert stage.said()[0].text.startswith("Travel request: done")


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
