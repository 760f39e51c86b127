"""What a training report says: periods, statuses, modules, counts over time, changes, sizes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.slack import Message
from tests.asking.seeing import assigned_between, kinds, table, tables, words
from tests.asking.seeing import label as label_of
from tests.stage import Stage

LATE_IN_BERLIN = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Half past midnight on the 24th in Berlin, and still the 23rd in New York."""
DAY = timedelta(days=1)
PEOPLE, LATE = "Overdue first", "Longest assigned first"


async def test_a_period_is_counted_in_days_of_the_askers_zone(stage: Stage) -> None:
    await stage.at(LATE_IN_BERLIN)

    await stage.command("/flow-report onboarding last-7d", user="UADA")
    await stage.command("/flow-report onboarding last-7d", user="UGRACE")

    berlin, new_york = stage.said()
    assert "Assigned 18\N{EN DASH}24 Nov · " in words(berlin)
    assert "Assigned 17\N{EN DASH}23 Nov · " in words(new_york)
    for message, zone, first in ((berlin, "Europe/Berlin", 18), (new_york, "America/New_York", 17)):
        midnight = datetime(2026, 11, first, tzinfo=ZoneInfo(zone))
        expected = assigned_between(stage, midnight, midnight + 7 * DAY)
        assert sorted(row[0] for row in table(message, PEOPLE)) == expected


async def test_two_dates_bound_the_report(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-10-01..2026-10-31")

    [message] = stage.said()
    first, end = (datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Berlin")) for month in (10, 11))
    expected = assigned_between(stage, first, end)
    assert sorted(row[0] for row in table(message, PEOPLE)) == expected
    assert f"of {len(expected)} done" in message.text


async def test_without_a_period_everybody_is_counted(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")

    [message] = stage.said()
    assert len(table(message, PEOPLE)) == 45
    assert "of 45 done" in message.text
    assert "All dates" in words(message)


async def test_a_period_hides_nobody_who_is_overdue(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-30d")
    [message] = stage.said()
    shown = [row[0] for row in table(message, PEOPLE) if row[1] == "Overdue"]
    hidden = len(late(stage)) - len(shown)
    assert hidden > 0
    assert f"{hidden} more assigned earlier are overdue" in words(message)

    await pressed(stage, message, "Show all overdue")

    [_, everybody] = stage.said()
    assert sorted(row[0] for row in table(everybody, LATE)) == late(stage)


async def test_where_the_rest_cannot_be_asked_for_the_report_comes_all_the_same(
    stage: Stage,
) -> None:
    stage.momoflow.set_switch("most_listed", 20)
    stage.momoflow.set_switch("rate_limit", 2)
    await stage.command("/flow-report onboarding last-30d")

    [message] = stage.said()
    assert "Assigned " in words(message)
    assert "more assigned" not in words(message)


async def test_a_status_lists_only_people_of_that_status(stage: Stage) -> None:
    await stage.command("/flow-report onboarding in-progress")

    [message] = stage.said()
    listed = [row[0] for row in table(message, LATE)]
    assert message.text.startswith(f"{len(listed)} people are working on Onboarding (")
    assert "totals include all statuses" in words(message)

    await pressed(stage, message, "Everybody")
    assert len(table(stage.said()[-1], PEOPLE)) == 45


async def test_not_completed_lists_everybody_who_is_not_done(stage: Stage) -> None:
    await stage.command("/flow-report onboarding not completed")

    [message] = stage.said()
    assert {row[1] for row in table(message, PEOPLE)} == {"Overdue", "In progress", "Pending"}


async def test_how_long_people_took_is_told_of_everybody_alone(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-30d")
    await stage.command("/flow-report onboarding")

    some, everybody = stage.said()
    assert "on average" not in words(some)
    assert "8.3 days to complete on average" in words(everybody)


async def test_people_who_are_late_come_first(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-quarter")

    [message] = stage.said()
    statuses = [row[1] for row in table(message, PEOPLE)]
    assert list(dict.fromkeys(statuses)) == ["Overdue", "In progress", "Pending", "Completed"]
    assert message.text.startswith(f"{statuses.count('Overdue')} people assigned ")


async def test_only_overdue_is_one_press_away(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    await pressed(stage, stage.said()[-1], "Only overdue")

    assert sorted(row[0] for row in table(stage.said()[-1], LATE)) == late(stage)


async def test_a_button_of_a_private_report_answers_in_private(stage: Stage) -> None:
    await stage.command("/flow-report onboarding privately")
    await pressed(stage, stage.slack.ephemerals("UADA")[-1], "Only overdue")

    assert stage.said() == []
    assert len(stage.whispered()) == 2


async def test_details_are_each_persons_modules_and_what_is_to_come(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-month")
    await pressed(stage, stage.said()[-1], "Details")

    message = stage.said()[-1]
    modules, upcoming = stage.slack.thread("CTRAIN", message.ts)
    rows = table(modules, "Modules begun, by person")
    assert {row[0] for row in rows} <= {row[0] for row in table(message, PEOPLE)}
    assert {row[1] for row in rows} >= {"Welcome", "Security basics"}
    assert {row[2] for row in rows} == {"Completed", "In progress"}
    to_come = table(upcoming, "Upcoming assignments (Berlin time)")
    assert {row[2] for row in to_come} == {"weekly", "monthly"}
    assert "Wed 25 Nov, 10:00" in {row[1] for row in to_come}


async def test_by_week_is_a_line_of_what_is_over_and_all_counts_in_the_thread(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding this-quarter by week")

    [message] = stage.said()
    [counts] = stage.slack.thread("CTRAIN", message.ts)
    weeks = table(counts, "By week assigned")
    first = datetime(2026, 10, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    everybody = assigned_between(stage, first, stage.clock.now())
    assert sum(int(week[1]) for week in weeks) == len(everybody)
    assert weeks[0][0] == "16 Nov"
    [chart] = [block for block in message.blocks if block["type"] == "data_visualization"]
    drawn = chart["chart"]["axis_config"]["categories"]
    assert chart["title"] == "Completion by week assigned, 5 Oct\N{EN DASH}1 Nov"
    assert drawn[0] == "5 Oct"
    assert "23 Nov" not in drawn
    assert "are still under way and not in the line" in words(counts)
    assert tables(message) == []


async def test_a_week_at_the_beginning_that_is_cut_off_is_not_in_the_line(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-09-30..2026-11-15 by week")

    [message] = stage.said()
    [counts] = stage.slack.thread("CTRAIN", message.ts)
    assert table(counts, "By week assigned")[-1][0] == "28 Sep (incomplete)"
    [chart] = [block for block in message.blocks if block["type"] == "data_visualization"]
    assert chart["chart"]["axis_config"]["categories"][0] == "5 Oct"
    assert "First week is incomplete and left out of the line" in words(counts)


async def test_what_changed_since_the_last_report_in_the_channel_is_told(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-10-01..2026-11-22")
    await stage.at(stage.clock.now() + DAY)
    await stage.command("/flow-report onboarding 2026-10-01..2026-11-22")

    before, after = stage.said()
    assert "Since" not in before.text
    done = [
        {row[0] for row in table(message, PEOPLE) if row[1] == "Completed"}
        for message in (before, after)
    ]
    new = done[1] - done[0]
    assert f"Since 08:30 yesterday: {len(new)} more completed (+" in after.text
    [names] = stage.slack.thread("CTRAIN", after.ts)
    assert min(new) in words(names).partition("Overdue now")[0]


async def test_a_digest_says_what_changed_since_the_last_one(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00")
    for _ in range(2):
        await stage.at(stage.clock.now() + DAY)

    assert "Since the last digest (08:30 yesterday): " in stage.said()[-1].text


async def test_days_that_move_on_alone_are_no_change(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-30d")
    before = {row[0]: row[1] for row in table(stage.said()[-1], PEOPLE)}
    await stage.at(stage.clock.now() + DAY)
    await stage.command("/flow-report onboarding last-30d")

    message = stage.said()[-1]
    after = {row[0]: row[1] for row in table(message, PEOPLE)}
    assert before.keys() - after.keys(), "somebody has left the last 30 days"
    done = [
        each for each in after if after[each] == "Completed" and before.get(each) != "Completed"
    ]
    assert f"{len(done)} more completed" in message.text
    assert "no longer listed" not in message.text


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


async def test_a_flow_that_nobody_has_can_be_assigned_at_once(stage: Stage) -> None:
    await stage.command("/flow-report new hires")

    [message] = stage.said()
    assert message.text == "Nobody has Brand new flow yet."
    assert tables(message) == []
    assert "data_visualization" not in kinds(message)

    await pressed(stage, message, "Assign")
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "new hires" in str(form.blocks)


async def test_a_period_without_anybody_offers_all_dates(stage: Stage) -> None:
    await stage.command("/flow-report onboarding 2026-01-01..2026-01-31")

    [message] = stage.said()
    assert message.text == "Nobody was assigned Onboarding (1\N{EN DASH}31 Jan)."
    await pressed(stage, message, "All dates")
    assert len(table(stage.said()[-1], PEOPLE)) == 45


async def test_a_large_flow_is_shown_within_slacks_limits_and_says_what_is_left_out(
    stage: Stage,
) -> None:
    await stage.command("/flow-report gdpr")

    [message] = stage.said()
    shown = len(table(message, PEOPLE))
    assert shown < 1_204
    assert f"{shown:,} of 1,204. Export for the full list." in words(message)
    assert "of 1,204 done" in message.text


async def test_the_same_question_of_two_people_at_once_is_put_to_the_vendor_once(
    stage: Stage,
) -> None:
    for user in ("UADA", "UGUEST"):  # both in Berlin
        await stage.slack.command("/flow-report onboarding", user=user, channel="CTRAIN")
    await stage.settle()

    assert len(stage.momoflow.calls) == 1
    assert len(stage.said()) == 1
    assert len(stage.whispered("UGUEST")) == 1


async def test_all_periods_of_a_flow_are_one_question_to_the_vendor(stage: Stage) -> None:
    asked = ("", "last-7d", "last-30d", "this-quarter by week", "last-90d overdue", "overdue")
    for rest in asked:
        await stage.slack.command(f"/flow-report onboarding {rest}", user="UADA", channel="CTRAIN")
    await stage.settle()

    assert len(stage.said()) == len(asked)
    assert len(stage.momoflow.calls) == 2  # "overdue" without a period is narrowed by the vendor


async def test_where_not_all_are_listed_the_period_is_asked_for_as_it_is(stage: Stage) -> None:
    stage.momoflow.set_switch("most_listed", 40)
    await stage.command("/flow-report onboarding last-30d")

    [message] = stage.said()
    assert "of 24 done" in message.text
    assert len(table(message, PEOPLE)) == 24
    assert "4 more assigned earlier are overdue" in words(message)
    assert len(stage.momoflow.calls) == 3


async def test_who_has_no_date_is_in_no_period_and_counted_beside(stage: Stage) -> None:
    stage.momoflow.set_switch("odd_dates", value=True)
    await stage.command("/flow-report onboarding last-365d")

    [message] = stage.said()
    shown = len(table(message, PEOPLE))
    assert f"{45 - shown} assignment" in words(message)
    assert "without a date not counted" in words(message)


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
        await stage.command("/flow-report onboarding privately")
        stage.clock.advance(seconds=60)  # or the same question would be answered from memory

        message = stage.slack.ephemerals("UADA")[-1]
        assert len(table(message, PEOPLE)) == 45
    assert len(stage.momoflow.calls) == len(oddities)


async def test_an_assignment_that_cannot_be_read_is_left_out_and_said(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    stage.momoflow.set_switch("odd_row", value=True)
    await stage.at(stage.clock.now() + DAY)
    await stage.command("/flow-report onboarding")

    whole, told = stage.said()
    assert len(table(told, PEOPLE)) == len(table(whole, PEOPLE)) - 1
    said = "1 assignment of MomoFlow's could not be read (assigneeEmail) and is left out"
    assert said in words(told)
    assert "no longer listed" not in words(told)


def late(stage: Stage) -> list[str]:
    """Return who is overdue in onboarding, in alphabetical order."""
    now = stage.clock.now()
    enrolments = stage.momoflow.organisation.flows["flow_onb001"].enrolments
    return sorted(one.email for one in enrolments if one.status(now) == "overdue")


async def pressed(stage: Stage, message: Message, label: str) -> None:
    """Press a button of a message by its words, and wait for what comes of it."""
    rows = [each for each in message.blocks if each["type"] == "actions"]
    buttons = {label_of(each): each["action_id"] for row in rows for each in row["elements"]}
    await stage.slack.click(message, action_id=buttons[label])
    await stage.settle()
