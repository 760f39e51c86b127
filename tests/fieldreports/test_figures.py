"""Figures of field reports as people see them, against what the vendor's reports really are."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from sandbox.slack import Message
from sandbox.vendors.saferme.reports import CHANNELS, DEPARTED, STATES, Report, reports
from tests.asking.seeing import bytes_of, kinds, table, words
from tests.stage import MONDAY, Stage

HAZARDS = "Site hazards"
NOVEMBER = "2026-11-02..2026-11-15"
FIRST, END = datetime(2026, 11, 1, 23, tzinfo=UTC), datetime(2026, 11, 15, 23, tzinfo=UTC)
"""The same in Berlin, where Ada is."""


def found(first: datetime = FIRST, end: datetime = END) -> list[Report]:
    """Return what was really reported about hazards."""
    return list(reports(CHANNELS[0], start=first, end=end))


async def asked(stage: Stage, text: str, *, name: str = HAZARDS) -> Message:
    """Ask for a figure and return its message."""
    await stage.command(f'/flow-analytics "{name}" {text}', channel="CFIELD")
    return stage.said("CFIELD")[-1]


@pytest.mark.parametrize(
    ("figure", "title"),
    [
        ("over-time", "Reports over time"),
        ("by-state", "Reports by state"),
        ("by-user", "Reports by person"),
        ('by-field "Severity"', "Reports by Severity"),
        ("by-hour", "Reports by hour"),
        ("by-weekday", "Reports by day of the week"),
        ("reads", "Reads"),
        ("awareness", "Awareness"),
    ],
)
async def test_a_figure_comes_with_a_chart_a_table_and_the_period_before(
    stage: Stage, figure: str, title: str
) -> None:
    message = await asked(stage, f"{figure} {NOVEMBER}")

    assert message.text.startswith(f"{HAZARDS}, {title}, ")
    assert "against 19 Oct to 1 Nov 2026" in message.text
    assert {"data_visualization", "data_table"} <= set(kinds(message))
    assert "Berlin time" in words(message)


async def test_states_are_counted_as_they_are_in_their_own_order(stage: Stage) -> None:
    message = await asked(stage, f"by-state {NOVEMBER}")

    now = Counter(STATES[each.state(MONDAY)] for each in found())
    assert [row[:2] for row in table(message, "Reports by state")] == [
        [name, str(now[name])] for name in STATES
    ]


async def test_who_has_left_the_team_is_named_as_unknown(stage: Stage) -> None:
    message = await asked(stage, "by-user last-90d")

    people = [row[0] for row in table(message, "Reports by person")]
    assert f"Unknown user {DEPARTED}" in people
    assert "Ada Lovelace" in people


async def test_hours_and_days_without_reports_are_there_with_a_zero(stage: Stage) -> None:
    hours = table(await asked(stage, "by-hour 2026-11-10", name="Near misses"), "Reports by hour")
    days = table(await asked(stage, "by-weekday 2026-11-10", name="Near misses"), "Reports by day")

    assert [row[0] for row in hours] == [f"{hour:02}:00" for hour in range(24)]
    assert len(days) == 7
    assert "0" in {row[1] for row in hours}


async def test_a_field_is_counted_by_its_choices_and_found_by_part_of_its_name(
    stage: Stage,
) -> None:
    message = await asked(stage, f"{NOVEMBER} by-field sever")

    counts = Counter(each.picks[17] for each in found())
    assert [row[:2] for row in table(message, "Reports by Severity")] == [
        [choice, str(counts[choice])] for choice in ("Low", "Medium", "High")
    ]


@pytest.mark.parametrize("value", ["its number", "an option's value"])
async def test_a_category_is_counted_with_zeros_though_the_form_has_no_choices(
    stage: Stage, value: str
) -> None:
    stage.saferme.set_switch("category_value", value)
    day, end = datetime(2026, 11, 6, 23, tzinfo=UTC), datetime(2026, 11, 7, 23, tzinfo=UTC)

    message = await asked(stage, "by-field kind 2026-11-07")

    counts = Counter(each.picks[18] for each in found(day, end))
    assert 0 < len(counts) < 4
    assert [row[:2] for row in table(message, "Reports by Kind")] == [
        [choice, str(counts[choice])] for choice in ("Trip", "Fall", "Fire", "Chemical")
    ]


async def test_choices_that_nobody_lists_are_missed_with_a_word(stage: Stage) -> None:
    stage.saferme.set_switch("form_data", "null")

    message = await asked(stage, "by-field severity")

    assert "does not list this field's choices" in words(message)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
@pytest.mark.parametrize("sparse", [True, False])
async def test_weeks_are_named_by_their_mondays_and_said_to_be_cut(
    stage: Stage, zone: str, *, sparse: bool
) -> None:
    stage.saferme.set_switch("zone", zone)
    stage.saferme.set_switch("sparse", sparse)
    stage.saferme.set_switch("mixed", value=True)

    message = await asked(stage, "over-time 2026-10-22..2026-11-20")

    weeks = [row[0] for row in table(message, "Reports over time")]
    assert weeks == ["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]
    assert "The first and the last week are counted only in part" in words(message)


async def test_days_to_come_have_no_zeros(stage: Stage) -> None:
    stage.saferme.set_switch("buckets", "day")

    message = await asked(stage, "over-time this-month")

    assert table(message, "Reports over time")[-1][0] == "2026-11-23"
    assert "The period is not over yet" in words(message)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
async def test_a_day_on_which_clocks_change_has_all_its_hours(
    stage: Stage, day: str, hours: int
) -> None:
    stage.saferme.set_switch("buckets", "hour")

    message = await asked(stage, f"over-time {day}")

    rows = table(message, "Reports over time")
    assert len(rows) == hours
    assert sum(int(row[1]) for row in rows) == int(message.text.split(": ")[1].split()[0])


async def test_a_change_has_its_sign(stage: Stage) -> None:
    message = await asked(stage, f"by-weekday {NOVEMBER}")

    changes = {row[3] for row in table(message, "Reports by day")}
    assert any(change.startswith("+") for change in changes)
    assert "+0" not in changes


async def test_thousands_of_people_are_named_with_few_questions(stage: Stage) -> None:
    stage.saferme.set_switch("many_people", 5000)
    stage.saferme.set_switch("sparse", value=False)
    stage.saferme.set_switch("missing_field", "first_name")

    for figure in ("by-user", "awareness"):
        await asked(stage, figure)

    calls = [each.path for each in stage.saferme.calls if each.path.endswith("team_users")]
    assert len(calls) == 50
    shown = words(stage.said("CFIELD")[-1])
    assert " of 5,000." in shown


async def test_names_that_cannot_be_had_are_missed_with_a_word(stage: Stage) -> None:
    stage.saferme.set_switch("forbidden", "team_users")

    message = await asked(stage, "by-user")

    assert "SaferMe did not tell who these people are" in words(message)
    assert "Unknown user 41" in words(message)


@pytest.mark.parametrize(
    ("hidden", "figure", "told"),
    [
        ("report_states", "by-state", "In Progress"),
        ("categories", "by-field kind", "Chemical"),
    ],
)
async def test_what_only_adds_names_may_be_refused(
    stage: Stage, hidden: str, figure: str, told: str
) -> None:
    stage.saferme.set_switch("forbidden", hidden)

    message = await asked(stage, f"{figure} last-90d")

    assert told in words(message)


@pytest.mark.parametrize("figure", ["by-state", "summary"])
async def test_without_the_period_before_nothing_is_compared(stage: Stage, figure: str) -> None:
    stage.saferme.set_switch("keeps_days", 31)

    message = await asked(stage, figure)

    assert "against" not in message.text
    assert message.text.startswith(HAZARDS)


async def test_a_summary_without_one_figure_names_it(stage: Stage) -> None:
    stage.saferme.set_switch("forbidden", "reports_read")

    message = await asked(stage, "summary")

    assert "SaferMe did not answer for reads" in words(message)
    assert "What changed" in words(message)


@pytest.mark.parametrize("figure", ["by-user", "summary", "by-field kind", "images"])
async def test_a_pause_in_the_middle_brings_all_of_the_figure_after_it(
    stage: Stage, figure: str
) -> None:
    await asked(stage, "reads")  # the session is there, and the channels are known
    stage.clock.advance(seconds=30)
    stage.saferme.set_switch("answer_429", 1)

    await stage.command(f'/flow-analytics "{HAZARDS}" {figure}', channel="CFIELD")
    stage.clock.advance(seconds=61)
    await stage.settle()

    message = stage.said("CFIELD")[-1]
    assert not message.text.startswith("Site hazards, Reads")
    for word in ("did not answer", "did not tell", "could not be had", "does not list"):
        assert word not in words(message)


async def test_a_summary_has_the_whole_picture_and_what_changed(stage: Stage) -> None:
    message = await asked(stage, f"summary {NOVEMBER}")

    total = len(found())
    before = len(found(datetime(2026, 10, 18, 22, tzinfo=UTC), FIRST))
    assert f"{total} reports, " in message.text
    assert f"reports, {total - before:+}" in message.text
    shown = words(message)
    for part in ("Busiest day", "Busiest hour", "Reads", "Awareness", "What changed"):
        assert part in shown


async def test_a_summary_needs_no_figure_and_no_period(stage: Stage) -> None:
    message = await asked(stage, "")

    assert "last 30 days" in message.text


async def test_the_heat_map_is_a_picture_in_the_thread_told_in_words_as_well(stage: Stage) -> None:
    message = await asked(stage, f"heatmap {NOVEMBER}")

    [file] = stage.slack.files
    assert (file.channel, file.thread_ts) == ("CFIELD", message.ts)
    assert file.mime == "image/png"
    assert bytes_of(file).startswith(b"\x89PNG")
    days = Counter(each.at.weekday() for each in found())
    assert f"Monday {days[0]}, Tuesday {days[1]}" in file.alt_text


async def test_a_period_without_reports_is_a_sentence(stage: Stage) -> None:
    message = await asked(stage, "by-hour last-7d", name="Brand new channel")

    assert "No reports in this period" in message.text
    assert "data_visualization" not in kinds(message)


async def test_hostile_names_stay_text(stage: Stage) -> None:
    await stage.command("/flow-analytics 505 by-field 23 last-90d", channel="CFIELD")

    [message] = stage.said("CFIELD")
    assert "<!channel>" not in message.text
    assert "&lt;!channel&gt;" in message.text
