"""The files that were sent last are found among any number of messages."""

from bot.outbox.recent.store import SentFiles
from tests.databases import sqlite_alone
from tests.stage import Stage


async def test_the_newest_come_first_and_those_that_failed_not_at_all(stage: Stage) -> None:
    await stage.command("/flow-report onboarding export csv")
    await stage.after(seconds=30, step=30)
    await stage.command("/flow-report gdpr export xlsx")
    stage.slack.refuse("files.completeUploadExternal", error="storage_limit_reached", times=9)
    await stage.command("/flow-report gdpr export csv")

    found = await SentFiles(stage.bot.parts.database).last(9)
    assert [each.offer.filename.partition(".")[2] for each in found] == ["xlsx", "csv"]
    assert {each.channel for each in found} == {"CTRAIN"}


@sqlite_alone
async def test_they_have_an_index_of_their_own(stage: Stage) -> None:
    """At a million messages nothing else is quick enough for whoever opens Home."""
    asked: list[str] = []
    database = stage.bot.database
    database._reader.set_trace_callback(asked.append)  # type: ignore[attr-defined]
    await SentFiles(stage.bot.parts.database).last(9)
    database._reader.set_trace_callback(None)  # type: ignore[attr-defined]

    plan = await stage.rows(f"EXPLAIN QUERY PLAN {asked[0]}")
    assert any("ledger_files" in row["detail"] for row in plan)
    assert not any("SORT" in row["detail"] or "B-TREE" in row["detail"] for row in plan)
