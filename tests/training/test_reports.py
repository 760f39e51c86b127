"""What a training report says: periods, statuses, modules, sums over time, changes, sizes."""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.asking.seeing import assigned_between, bytes_of, kinds, table, tables, words
from tests.stage import Stage

LATE_IN_BERLIN = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Half past midnight on the 24th in Berlin, and still the 23rd in New York."""
DAY = timedelta(days=1)


async def test_a_period_is_counted_in_days_of_the_askers_zone(stage: Stage) -> None:
    await stage.at(LATE_IN_BERLIN)

    await stage.command("/flow-report onboarding last-7d", user="UADA")
    await stage.command("/flow-report onboarding last-7d", user="UGRACE")

    berlin, new_york = stage.said()
    assert "24 Nov 2026" in words(berlin)
    assert "23 Nov 2026" in words(new_york)
    for message, zone, first in ((berlin, "Europe/Berlin", 18), (new_york, "America/New_York", 17)):
        midnight = datetime(2026, 11, first, tzinfo=ZoneInfo(zone))
        expected = assigned_between(stage, midnight, midnight + 7 * DAY)
        assert sorted(row[0] for row in table(message, "People")) == expected


async def test_two_dates_bound_the_report(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-10-01..2026-10-31")

    [message] = stage.said()
    first, end = (datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Berlin")) for month in (10, 11))
    expected = assigned_between(stage, first, end)
    assert sorted(row[0] for row in table(message, "People")) == expected
    assert f"of {len(expected)}" in message.text


async def test_a_status_lists_only_people_of_that_status(stage: Stage) -> None:
    await stage.command("/flow-report onboarding in-progress")

    [message] = stage.said()
    assert {row[1] for row in table(message, "People")} == {"In progress"}
    assert "Only in progress" in words(message)
    assert "Totals count everybody, whatever the status" in words(message)


async def test_where_nobody_has_completed_there_is_no_average_time(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d")
    await stage.command("/flow-report onboarding last-30d")

    nobody, some = stage.said()
    assert nobody.text.startswith("Onboarding: 0% complete")
    assert "average time" not in words(nobody)
    assert "average time 7.5 days" in words(some)


async def test_people_who_are_late_come_first(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-quarter")

    [message] = stage.said()
    statuses = [row[1] for row in table(message, "People, overdue first")]
    assert list(dict.fromkeys(statuses)) == ["Overdue", "In progress", "Pending", "Completed"]
    assert f"{statuses.count('Overdue')} overdue" in message.text


async def test_detailed_puts_each_persons_modules_into_the_thread(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-month detailed")

    [message] = stage.said()
    [detail] = stage.slack.thread("CTRAIN", message.ts)
    rows = table(detail, "Modules begun, by person")
    assert {row[0] for row in rows} <= {row[0] for row in table(message, "People")}
    assert {row[1] for row in rows} >= {"Welcome", "Security basics"}
    assert {row[2] for row in rows} == {"Completed", "In progress"}


async def test_by_week_is_computed_here_and_says_so(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-quarter by week")

    [message] = stage.said()
    people = table(message, "People")
    weeks = table(message, "By week, computed by Flowbot")
    assert sum(int(week[1]) for week in weeks) == len(people)
    charts = [block for block in message.blocks if block["type"] == "data_visualization"]
    assert "Completion by week of assignment" in [chart["title"] for chart in charts]


async def test_the_vendor_is_asked_to_aggregate_and_its_own_sums_are_shown_apart(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding this-quarter by month")

    [message] = stage.said()
    [reply] = stage.slack.thread("CTRAIN", message.ts)
    # The stand-in sends sums only to who asked for them, by the grain that was asked for.
    sums = dict(table(reply, "MomoFlow's own aggregation, undocumented"))
    assert sums["aggregation.by"] == "month"
    assert sums["aggregation.series[0].period"] == "2026-10"


@pytest.mark.parametrize("answer", ["refused", "plain"])
async def test_a_vendor_that_does_not_aggregate_changes_nothing_for_the_asker(
    stage: Stage, answer: str
) -> None:
    stage.momoflow.set_switch("aggregate", answer)

    await stage.command("/flow-report onboarding this-quarter by week")

    [message] = stage.said()
    assert table(message, "By week, computed by Flowbot")
    assert stage.slack.thread("CTRAIN", message.ts) == []


async def test_what_changed_since_the_last_report_in_the_channel_is_told(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-10-01..2026-11-22")
    await stage.at(stage.clock.now() + DAY)
    await stage.command("/flow-report onboarding 2026-10-01..2026-11-22")

    before, after = stage.said()
    assert "Since" not in before.text
    done = [
        {row[0] for row in table(message, "People") if row[1] == "Completed"}
        for message in (before, after)
    ]
    assert f"Since 23 Nov: +{len(done[1] - done[0])} completed" in after.text
    assert min(done[1] - done[0]) in words(after).partition("Overdue now")[0]


async def test_what_changed_is_told_against_the_same_question_in_the_same_channel_only(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding last-30d")
    await stage.at(stage.clock.now() + DAY)

    await stage.command("/flow-report onboarding last-30d overdue")
    await stage.command("/flow-report onboarding last-30d", channel="CFIELD")
    await stage.command("/flow-report onboarding last-30d privately")

    assert "Since" not in stage.said("CTRAIN")[-1].text
    assert "Since" not in stage.said("CFIELD")[-1].text
    assert "Since" not in stage.whispered()[-1]


async def test_a_flow_that_nobody_has_says_how_to_assign_it(stage: Stage) -> None:
    await stage.command("/flow-report new hires")

    [message] = stage.said()
    assert message.text.startswith("Brand new flow: Nobody has been assigned this flow yet.")
    assert '/flow-report assign "new hires" @person' in words(message)
    assert tables(message) == []
    assert "data_visualization" not in kinds(message)


async def test_a_period_without_anybody_says_how_to_look_wider(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-01-01..2026-01-31")

    [message] = stage.said()
    assert "Nobody was assigned this flow in this period" in message.text
    assert "/flow-report onboarding" in words(message)


async def test_a_large_flow_is_shown_within_slacks_limits_and_says_what_is_left_out(
    stage: Stage,
) -> None:
    await stage.command("/flow-report gdpr")

    [message] = stage.said()
    shown = len(table(message, "People"))
    assert shown < 1_204
    assert f"Showing {shown:,} of 1,204. · The export has everybody." in words(message)
    assert "of 1,204" in message.text


async def test_the_same_question_of_two_people_at_once_is_put_to_the_vendor_once(
    stage: Stage,
) -> None:
    for user in ("UADA", "UGUEST"):  # both in Berlin
        await stage.slack.command("/flow-report onboarding last-7d", user=user, channel="CTRAIN")
    await stage.settle()

    assert len(stage.momoflow.calls) == 1
    assert len(stage.said()) == 1
    assert len(stage.whispered("UGUEST")) == 1


async def test_an_oddity_of_the_vendor_does_not_keep_the_report_back(stage: Stage) -> None:
    oddities = {
        "unknown_status": True,
        "odd_dates": True,
        "extra_fields": True,
        "missing_schedules": True,
        "average_time": "null",
        "empty_rate": "null",
    }
    for switch, value in oddities.items():
        stage.momoflow.set_switch(switch, value)
        await stage.command("/flow-report onboarding last-30d privately")
        stage.clock.advance(seconds=60)  # or the same question would be answered from memory

        message = stage.slack.ephemerals("UADA")[-1]
        assert len(table(message, "People")) == 24
    assert len(stage.momoflow.calls) == len(oddities)


async def test_an_assignment_that_cannot_be_read_is_left_out_and_said(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    stage.momoflow.set_switch("odd_row", value=True)
    await stage.at(stage.clock.now() + DAY)
    await stage.command("/flow-report onboarding")

    whole, told = stage.said()
    assert len(table(told, "People")) == len(table(whole, "People")) - 1
    said = "1 assignment of MomoFlow's could not be read (assigneeEmail) and is left out"
    assert said in words(told)
    assert "no longer listed" not in words(told)


async def test_a_file_by_week_has_the_weeks_in_its_message_and_the_status_in_the_file(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding overdue by week export csv")

    [message] = stage.said()
    assert "The file has a row for each person" in words(message)
    assert table(message, "By week")
    [file] = stage.slack.files
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    assert {row["Status"] for row in rows} == {"overdue"}
