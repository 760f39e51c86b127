"""Messages that were told and change: in which blocks, and how fast."""

import pytest

from bot.outbox.editor import Editor, EditResult
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.rules import EDITS_A_MINUTE
from bot.outbox.store import tell
from bot.slack.blocks.blocks import paragraph, plain
from bot.slack.blocks.tables import data_table, words
from bot.slack.messages import Answer, Message, Target
from tests.asking.seeing import has_native_blocks, kinds
from tests.stage import Stage

KEY = "told"


def message(text: str) -> Message:
    """Return a message with a table, which Slack may refuse."""
    table = data_table("People", columns=("Person",), rows=[(words("ada"),)], total=1)
    return Message(text, (paragraph(plain(text)), *table))


async def told(stage: Stage) -> None:
    """Tell a message and wait until it is in Slack."""
    outgoing = OutgoingAnswer(key=KEY, target=Target("CTRAIN"), answer=Answer(message("before")))
    await stage.bot.parts.database.transaction(lambda tx: tell(tx, outgoing, now=stage.clock.now()))
    await stage.settle()


@pytest.fixture
def editor(stage: Stage) -> Editor:
    return stage.bot.parts.editor


def edits(stage: Stage) -> int:
    return [call.method for call in stage.slack.calls].count("chat.update")


async def test_a_message_takes_the_place_of_the_one_before(stage: Stage, editor: Editor) -> None:
    await told(stage)

    assert await editor.edit(KEY, message("after")) == EditResult(done=True)
    [shown] = stage.said()
    assert (shown.text, kinds(shown)) == ("after", ["rich_text", "data_table"])


async def test_what_was_never_told_cannot_be_edited(stage: Stage, editor: Editor) -> None:
    assert await editor.edit("never", message("after")) == EditResult(done=False)
    assert edits(stage) == 0


async def test_what_was_posted_in_older_blocks_is_edited_in_them_at_once(
    stage: Stage, editor: Editor
) -> None:
    stage.slack.refuse("chat.postMessage", error="invalid_blocks", when=has_native_blocks)
    await told(stage)

    assert await editor.edit(KEY, message("after")) == EditResult(done=True)
    [shown] = stage.said()
    assert "table" in kinds(shown)
    assert edits(stage) == 1


@pytest.mark.parametrize(
    ("error", "result"),
    [
        ("message_not_found", EditResult(done=False)),
        ("edit_window_closed", EditResult(done=False)),
        ("invalid_arg_name", EditResult(done=False)),
        ("update_failed", EditResult(done=False, wait=10.0)),
        ("brand_new", EditResult(done=False, wait=10.0)),
    ],
)
async def test_a_refused_edit_says_whether_to_try_again(
    stage: Stage, editor: Editor, error: str, result: EditResult
) -> None:
    await told(stage)
    stage.slack.refuse("chat.update", error=error)

    assert await editor.edit(KEY, message("after")) == result


async def test_an_edit_that_did_not_reach_slack_may_be_tried_again(
    stage: Stage, editor: Editor
) -> None:
    await told(stage)
    stage.slack.disturb("chat.update", kind="drop_before")

    assert await editor.edit(KEY, message("after")) == EditResult(done=False, wait=10.0)


async def test_all_edits_count_for_a_minute(stage: Stage, editor: Editor) -> None:
    await told(stage)
    await editor.edit(KEY, message("after"))
    assert editor.left() == EDITS_A_MINUTE - 1

    stage.clock.advance(seconds=60)
    assert editor.left() == EDITS_A_MINUTE


async def test_when_slack_asks_for_patience_none_is_left_for_that_long(
    stage: Stage, editor: Editor
) -> None:
    await told(stage)
    stage.slack.disturb("chat.update", kind="rate_limited", seconds=20)

    assert await editor.edit(KEY, message("after")) == EditResult(done=False, wait=20.0)
    assert editor.left() == 0
    stage.clock.advance(seconds=20)
    assert editor.left() == EDITS_A_MINUTE - 1
