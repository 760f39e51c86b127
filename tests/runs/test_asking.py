"""Asking about runs: one, many, and by the beginning of an id; cancelling by typing."""

from datetime import UTC, datetime

import pytest

from tests.asking.seeing import table
from tests.runs.acting import TRAVEL, asked, our_run, quiet, somebody_runs, started, thread
from tests.stage import Stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


async def test_the_beginning_of_an_id_shows_a_run_in_detail(stage: Stage) -> None:
    run = somebody_runs(stage, outcome="Error")
    stage.clock.advance(seconds=60)
    await stage.command(f"/flow-run status {run.id[:6].upper()}")

    [message] = stage.said()
    assert message.text.startswith(f"{TRAVEL}: failed after ")
    assert "Step 'Storing' failed: the data source did not answer." in message.text


async def test_an_id_that_nobody_knows_is_answered_with_what_helps(stage: Stage) -> None:
    await stage.command("/flow-run status 0000")

    assert 'I can\'t find a run whose id begins with "0000"' in stage.whispered()[0]


@pytest.mark.parametrize(
    ("which", "course"),
    [
        ("running", {"seconds": 5000}),
        ("failed", {"outcome": "Error"}),
        ("waiting", {"pause": "UserInput"}),
        ("today", {}),
    ],
)
async def test_runs_can_be_listed_by_how_they_are(
    stage: Stage, which: str, course: dict[str, object]
) -> None:
    run = somebody_runs(stage, **course)  # type: ignore[arg-type]  # each fits its own parameter
    stage.clock.advance(seconds=60)
    await stage.command(f"/flow-run list {which}")

    assert run.id in str(stage.said()[0].blocks)


async def test_a_list_can_be_asked_for_privately(stage: Stage) -> None:
    await stage.command("/flow-run list today privately")

    assert stage.said() == []
    assert len(stage.whispered()) == 1


async def test_a_run_is_cancelled_by_the_beginning_of_its_id(stage: Stage) -> None:
    shown = await started(stage)
    await stage.command(f"/flow-run cancel {our_run(stage).id[:8]}")
    await stage.after(seconds=20)

    assert our_run(stage).status == "Canceled"
    assert "ada is cancelling" in thread(stage, shown)[0]


async def test_a_second_cancel_of_the_same_run_is_told_who_was_first(stage: Stage) -> None:
    await started(stage)
    typed = f"/flow-run cancel {our_run(stage).id[:8]}"
    await stage.slack.command(typed, user="UGRACE", channel="CTRAIN")
    await stage.slack.command(typed, user="ULIN", channel="CTRAIN")
    await stage.settle()

    assert asked(stage, "/progress", "DELETE") == 1
    assert "grace is already cancelling" in stage.whispered("ULIN")[0]


async def test_a_run_that_has_ended_cannot_be_cancelled(stage: Stage) -> None:
    run = somebody_runs(stage, seconds=5)
    stage.clock.advance(seconds=60)
    await stage.command(f"/flow-run cancel {run.id[:8]}")

    assert "can't be cancelled any more: done" in stage.whispered()[0]


async def test_a_guest_cannot_cancel(stage: Stage) -> None:
    run = somebody_runs(stage, seconds=500)
    await stage.command(f"/flow-run cancel {run.id[:8]}", user="UGUEST")

    assert asked(stage, "/progress", "DELETE") == 0
    assert "Guests" in stage.whispered("UGUEST")[0]


async def test_a_digest_of_runs_counts_them_and_says_why_some_failed(stage: Stage) -> None:
    for outcome in ("Success", "Success", "Error"):
        somebody_runs(stage, outcome=outcome)
    stage.clock.advance(seconds=60)
    await stage.command('/flow subscribe runs "travel request" today daily 12:00')
    await stage.command("/flow now 1")

    [reply, digest] = stage.said()
    assert f"I'll post {TRAVEL}, today " in reply.text
    assert digest.text.startswith(f"{TRAVEL}, today")
    assert "Most common failure: Step 'Storing' failed" in digest.text


async def test_a_summary_of_all_runs_has_the_days_of_its_reader(stage: Stage) -> None:
    await stage.slack.admin.change_person("UADA", tz="Pacific/Auckland")
    somebody_runs(stage)  # on Monday evening there
    stage.clock.advance(to=datetime(2026, 11, 23, 12, tzinfo=UTC))
    somebody_runs(stage)  # on Tuesday there
    await stage.command("/flow-run summary all last-7d")

    shown = stage.said()[-1]
    assert shown.text.startswith("Smart Flows, ")
    assert [row[0] for row in table(shown, "Runs by day")][:2] == ["24 Nov so far", "23 Nov"]
    assert "Days in UTC" not in str(shown.blocks)


async def test_where_the_vendor_cannot_count_flowbot_does(stage: Stage) -> None:
    stage.smartflows.set_switch("no_statistics", value=True)
    await stage.command("/flow subscribe runs all last-7d weekdays 09:00")
    await stage.command("/flow now 1")

    assert stage.said()[1].text.startswith("Smart Flows, ")


async def test_a_summary_is_compared_with_as_much_time_before(stage: Stage) -> None:
    stage.clock.advance(to=datetime(2026, 11, 24, 3, 30, tzinfo=UTC))  # 4:30 in Berlin
    somebody_runs(stage)
    await stage.command("/flow-run summary all today")

    since = [datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 23, 3, 30, tzinfo=UTC)]
    runs = stage.smartflows.engine.index.runs.values()
    before = [run for run in runs if since[0] <= run.created_at < since[1]]
    assert before
    said = f"The day before, up to the same hour: {len(before)} runs,"
    assert said in stage.said()[-1].text


async def test_what_is_known_in_part_only_is_compared_with_nothing(stage: Stage) -> None:
    await stage.command("/flow-run summary all last-7d")

    assert "days before" not in stage.said()[-1].text
