"""A private channel that gets another id, as Slack gives it when it begins to be shared."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.runs.acting import card, quiet, somebody_runs, started, thread
from tests.stage import Stage

OLD, NEW = "GLEADS", "CLEADS"
REPORT = "/flow-report onboarding"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def invited(stage: Stage) -> None:
    quiet(stage)
    stage.slack.admin.add_app(OLD)


async def moved(stage: Stage) -> None:
    await stage.slack.admin.change_id(OLD, NEW)
    await stage.settle()


async def named(stage: Stage) -> list[str]:
    """Return each place in the database where the old id still stands for a channel."""
    columns = {
        "ledger": ("channel", "posted_channel", "json_extract(target, '$.channel')"),
        "jobs": ("json_extract(arguments, '$.channel')",),
        "subscriptions": ("channel",),
        "watches": ("channel",),
        "cards": ("channel",),
        "snapshots": ("SUBSTR(key, 1, 6)",),
        "digest_runs": ("channel",),
    }
    return [
        f"{table}.{column}"
        for table, names in columns.items()
        for column in names
        if await stage.rows(f"SELECT 1 FROM {table} WHERE {column} = :old", old=OLD)  # noqa: S608
    ]


async def test_digests_go_on_and_say_what_changed_since(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00", channel=OLD)
    await stage.at(NINE)
    await moved(stage)
    await stage.at(NINE + DAY)

    first, second = stage.said(NEW)[1:]
    assert "in Onboarding (" in first.text
    assert "in Onboarding (" in second.text
    assert "since" in str(second.blocks).casefold()
    assert stage.said("DADA") == []


async def test_a_digest_under_way_is_what_the_next_one_there_is_compared_with(
    stage: Stage,
) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00", channel=OLD)
    stage.clock.advance(to=NINE)
    await stage.bot.tick()
    await stage.bot.engine.worker.settle()
    await moved(stage)
    await stage.at(NINE + DAY)

    assert "since" in str(stage.said(NEW)[-1].blocks).casefold()
    assert await named(stage) == []


async def test_what_waits_to_be_sent_is_sent_there(stage: Stage) -> None:
    stage.slack.refuse("chat.postMessage", error="internal_error")
    await stage.slack.command(REPORT, channel=OLD)
    await stage.bot.settle()
    await moved(stage)
    await stage.after(seconds=5)

    [told] = stage.said(NEW)
    assert "in Onboarding (" in told.text


async def test_a_watch_tells_there(stage: Stage) -> None:
    await stage.command("/flow-run watch all", channel=OLD)
    await stage.after(seconds=10)
    await moved(stage)
    somebody_runs(stage)
    await stage.after(minutes=2)

    assert "is done after 30 s" in stage.said(NEW)[-1].text


async def test_a_flow_that_both_watch_is_watched_once(stage: Stage) -> None:
    await stage.command("/flow-run watch all", channel=OLD)
    await stage.bot.database.execute(
        """INSERT INTO watches (workspace, channel, flow_id, flow_name, conditions, creator,
          created_at)
        SELECT workspace, 'CLEADS', flow_id, flow_name, conditions, creator, created_at
        FROM watches"""
    )
    await moved(stage)

    assert [row["channel"] for row in await stage.rows("SELECT channel FROM watches")] == [NEW]


async def test_a_card_is_edited_and_its_end_told_there(stage: Stage) -> None:
    await started(stage, channel=OLD)
    await moved(stage)
    await stage.after(minutes=2)

    shown = card(stage, NEW)
    assert "done" in shown.text
    assert any("is done" in each for each in thread(stage, shown))


async def test_an_old_answer_can_still_be_exported(stage: Stage) -> None:
    await stage.command(REPORT, channel=OLD)
    await moved(stage)
    [message] = stage.said(NEW)
    await stage.slack.message_shortcut("export_data", message=message, user="UADA")

    assert stage.slack.view_of("UADA") is not None


async def test_it_is_done_once_and_leaves_nothing_behind(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00", channel=OLD)
    await stage.command("/flow-run watch all", channel=OLD)
    await stage.command(REPORT, channel=OLD)
    await started(stage, channel=OLD)
    assert len(await named(stage)) == 8
    await moved(stage)
    assert await named(stage) == []

    for _ in range(2):
        told = {"type": "channel_id_changed", "old_channel_id": OLD, "new_channel_id": NEW}
        await stage.slack.event(told)
        await stage.settle()
    jobs = await stage.rows("SELECT state FROM jobs WHERE name = 'move_channel'")
    assert [each["state"] for each in jobs] == ["done"]


async def test_an_event_that_nobody_can_read_harms_nothing(stage: Stage) -> None:
    told = {"type": "channel_id_changed", "old_channel_id": OLD}
    outcome = await stage.slack.event(told)

    assert outcome.status == 200
    assert await stage.rows("SELECT id FROM jobs WHERE name = 'move_channel'") == []
