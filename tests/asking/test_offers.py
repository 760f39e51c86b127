"""Buttons that do one thing: once for a double click, for those who may, and for each who asks."""

from bot.asking.rendering.offers import offer, opening
from bot.digests.core.command import Remove
from bot.digests.forms import NEW_FORM, SUBSCRIBE_FORM
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.blocks.blocks import actions, message
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Answer, Block, Target
from bot.training.core.command import Assign
from bot.training.question import ReportQuestion
from sandbox.slack import Message
from tests.stage import Stage

OVERDUE = ReportQuestion(flow="onboarding", status="overdue")
ASSIGN = Assign(flow_id="flow_onboarding", flow="onboarding", email="grace@example.com")


async def shown(stage: Stage, *blocks: Block) -> Message:
    """Post a message with these blocks in #training and return it."""
    answer = OutgoingAnswer("test", Target("CTRAIN"), Answer(message("Buttons", *blocks)))
    await stage.bot.parts.database.transaction(
        lambda tx: tell(tx, answer, queue="main", now=stage.clock.now())
    )
    await stage.settle()
    return stage.said()[-1]


def made(stage: Stage) -> int:
    return sum(call.path == "/v1/flows/assign" for call in stage.momoflow.calls)


async def press(stage: Stage, on: Message, action: str = "do", *, user: str = "UADA") -> None:
    await stage.slack.click(on, action_id=action, user=user)
    await stage.settle()


async def test_a_double_click_asks_once_and_a_later_one_anew(stage: Stage) -> None:
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *offer("Only overdue", OVERDUE)))

    await press(stage, row)
    await press(stage, row)
    assert len(stage.said()) == 2

    stage.clock.advance(seconds=11)
    await press(stage, row)
    assert len(stage.said()) == 3


async def test_two_people_who_ask_are_both_answered(stage: Stage) -> None:
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *offer("Only overdue", OVERDUE)))

    await press(stage, row)
    await press(stage, row, user="UGRACE")

    assert len(stage.said()) == 3


async def test_what_changes_something_is_done_once_for_all_who_see_it(stage: Stage) -> None:
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *offer("Assign", ASSIGN)))

    await press(stage, row)
    stage.clock.advance(seconds=60)
    await press(stage, row, user="UGRACE")

    assert made(stage) == 1


async def test_the_right_is_that_of_what_is_wanted(stage: Stage) -> None:
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *offer("Assign", ASSIGN)))

    await press(stage, row, user="UGUEST")
    assert made(stage) == 0

    await press(stage, row)
    assert made(stage) == 1


async def test_several_buttons_stand_in_one_row_and_each_does_its_own(stage: Stage) -> None:
    late, done = offer("Overdue", OVERDUE), offer("Done", ReportQuestion("onboarding", "completed"))
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *late, *done))

    await press(stage, row, "do:2")

    assert "ompleted" in str(stage.said()[-1].blocks)


async def test_a_button_opens_a_form_for_those_who_may(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    key = (await stage.rows("SELECT key FROM ledger ORDER BY id DESC LIMIT 1"))[0]["key"]
    opens = opening("Subscribe", SUBSCRIBE_FORM.callback, about=key)
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *opens))

    await press(stage, row, "open_form", user="UGUEST")
    assert (window := stage.slack.view_of("UGUEST")) is None or "submit" not in window.raw

    await press(stage, row, "open_form")
    window = stage.slack.view_of("UADA")
    assert window is not None
    assert window.raw["callback_id"] == NEW_FORM.callback


async def test_a_button_of_another_version_says_so(stage: Stage) -> None:
    [button] = offer("Remove", Remove(3))
    old = {**button, "value": button["value"].replace("remove_subscription", "long_gone")}
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, old))

    await press(stage, row)

    window = stage.slack.view_of("UADA")
    assert window is not None
    assert "of an older version" in str(window.raw)


def test_what_a_button_cannot_hold_is_no_button() -> None:
    assert offer("Show", ReportQuestion(flow="x" * LIMITS.button_value)) == ()
    assert opening("Open", "form", about="x" * LIMITS.button_value) == ()


async def test_a_click_after_the_clock_was_set_back_counts(stage: Stage) -> None:
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *offer("Only overdue", OVERDUE)))
    await press(stage, row)

    stage.clock.set_back(3600)
    await press(stage, row)

    assert len(stage.said()) == 3


async def test_a_button_that_only_an_older_version_had_says_so(stage: Stage) -> None:
    [made] = offer("Old", OVERDUE)
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, {**made, "action_id": "long_gone"}))

    await press(stage, row, "long_gone")

    window = stage.slack.view_of("UADA")
    assert window is not None
    assert "of an older version" in str(window.raw)
