from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.fieldreports.core.figures import Figure
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
    SUMMARY,
)
from bot.fieldreports.rendering.answers import (
    figure_answer,
    figure_export_answer,
    heatmap_answer,
    images_answer,
)
from bot.fieldreports.rendering.charts import figure_chart, heat_map_words
from bot.fieldreports.rendering.summary import summary_answer
from bot.fieldreports.rendering.tables import figure_sheet, summary_rows, summary_sheets
from bot.slack.messages import Answer
from bot.tables.columns import Column, Kind
from tests.fieldreports.rendering.samples import BEFORE_FIGURES, NOTHING, NOW_FIGURES, subject
from tests.slack.checks import all_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, vendor_text

SINGLE = (OVER_TIME, BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
DIGEST = replace(SUBSCRIPTION, note="For the Monday meeting")
KEYED = replace(OCCASION, key="key-1")


def shown(answer: Answer) -> str:
    return str(as_json(answer))


@pytest.mark.parametrize("kind", SINGLE)
def test_each_figure_is_its_news_and_half_a_screen(kind: str) -> None:
    about = (subject(kind, field="Severity"), KEYED)
    rendered = figure_answer(NOW_FIGURES[kind], *about, before=BEFORE_FIGURES.get(kind))
    assert as_json(rendered) == expected(f"figure_{kind}", rendered)
    assert all_refusals(rendered) == []
    shapes = [each["type"] for each in rendered.message.blocks]
    assert len({"data_visualization", "data_table"} & set(shapes)) == 1


def said(kind: str, before: Figure | None = None, **changes: Any) -> str:
    """Return the words of a figure's notification."""
    figure = replace(NOW_FIGURES[kind], **changes)
    about = subject(kind, field="Severity")
    return figure_answer(figure, about, OCCASION, before=before).message.text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (OVER_TIME, "23 reports in Site reports, 3 more than the 30 days before (+15%)."),
        (
            BY_STATE,
            (
                "Reports in Site reports are most often State 9 (12 of 23, 52%). "
                "3 more reports than the 30 days before (+15%)."
            ),
        ),
        (
            BY_USER,
            (
                "Anonymous made the most reports in Site reports (13 of 23, 57%). "
                "3 more reports than the 30 days before (+15%)."
            ),
        ),
        (BY_FIELD, "3 reports in Site reports."),
        (BY_HOUR, "Site reports is busiest at 09:00\N{EN DASH}10:00 (14 of 23 reports, 61%)."),
        (BY_WEEKDAY, "Site reports is busiest on Mondays (20 of 23 reports, 87%)."),
        (READS, "120 reads in Site reports by 12 people."),
        (AWARENESS, "7 alerts about Site reports, 4 opened (57%)."),
    ],
)
def test_a_notification_is_the_news(kind: str, text: str) -> None:
    before = None if kind == READS else BEFORE_FIGURES.get(kind)
    assert said(kind, before) == text


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (24, 0, "24 reports in Site reports, none in the 30 days before."),
        (24, 24, "24 reports in Site reports, as many as the 30 days before."),
        (1, 1_000, "1 report in Site reports, 999 fewer than the 30 days before (\u221299.9%)."),
        (999, 1_000, "999 reports in Site reports, 1 fewer than the 30 days before (\u22120.1%)."),
        (
            3_000,
            1_000,
            "3,000 reports in Site reports, 2,000 more than the 30 days before (+200%).",
        ),
        (
            0,
            12,
            "No reports in Site reports in the last 30 days. There were 12 in the 30 days before.",
        ),
        (0, 0, "No reports in Site reports in the last 30 days. Nor in the 30 days before."),
    ],
)
def test_a_total_is_compared_in_words(now: int, before: int, words: str) -> None:
    expected_words = words.format(then="the 30 days before")
    assert said(OVER_TIME, replace(NOTHING, total=before), total=now) == expected_words


def test_nearly_all_is_not_all() -> None:
    rows = (("New", 1), ("Closed", 2_499))
    assert "(2,499 of 2,500, 99.9%)" in said(BY_STATE, rows=rows, keys=(), total=2_500)


def test_two_that_are_equal_both_lead_and_three_do_not() -> None:
    two = (("New", 4), ("Closed", 4), ("Old", 1))
    three = (("New", 4), ("Closed", 4), ("Old", 4))
    assert said(BY_STATE, rows=two, keys=(), total=9).startswith(
        "Reports in Site reports are most often New and Closed (4 of 9 each, 44%)"
    )
    assert said(BY_STATE, rows=three, keys=(), total=12) == "12 reports in Site reports."


def test_nothing_in_the_period_is_a_sentence_and_a_wider_look() -> None:
    rendered = figure_answer(replace(NOTHING, total=0), subject(BY_HOUR), KEYED)
    assert rendered.message.text == "No reports in Site reports in the last 30 days."
    kinds = [each["type"] for each in rendered.message.blocks]
    assert kinds == ["header", "actions", "context"]
    assert "Last 90 days" in shown(rendered)
    assert "Export" not in shown(rendered)


def test_many_days_share_the_points_of_a_chart_and_none_has_fewer_days() -> None:
    rows = tuple((date.fromordinal(738_000 + day), 1) for day in range(47))
    figure = Figure(OVER_TIME, ("From", "Reports"), rows, 47, grain="day", cut=(False, True))
    rendered = figure_answer(figure, subject(OVER_TIME), OCCASION)
    assert "Each point is 3 days" in shown(rendered)
    assert "Last day is incomplete" in shown(rendered)
    chart: Any = figure_chart(figure)
    assert {each["value"] for each in chart["chart"]["series"][0]["data"]} == {3}
    assert all_refusals(rendered) == []


def test_what_is_not_whole_is_not_in_the_line() -> None:
    weeks = [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]
    rows = tuple((day, 10) for day in weeks)
    figure = Figure(OVER_TIME, ("From", "Reports"), rows, 40, grain="week", cut=(True, True))
    chart: Any = figure_chart(figure)
    assert chart["chart"]["axis_config"]["categories"] == ["26 Oct", "2 Nov"]


def test_too_few_whole_weeks_are_bars_that_say_which_are_not() -> None:
    rows = ((date(2026, 11, 2), 3), (date(2026, 11, 9), 4))
    figure = Figure(OVER_TIME, ("From", "Reports"), rows, 7, grain="week", cut=(True, True))
    chart: Any = figure_chart(figure)
    assert chart["chart"]["type"] == "bar"
    assert chart["chart"]["axis_config"]["categories"] == ["2 Nov (part)", "9 Nov so far"]


def test_a_single_week_is_a_bar() -> None:
    figure = Figure(OVER_TIME, ("From", "Reports"), ((date(2026, 11, 2), 3),), 3)
    chart: Any = figure_chart(figure)
    assert chart["chart"]["type"] == "bar"


def test_a_stretch_without_a_date_is_still_drawn() -> None:
    figure = Figure(OVER_TIME, ("From", "Reports"), (("W45", 3), ("W46", None)), 3)
    chart: Any = figure_chart(figure)
    assert [each["value"] for each in chart["chart"]["series"][0]["data"]] == [3, 0]


def test_a_heat_map_has_its_numbers_as_a_table_and_in_words() -> None:
    rendered = heatmap_answer(NOW_FIGURES[HEATMAP], subject(HEATMAP), KEYED)
    assert as_json(rendered) == expected("figure_heatmap", rendered)
    assert all_refusals(rendered) == []
    words = heat_map_words(NOW_FIGURES[BY_WEEKDAY], NOW_FIGURES[BY_HOUR])
    assert words == (
        "Reports by day of the week: Monday 20, Tuesday 0, Wednesday 0, Thursday 0, Friday 0, "
        "Saturday 0, Sunday 3. By hour: 09:00 14, 22:00 9."
    )


def test_an_empty_heat_map_is_a_sentence() -> None:
    empty = Figure(HEATMAP, ("By", "When", "Reports"), (("Day", "Monday", 0),))
    rendered = heatmap_answer(empty, subject(HEATMAP), OCCASION)
    assert rendered.message.text == "No reports in Site reports in the last 30 days."
    assert "data_table" not in shown(rendered)
    assert heat_map_words(NOTHING, NOTHING).endswith("By hour: none.")


@pytest.mark.parametrize(
    ("uploaded", "ending"),
    [(3, ", in the thread."), (2, "; the latest 2 are in the thread."), (0, "Site reports.")],
)
def test_pictures_say_how_many_follow(uploaded: int, ending: str) -> None:
    rendered = images_answer(NOW_FIGURES[IMAGES], subject(IMAGES), KEYED, uploaded=uploaded)
    assert rendered.message.text.startswith("3 pictures in Site reports")
    assert rendered.message.text.endswith(ending)
    assert all_refusals(rendered) == []


def test_no_picture_is_a_sentence() -> None:
    none = Figure(IMAGES, ("Picture", "Report", "Taken"), ())
    assert images_answer(none, subject(IMAGES), OCCASION, uploaded=0).message.text == (
        "No pictures in Site reports in the last 30 days."
    )


def test_a_summary_is_the_whole_picture_and_what_changed() -> None:
    occasion = replace(KEYED, asked_by="", subscription=DIGEST)
    rendered = summary_answer(NOW_FIGURES, BEFORE_FIGURES, subject(), occasion)
    assert as_json(rendered) == expected("analytics_summary", rendered)
    assert all_refusals(rendered) == []


def test_a_summary_does_not_call_young_states_a_change() -> None:
    rendered = summary_answer(NOW_FIGURES, BEFORE_FIGURES, subject(), OCCASION)
    changed = rendered.message.text.partition(". ")[2]
    assert "Aino Laine" in changed
    assert "Closed" not in changed


def test_a_summary_names_what_it_could_not_get() -> None:
    some = {BY_USER: NOW_FIGURES[BY_USER], AWARENESS: replace(NOW_FIGURES[AWARENESS], total=0)}
    rendered = summary_answer(some, {}, subject(), OCCASION)
    assert rendered.message.text == "23 reports in Site reports."
    missing = "reports over time, reports by state, reports by hour, reports by day of the week"
    assert f"SaferMe did not answer for {missing}, reads" in shown(rendered)


def test_two_empty_periods_are_one_sentence_and_nothing_to_export() -> None:
    nothing = replace(NOTHING, total=0)
    rendered = summary_answer({BY_HOUR: nothing}, {BY_HOUR: nothing}, subject(), KEYED)
    assert rendered.message.text == (
        "No reports in Site reports in the last 30 days. Nor in the 30 days before."
    )
    assert "Export" not in shown(rendered)


def test_a_single_week_that_is_cut_is_said_to_be() -> None:
    rows = ((date(2026, 10, 19), 3),)
    week = Figure(OVER_TIME, ("From", "Reports"), rows, 3, grain="week", cut=(True, False))
    assert "This week is incomplete" in shown(figure_answer(week, subject(OVER_TIME), OCCASION))


def test_alerts_that_nobody_opened_have_no_share() -> None:
    unopened = Figure(AWARENESS, NOW_FIGURES[AWARENESS].columns, (("Al", 1, 1, None, 2),), 2)
    rendered = summary_answer({AWARENESS: unopened}, {}, subject(), OCCASION)
    assert "2 alerts, 0 opened" in shown(rendered)


@pytest.mark.parametrize(
    ("rows", "kind", "form", "text"),
    [
        (4, BY_STATE, "xlsx", "Site reports, reports by state: Excel file in the thread (4 rows)."),
        (6, SUMMARY, "xlsx", "Site reports, summary: Excel file in the thread (6 sheets)."),
        (40, SUMMARY, "csv", "Site reports, summary: CSV file in the thread (40 rows)."),
        (
            0,
            BY_STATE,
            "xlsx",
            (
                "SaferMe has nothing for Site reports, reports by state in the last 30 days, "
                "so there is no file."
            ),
        ),
    ],
)
def test_a_file_has_a_parent_and_nothing_has_no_file(
    rows: int, kind: str, form: str, text: str
) -> None:
    rendered = figure_export_answer(rows, subject(kind, export=form), KEYED)
    assert rendered.message.text == text
    assert all_refusals(rendered) == []


def test_rows_over_time_that_are_incomplete_say_so_in_a_file() -> None:
    sheet = figure_sheet(replace(NOW_FIGURES[OVER_TIME], cut=(True, False)), title="Over time")
    rows = list(sheet.rows)
    assert sheet.columns[-1].name == "All days counted"
    assert [row[-1] for row in rows] == ["no", *["yes"] * (len(rows) - 1)]


def test_a_sheet_has_numbers_as_numbers_and_days_as_days() -> None:
    whole = replace(NOW_FIGURES[OVER_TIME], cut=(False, False))
    sheet = figure_sheet(whole, title="Over time")
    assert list(sheet.columns) == [Column("From", Kind.DATE), Column("Reports", Kind.NUMBER)]
    assert list(map(tuple, sheet.rows)) == list(whole.rows)
    texts = figure_sheet(Figure(READS, ("Figure", "Count"), (("Reads", None),)), title="Reads")
    assert [column.kind for column in texts.columns] == [Kind.TEXT, Kind.TEXT]


def test_a_sheet_of_hours_has_moments() -> None:
    hours = ((datetime(2026, 10, 25, 2, tzinfo=ZoneInfo("Europe/Berlin")), 3),)
    sheet = figure_sheet(Figure(OVER_TIME, ("From", "Reports"), hours, 3), title="Over time")
    assert sheet.columns[0] == Column("From", Kind.MOMENT)


def test_a_summary_is_a_sheet_for_each_figure_that_has_something() -> None:
    sheets = summary_sheets(NOW_FIGURES, BEFORE_FIGURES)
    titles = [each.title for each in sheets]
    assert titles[:3] == ["Reports over time", "Reports by state", "Reports by person"]
    people = sheets[2]
    assert [each.name for each in people.columns] == [
        "Person",
        "Reports",
        "Share",
        "Before",
        "Change",
    ]
    assert people.columns[2].kind is Kind.PERCENT
    assert next(iter(people.rows)) == ["Anonymous", 13, 56.52, 0, 13]
    rows = summary_rows(NOW_FIGURES, BEFORE_FIGURES).rows
    assert ("Reports by person", "Anonymous", 13, 0) in rows
    assert ("Reports by state", "State 9", 12, None) in rows


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    rows = ((one, 3), (other, 2), (f"{one}x", 1)) * 40
    about = (
        subject(BY_FIELD, channel=one, field=other),
        replace(OCCASION, asked_by=other),
    )
    for kind in (BY_STATE, BY_USER, BY_FIELD):
        figure = Figure(kind, (other, "Reports"), rows, 240)
        assert all_refusals(figure_answer(figure, *about, before=figure)) == []
        assert all_refusals(summary_answer({kind: figure}, {kind: NOTHING}, *about)) == []
    nothing = figure_export_answer(0, subject(READS, channel=one, export="csv"), about[1])
    assert all_refusals(nothing) == []
