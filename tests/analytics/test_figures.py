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
    assert "Europe/Berlin" in words(message)


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
