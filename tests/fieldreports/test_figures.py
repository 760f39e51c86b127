"""Figures of field reports as people see them, against what the vendor's reports really are."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.slack import Message
from sandbox.vendors.saferme.reports import CHANNELS, DEPARTED, STATES, Report, reports
from tests.asking.seeing import bytes_of, interactive, kinds, label, table, words
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


def replies(stage: Stage, message: Message) -> Message:
    """Return the first reply in a message's thread."""
    return stage.slack.thread("CFIELD", message.ts)[0]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("over-time", ("data_visualization", "data_table")),
        ("by-state", ("data_table", "data_visualization")),
        ("by-user", ("data_table", "")),
        ('by-field "Severity"', ("data_table", "data_visualization")),
        ("by-hour", ("data_visualization", "data_table")),
        ("by-weekday", ("data_visualization", "data_table")),
        ("heatmap", ("data_visualization", "data_table")),
        ("reads", ("data_table", "")),
        ("awareness", ("data_table", "")),
    ],
)
async def test_a_figure_is_a_chart_or_a_table_and_the_other_in_the_thread(
    stage: Stage, figure: str, shown: tuple[str, str]
) -> None:
    message = await asked(stage, f"{figure} {NOVEMBER}")

    native = {"data_visualization", "data_table"}
    here, there = shown
    assert native & set(kinds(message)) == {here}
    thread = stage.slack.thread("CFIELD", message.ts)
    assert native & {kind for each in thread for kind in kinds(each)} == ({there} - {""})
    assert "Berlin time" in words(message)


@pytest.mark.parametrize("figure", ["over-time", "by-state", "by-user", "by-field severity"])
async def test_a_figure_is_compared_with_as_many_days_before(stage: Stage, figure: str) -> None:
    message = await asked(stage, f"{figure} {NOVEMBER}")

    now, before = len(found()), len(found(datetime(2026, 10, 18, 22, tzinfo=UTC), FIRST))
    more = "more" if now > before else "fewer"
    of = "" if figure == "over-time" else " reports"
    assert f"{abs(now - before)} {more}{of} than the 14 days before (" in message.text


async def test_a_week_that_runs_is_compared_with_the_same_hours_of_the_last(stage: Stage) -> None:
    message = await asked(stage, "over-time this-week")

    start, week = datetime(2026, 11, 22, 23, tzinfo=UTC), timedelta(days=7)
    before = len(found(start - week, MONDAY - week))
    assert "this week so far" in message.text
    now = len(found(start, MONDAY))
    assert (now, before) == (0, 1)  # where the whole of last week had 26
    assert message.text.endswith("There was 1 in the same part of last week.")


async def test_states_of_older_reports_are_no_change(stage: Stage) -> None:
    for figure in ("by-state", "summary"):
        message = await asked(stage, f"{figure} {NOVEMBER}")
        for shown in (message, *stage.slack.thread("CFIELD", message.ts)):
            for change in ("Resolved +", "Resolved \N{MINUS SIGN}"):
                assert change not in words(shown)

    [state, *_] = [each for each in stage.said("CFIELD") if "most often" in each.text]
    assert [len(row) for row in table(state, "Reports by state")] == [3, 3, 3]


async def test_the_likely_next_figures_are_a_click_away(stage: Stage) -> None:
    message = await asked(stage, f"summary {NOVEMBER}")

    labels = {label(each): each for each in interactive(message.blocks)}
    assert list(labels) == ["By state", "Over time", "By person", "Subscribe", "Export"]
    await stage.slack.click(message, action_id=labels["By person"]["action_id"])
    await stage.settle()
    assert "made the most reports in Site hazards" in stage.said("CFIELD")[-1].text


async def test_a_channel_and_a_field_are_a_click_away(stage: Stage) -> None:
    await stage.command("/flow-analytics fields hazards", channel="CFIELD")
    fields = stage.said("CFIELD")[-1]
    button = next(iter(interactive(fields.blocks)))
    assert button["text"]["text"] == "By Severity"
    await stage.slack.click(fields, action_id=button["action_id"])
    await stage.settle()
    assert "Severity in Site hazards" in stage.said("CFIELD")[-1].text

    await stage.command("/flow-analytics channels", channel="CFIELD")
    channels = stage.said("CFIELD")[-1]
    await stage.slack.click(
        channels, action_id=next(iter(interactive(channels.blocks)))["action_id"]
    )
    await stage.settle()
    assert "reports in Site hazards" in stage.said("CFIELD")[-1].text


async def test_states_are_counted_as_they_are_in_their_own_order(stage: Stage) -> None:
    message = await asked(stage, f"by-state {NOVEMBER}")

    now = Counter(STATES[each.state(MONDAY)] for each in found())
    assert [row[:2] for row in table(message, "Reports by state")] == [
        [name, str(now[name])] for name in STATES
    ]


async def test_who_has_left_the_team_is_a_former_member(stage: Stage) -> None:
    message = await asked(stage, "by-user last-90d")

    people = [row[0] for row in table(message, "Reports by person")]
    assert f"Former member ({DEPARTED})" in people
    assert "Ada Lovelace" in people


async def test_hours_and_days_without_reports_are_there_with_a_zero(stage: Stage) -> None:
    hourly = await asked(stage, "by-hour 2026-11-10", name="Near misses")
    hours = table(replies(stage, hourly), "Reports by hour")
    daily = await asked(stage, "by-weekday 2026-11-10", name="Near misses")
    days = table(replies(stage, daily), "Reports by day")

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

    assert "Choices that nobody picked are not listed" in words(message)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
@pytest.mark.parametrize("sparse", [True, False])
async def test_weeks_are_named_by_their_mondays_and_said_to_be_cut(
    stage: Stage, zone: str, *, sparse: bool
) -> None:
    stage.saferme.set_switch("zone", zone)
    stage.saferme.set_switch("sparse", sparse)
    stage.saferme.set_switch("mixed", value=True)

    message = await asked(stage, "over-time 2026-10-22..2026-11-20")

    weeks = [row[0] for row in table(replies(stage, message), "Reports over time")]
    whole = ["26 Oct", "2 Nov", "9 Nov"]
    assert weeks == ["19 Oct (incomplete)", *whole, "16 Nov (incomplete)"]
    assert "First and last weeks are incomplete" in words(message)
    [chart] = [each for each in message.blocks if each["type"] == "data_visualization"]
    assert chart["chart"]["axis_config"]["categories"] == whole


async def test_days_to_come_have_no_zeros(stage: Stage) -> None:
    stage.saferme.set_switch("buckets", "day")

    message = await asked(stage, "over-time this-month")

    days = table(replies(stage, message), "Reports over time")
    assert days[-1][0] == "23 Nov (incomplete)"
    assert "this month so far" in message.text


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
async def test_a_day_on_which_clocks_change_has_all_its_hours(
    stage: Stage, day: str, hours: int
) -> None:
    stage.saferme.set_switch("buckets", "hour")

    message = await asked(stage, f"over-time {day}")

    rows = table(replies(stage, message), "Reports over time")
    assert len(rows) == hours
    assert rows[0][0].endswith(", 00:00")  # as the reader's clock has it
    assert sum(int(row[1]) for row in rows) == int(message.text.split()[0])


async def test_a_change_has_its_sign(stage: Stage) -> None:
    message = await asked(stage, f"by-weekday {NOVEMBER}")

    changes = {row[4] for row in table(replies(stage, message), "Reports by day")}
    assert all(change == "0" or change[0] in "+\N{MINUS SIGN}" for change in changes)
    assert changes != {"0"}


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

    assert "SaferMe doesn't let Flowbot see these people's names" in words(message)
    assert "Unknown person (41)" in words(message)


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

    assert "before" not in message.text
    assert HAZARDS in message.text


async def test_a_summary_without_one_figure_names_it(stage: Stage) -> None:
    stage.saferme.set_switch("forbidden", "reports_read")

    message = await asked(stage, "summary")

    assert "SaferMe did not answer for reads" in words(message)
    assert "Biggest changes by person" in words(message)


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
    assert "reads in Site hazards" not in message.text
    for word in ("did not answer", "doesn't let", "did not send", "nobody picked"):
        assert word not in words(message)


async def test_a_summary_has_the_whole_picture_and_what_changed(stage: Stage) -> None:
    message = await asked(stage, f"summary {NOVEMBER}")

    total = len(found())
    before = len(found(datetime(2026, 10, 18, 22, tzinfo=UTC), FIRST))
    more = "more" if total > before else "fewer"
    news = f"{total} reports in {HAZARDS}, {abs(total - before)} {more} than the 14 days before"
    assert message.text.startswith(news)
    shown = words(message)
    for part in ("States: ", "Busiest: ", "Reported by: ", "Seen: ", "Biggest changes"):
        assert part in shown
    assert {"data_visualization", "data_table"} <= set(kinds(replies(stage, message)))


async def test_a_summary_needs_no_figure_and_no_period(stage: Stage) -> None:
    message = await asked(stage, "")

    assert "Last 30 days" in words(message)


async def test_the_heat_map_is_a_picture_in_the_thread_told_in_words_as_well(stage: Stage) -> None:
    message = await asked(stage, f"heatmap {NOVEMBER}")

    [file] = stage.slack.files
    assert (file.channel, file.thread_ts) == ("CFIELD", message.ts)
    assert file.mime == "image/png"
    assert bytes_of(file).startswith(b"\x89PNG")
    days = Counter(each.at.weekday() for each in found())
    assert f"Monday {days[0]}, Tuesday {days[1]}" in file.alt_text
    assert file.alt_text.startswith("Site hazards is busiest at ")
    assert message.text.startswith(file.title)


async def test_a_period_without_reports_is_a_sentence(stage: Stage) -> None:
    message = await asked(stage, "by-hour last-7d", name="Brand new channel")

    assert "No reports in Brand new channel" in message.text
    assert "data_visualization" not in kinds(message)


async def test_hostile_names_stay_text(stage: Stage) -> None:
    await stage.command("/flow-analytics 505 by-field 23 last-90d", channel="CFIELD")

    [message] = stage.said("CFIELD")
    assert "<!channel>" not in message.text
    assert "&lt;!channel&gt;" in message.text
