"""Files in threads: whole, once, and with words where they could not come."""

from bot.outbox.claims import UNDER_WAY
from bot.outbox.words import CAME_LATER, NO_FILE
from tests.company import let_speak
from tests.stage import Stage

EXPORT = "/flow-report onboarding export csv"


def shared(stage: Stage) -> list[str]:
    """Return the names of the files people see, once for each message that shows one."""
    return [
        file.name
        for messages in stage.slack.workspace.messages.values()
        for message in messages
        for file in message.files
    ]


async def again(stage: Stage) -> None:
    """Press the button under the words that explain a missing file."""
    [parent] = [each for each in stage.said() if not each.is_reply]
    explained = stage.slack.thread("CTRAIN", parent.ts)[-1]
    await stage.slack.click(explained, action_id="try_again")
    await stage.settle()


async def test_an_export_is_a_file_in_the_thread_of_its_message(stage: Stage) -> None:
    await stage.command(EXPORT)

    [parent] = stage.said()
    [file] = stage.slack.files
    assert file.thread_ts == parent.ts
    assert file.name.endswith(".csv")
    assert file.size > 100
    assert file.alt_text


async def test_an_upload_that_slack_refuses_is_explained_with_a_button_that_repeats_it(
    stage: Stage,
) -> None:
    stage.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled")
    await stage.command(EXPORT)

    [parent] = stage.said()
    [explained] = stage.slack.thread("CTRAIN", parent.ts)
    assert "This workspace does not allow uploads." in explained.text
    assert shared(stage) == []

    await again(stage)
    assert len(shared(stage)) == 1
    [after] = stage.slack.thread("CTRAIN", parent.ts)
    assert "didn't come at first. I sent it again" in after.text
    assert [block["type"] for block in after.blocks] == ["rich_text"]


async def test_the_message_of_a_file_that_did_not_come_does_not_promise_it_any_longer(
    stage: Stage,
) -> None:
    stage.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled")
    await stage.command(EXPORT)

    [parent] = stage.said()
    assert parent.text.endswith(NO_FILE)
    assert NO_FILE in str(parent.blocks[-1])


async def test_once_the_missing_file_came_its_message_says_so(stage: Stage) -> None:
    stage.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled", times=2)
    await stage.command(EXPORT)
    await again(stage)
    [parent, second] = [each for each in stage.said() if not each.is_reply]
    assert parent.text.endswith(NO_FILE)

    [explained] = stage.slack.thread("CTRAIN", second.ts)
    await stage.slack.click(explained, action_id="try_again")
    await stage.settle()
    for told in (parent, second):
        [now] = [each for each in stage.said() if each.ts == told.ts]
        assert now.text.endswith(CAME_LATER)
        assert NO_FILE not in now.text + str(now.blocks)
        assert CAME_LATER in str(now.blocks[-1])


async def test_pressing_try_again_twice_sends_one_file(stage: Stage) -> None:
    stage.slack.refuse("files.getUploadURLExternal", error="storage_limit_reached")
    await stage.command(EXPORT)
    [parent] = stage.said()
    [explained] = stage.slack.thread("CTRAIN", parent.ts)
    assert "no room left for files" in explained.text

    for _ in range(2):
        await stage.slack.click(explained, action_id="try_again")
    await stage.settle()
    assert len(shared(stage)) == 1


async def test_an_export_the_vendor_cannot_give_is_explained_in_its_thread(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 100)
    await stage.command(EXPORT)

    assert shared(stage) == []
    assert "MomoFlow isn't responding" in stage.whispered()[-1]


async def test_a_download_that_breaks_off_leaves_no_half_file(stage: Stage) -> None:
    await stage.slack.command(EXPORT, channel="CTRAIN")
    await stage.bot.engine.worker.settle()
    stage.momoflow.set_switch("cut_body", 100)
    await stage.settle()

    assert shared(stage) == []
    [parent] = stage.said()
    [explained] = stage.slack.thread("CTRAIN", parent.ts)
    assert "could not be posted" in explained.text


async def test_a_file_whose_end_was_not_confirmed_is_not_shown_twice(stage: Stage) -> None:
    stage.slack.disturb("files.completeUploadExternal", kind="drop_after")
    await stage.command(EXPORT)

    assert len(shared(stage)) == 1
    assert {row["state"] for row in await stage.rows("SELECT state FROM ledger")} == {"sent"}


async def test_a_file_whose_end_did_not_reach_slack_is_shown_once(stage: Stage) -> None:
    stage.slack.disturb("files.completeUploadExternal", kind="drop_before")
    await stage.command(EXPORT)
    await stage.until_sure()

    assert len(shared(stage)) == 1


async def test_a_file_that_slack_shows_late_is_shown_once_without_an_apology(
    stage: Stage,
) -> None:
    stage.slack.switches.complete_twice = "ok"
    stage.slack.disturb("files.completeUploadExternal", kind="late", seconds=20)
    await stage.command(EXPORT)
    await stage.until_sure()

    assert len(shared(stage)) == 1
    [parent] = stage.said()[:1]
    assert all(each.files for each in stage.slack.thread("CTRAIN", parent.ts))


async def test_where_a_file_is_is_asked_before_an_apology(stage: Stage) -> None:
    stage.slack.switches.shares_after = 100
    stage.slack.switches.complete_twice = "ok"
    stage.slack.disturb("files.completeUploadExternal", kind="drop_after")
    await stage.command(EXPORT)
    assert len(shared(stage)) == 1
    stage.slack.refuse("files.completeUploadExternal", error="file_type_not_allowed", times=9)
    stage.slack.switches.shares_after = 0
    await stage.until_sure()

    assert len(shared(stage)) == 1
    assert {row["state"] for row in await stage.rows("SELECT state FROM ledger")} == {"sent"}


async def test_an_upload_address_that_is_asked_too_often_is_asked_again_after_the_time_it_names(
    stage: Stage,
) -> None:
    stage.slack.disturb("upload", kind="rate_limited", seconds=30)
    await stage.command(EXPORT)
    assert shared(stage) == []
    assert len(stage.said()) == 1

    stage.clock.advance(seconds=30)
    await stage.settle()
    assert len(shared(stage)) == 1
    [parent] = [each for each in stage.said() if not each.is_reply]
    assert len(stage.slack.thread("CTRAIN", parent.ts)) == 1


async def test_a_file_that_was_being_sent_at_a_crash_is_shown_once(stage: Stage) -> None:
    await stage.command(EXPORT)
    await stage.bot.database.execute(
        "UPDATE ledger SET state = 'sending', settled_at = NULL WHERE kind = 'file'"
    )
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())

    await stage.bot.delivery.recover()
    await stage.settle()
    assert len(shared(stage)) == 1


async def test_an_upload_that_was_begun_at_a_crash_is_finished_after_it(stage: Stage) -> None:
    await stage.slack.command(EXPORT, channel="CTRAIN")
    await stage.bot.engine.worker.settle()
    await stage.bot.database.execute("UPDATE ledger SET state = 'sending' WHERE kind = 'file'")
    await let_speak(stage.bot)
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())
    await stage.bot.delivery.recover()
    await stage.settle()

    assert len(shared(stage)) == 1


async def test_where_the_bot_is_no_member_the_asker_is_told_how_to_get_the_file(
    stage: Stage,
) -> None:
    await stage.command(EXPORT, channel="CRANDOM")

    [offer] = [each for each in stage.slack.ephemerals("UADA") if "/invite" in each.text]
    assert shared(stage) == []

    await stage.slack.invite("CRANDOM")
    await stage.slack.click(offer, action_id="try_again")
    await stage.settle()
    assert len(shared(stage)) == 1


async def test_a_private_export_comes_by_direct_message(stage: Stage) -> None:
    await stage.command(f"{EXPORT} privately")

    assert stage.said() == []
    [message] = [each for each in stage.slack.messages("DADA") if not each.is_reply]
    [file] = stage.slack.files
    assert file.thread_ts == message.ts
