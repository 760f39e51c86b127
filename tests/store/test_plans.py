"""What is asked all the time goes by indexes to its few rows, however many a workspace has.

SQLite plans without knowing how many rows there are, so what it plans here it plans anywhere.
"""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given

from bot.store.sqlite import SqliteDatabase
from tests.store.fuzzing import Call, arguments, calls
from tests.store.test_two_workspaces import OURS, fixed

HOT: Final = {
    *("bot.jobs.store.add_job", "bot.jobs.store.finish_job", "bot.jobs.store.retry_job"),
    *("JobStore.add", "JobStore.claim", "JobStore.running", "JobStore.by_key", "JobStore.forget"),
    *("bot.outbox.store.tell", "OutboxStore.due", "OutboxStore.by_key", "OutboxStore.posted"),
    *("OutboxStore.next_try", "OutboxStore.refusals", "OutboxStore.forget", "SentFiles.last"),
    *("Claims.take", "Claims.mark", "Claims.renew", "Claims.cut_off", "Claims.lately"),
    *("SubscriptionStore.due", "SubscriptionStore.resting", "SubscriptionStore.get"),
    *("SubscriptionStore.by_creator", "SubscriptionStore.in_channel", "SubscriptionStore.upcoming"),
    *("bot.digests.record.store.note_run", "bot.digests.record.store.settle_run"),
    *("bot.digests.store.record_outcome", "bot.digests.store.remove_subscription"),
    *("FollowStore.due", "FollowStore.looked_at", "FollowStore.of", "FollowStore.of_question"),
    *("FollowStore.follower", "bot.follow.store.is_followed", "bot.follow.store.told_follow"),
    *("DigestRecord.of", "DigestRecord.by_key", "DigestRecord.came", "DigestRecord.forget"),
    *("CardStore.due", "CardStore.living", "CardStore.ids", "CardStore.flows"),
    *("ExecutionStore.counts", "ExecutionStore.flows_alive", "ExecutionStore.durations"),
    *("BoardStore.due", "BoardStore.get", "BoardStore.in_channel", "BoardStore.by_creator"),
    *("bot.jobs.trail.store.add_audit", "AuditTrail.forget", "TroubleStore.due"),
    *("CallStore.begin", "CallStore.state", "CallStore.take", "CallStore.leave"),
    *("CallStore.tell_what_nobody_fetched", "CallStore.forget", "TokenStore.good"),
    *("bot.jobs.calls.store.keep_answer", "SessionStore.is_busy", "SessionStore.working"),
    *("bot.agent.store.is_working", "bot.agent.store.stop_jobs", "LookStore.of"),
    *("bot.steps.store.step_awaiting", "bot.steps.store.get_step", "StepStore.get"),
    *("RatingStore.counts", "bot.training.reminding.store.reminders_of"),
    *("bot.training.reminding.store.order_of", "bot.training.reminding.store.count_states"),
    *("bot.runs.store.deadlines.put_due", "DeadlineStore.due"),
}
MANY: Final = (
    "jobs|ledger|entry|parent|subscriptions|digest_runs|past_digests|audit|executions|board_figures"
    "|followers|follows|calls|step_executions|agent_sessions|agent_looks|agent_ratings|reminders"
    "|reminder_orders|questions"
)
"""Tables with very many rows, and their names in joins."""
ALL_OF_THEM: Final = re.compile(rf"SCAN ({MANY})\b|SEARCH ({MANY}) .*\(workspace=\?\)$")


@pytest.fixture
def database(path: Path) -> Iterator[tuple[SqliteDatabase, asyncio.Runner]]:
    """Yield a database with the loop that it is opened on."""
    with asyncio.Runner() as runner:
        opened = runner.run(SqliteDatabase.open(str(path)))
        yield opened, runner
        runner.run(opened.close())


@pytest.mark.parametrize(
    "call", [each for each in calls() if each.name in HOT], ids=lambda call: call.name
)
def test_no_statement_goes_through_all_rows_of_its_workspace(
    database: tuple[SqliteDatabase, asyncio.Runner], call: Call
) -> None:
    opened, runner = database
    asked = set[str]()
    for connection in (opened._writer, opened._reader):
        connection.set_trace_callback(asked.add)

    @fixed(20)
    @given(drawn=arguments(call))
    def ask(drawn: dict[str, Any]) -> None:
        runner.run(call.run(opened.of(OURS), drawn))

    ask()
    for connection in (opened._writer, opened._reader):
        connection.set_trace_callback(None)
    statements = [each for each in asked if OURS in each]
    assert statements
    plans = {each: opened._writer.execute(f"EXPLAIN QUERY PLAN {each}") for each in statements}
    details = {sql: [row["detail"] for row in plan] for sql, plan in plans.items()}
    assert {sql: each for sql, each in details.items() if any(map(ALL_OF_THEM.match, each))} == {}
    for sql in (each for each in statements if "LIMIT 500" in each and "past_digests" not in each):
        assert any("rowid=?" in each for each in details[sql])  # some at a time, not all the old


def test_each_of_them_is_there() -> None:
    assert {each.name for each in calls()} >= HOT
