from dataclasses import replace
from datetime import date
from typing import Any

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
)
from bot.fieldreports.rendering.answers import (
    figure_answer,
    figure_export_message,
    figure_sheet,
    heatmap_answer,
    images_answer,
)
from bot.fieldreports.rendering.charts import figure_chart, heat_map_words
from bot.fieldreports.rendering.summary import summary_answer
from bot.slack.messages import Answer
from bot.tables.columns import Column, Kind
from tests.fieldreports.rendering.samples import BEFORE_FIGURES, NOTHING, NOW_FIGURES, subject
from tests.slack.checks import all_refusals, refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, vendor_text

SINGLE = (OVER_TIME, BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
DIGEST = replace(SUBSCRIPTION, note="For the Monday meeting")
KEYED = replace(OCCASION, key="key-1")


def shown(answer: Answer) -> str:
    return str(as_json(answer))


@pytest.mark.parametrize("kind", SINGLE)
def test_each_figure_is_a_headline_a_chart_and_a_table(kind: str) -> None:
    about = (subject(kind, field="Severity"), KEYED)
    rendered = figure_answer(NOW_FIGURES[kind], *about, before=BEFORE_FIGURES.get(kind))
    assert as_json(rendered) == expected(f"figure_{kind}", rendered)
    assert all_refusals(rendered) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            OVER_TIME,
            (
                "Site reports, Reports over time, last 30 days: 23 reports, +3 (+15%) against "
                "24 Sep to 23 Oct 2026."
            ),
        ),
        (
            READS,
            (
                "Site reports, Reads, last 30 days: 120 reads, +20 (+20%) against "
                "24 Sep to 23 Oct 2026."
            ),
        ),
    ],
)
def test_a_notification_says_what_changed(kind: str, text: str) -> None:
    rendered = figure_answer(
        NOW_FIGURES[kind], subject(kind), OCCASION, before=BEFORE_FIGURES[kind]
    )
    assert rendered.message.text == text


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (NOTHING, "24 reports, +24 against"),
        (replace(NOTHING, total=24), "24 reports, unchanged against"),
    ],
)
def test_a_change_from_nothing_has_no_percent(before: Figure, words: str) -> None:
    figure = replace(NOTHING, rows=(("09:00", 24),), total=24)
    assert words in figure_answer(figure, subject(BY_HOUR), OCCASION, before=before).message.text


def test_without_a_previous_period_nothing_is_compared() -> None:
    rendered = figure_answer(NOW_FIGURES[BY_STATE], subject(BY_STATE), OCCASION)
    assert rendered.message.text == "Site reports, Reports by state, last 30 days: 23 reports."


def test_nothing_in_the_period_is_a_sentence_without_a_table() -> None:
    rendered = figure_answer(NOTHING, subject(BY_HOUR), OCCASION)
    assert rendered.message.text.endswith("No reports in this period.")
    assert [each["type"] for each in rendered.message.blocks] == [
        "header",
        "rich_text",
        "context",
        "context",
    ]


def test_what_was_there_before_is_shown_when_now_there_is_nothing() -> None:
    rendered = figure_answer(
        Figure(BY_STATE, ("State", "Reports"), ()),
        subject(BY_STATE),
        OCCASION,
        before=BEFORE_FIGURES[BY_STATE],
    )
    assert "Closed" in shown(rendered)


def test_many_days_share_the_points_of_a_chart() -> None:
    rows = tuple((date.fromordinal(738_000 + day), day) for day in range(45))
    figure = Figure(OVER_TIME, ("From", "Reports"), rows, 990, grain="day")
    rendered = figure_answer(figure, subject(OVER_TIME), OCCASION)
    assert "Each point of the chart is 3 days" in shown(rendered)
    assert all_refusals(rendered) == []


def test_a_single_week_is_a_bar() -> None:
    figure = Figure(OVER_TIME, ("From", "Reports"), ((date(2026, 11, 2), 3),), 3)
    chart: Any = figure_chart(figure)
    assert chart["chart"]["type"] == "bar"


def test_a_stretch_without_a_date_is_still_drawn() -> None:
    figure = Figure(OVER_TIME, ("From", "Reports"), (("W45", 3), ("W46", None)), 3)
    chart: Any = figure_chart(figure)
    assert [each["value"] for each in chart["chart"]["series"][0]["data"]] == [3, 0]


def test_a_heat_map_has_its_numbers_as_a_table_and_in_words() -> None:
    rendered = heatmap_answer(NOW_FIGURES[HEATMAP], subject(HEATMAP), OCCASION)
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
    assert rendered.message.text.endswith("No reports in this period.")
    assert "data_table" not in shown(rendered)
    assert heat_map_words(NOTHING, NOTHING).endswith("By hour: none.")


def test_pictures_say_how_many_follow() -> None:
    rendered = images_answer(NOW_FIGURES[IMAGES], subject(IMAGES), OCCASION, uploaded=3)
    assert as_json(rendered) == expected("figure_images", rendered)
    assert all_refusals(rendered) == []


def test_no_picture_is_a_sentence() -> None:
    none = Figure(IMAGES, ("Picture", "Report", "Taken"), ())
    assert images_answer(none, subject(IMAGES), OCCASION, uploaded=0).message.text == (
        "Site reports, last 30 days: No pictures in this period."
    )


def test_a_summary_is_the_whole_picture_and_what_changed() -> None:
    occasion = replace(KEYED, asked_by="", subscription=DIGEST)
    rendered = summary_answer(NOW_FIGURES, BEFORE_FIGURES, subject(), occasion)
    assert as_json(rendered) == expected("analytics_summary", rendered)
    assert all_refusals(rendered) == []


def test_a_summary_names_what_it_could_not_get() -> None:
    some = {BY_USER: NOW_FIGURES[BY_USER], AWARENESS: replace(NOW_FIGURES[AWARENESS], total=0)}
    rendered = summary_answer(some, {}, subject(), OCCASION)
    assert rendered.message.text == "Site reports, last 30 days: 23 reports."
    assert "did not answer for over-time, by-state, by-hour, by-weekday, reads" in shown(rendered)
    assert "What changed" not in shown(rendered)


def test_a_summary_of_nothing_is_short() -> None:
    rendered = summary_answer({}, {}, subject(), OCCASION)
    assert rendered.message.text == "Site reports, last 30 days: No reports in this period."
    assert all_refusals(rendered) == []


def test_two_empty_periods_are_one_sentence_and_nothing_to_export() -> None:
    nothing = replace(NOTHING, total=0)
    rendered = summary_answer({BY_HOUR: nothing}, {BY_HOUR: nothing}, subject(), KEYED)
    assert rendered.message.text == (
        "Site reports, last 30 days: No reports in this period, nor in the one before."
    )
    kinds = [each["type"] for each in rendered.message.blocks]
    assert kinds == ["header", "rich_text", "context", "context"]
    single = figure_answer(nothing, subject(BY_HOUR), KEYED, before=nothing)
    assert "nor in the one before" in single.message.text
    assert "actions" not in [each["type"] for each in single.message.blocks]


def test_nobody_alerted_has_nothing_that_stands_out() -> None:
    nobody = replace(NOW_FIGURES[AWARENESS], rows=(), keys=(), total=0)
    rendered = figure_answer(nobody, subject(AWARENESS), OCCASION)
    assert rendered.message.text.endswith("No alerts in this period.")
    assert "opened" not in shown(rendered)


def test_a_single_week_that_is_cut_is_said_to_be() -> None:
    week = Figure(OVER_TIME, ("From", "Reports"), ((date(2026, 10, 19), 3),), 3, grain="week")
    assert "This week is counted only in part" in shown(
        figure_answer(week, subject(OVER_TIME), OCCASION)
    )


def test_reads_that_are_not_known_are_left_out_and_have_no_change() -> None:
    rendered = summary_answer(NOW_FIGURES, BEFORE_FIGURES, subject(), OCCASION)
    assert "People who read" in shown(rendered)
    assert "Reports read" not in shown(rendered)
    single = figure_answer(
        NOW_FIGURES[READS], subject(READS), OCCASION, before=BEFORE_FIGURES[READS]
    )
    table = next(each for each in single.message.blocks if each["type"] == "data_table")
    assert [cell["text"] for cell in table["rows"][-1]] == [
        "Reports read",
        "\N{EN DASH}",
        "1",
        "\N{EN DASH}",
    ]


def test_alerts_that_nobody_opened_have_no_share() -> None:
    unopened = Figure(AWARENESS, NOW_FIGURES[AWARENESS].columns, (("Al", 1, 1, None, 2),), 2)
    rendered = summary_answer({AWARENESS: unopened}, {}, subject(), OCCASION)
    assert "; 0 opened" in shown(rendered)


def test_two_equal_periods_say_that_nothing_changed() -> None:
    rendered = summary_answer(BEFORE_FIGURES, BEFORE_FIGURES, subject(), OCCASION)
    assert "20 reports, unchanged against 24 Sep" in rendered.message.text
    assert "Neither states nor people changed." in shown(rendered)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (
            NOW_FIGURES[BY_STATE],
            (
                "Site reports, Reports by state, last 30 days: 4 rows as Excel. "
                "The file is in the thread."
            ),
        ),
        (
            NOTHING,
            (
                "Site reports, Reports by state, last 30 days: "
                "SaferMe has nothing in this period, so there is no file."
            ),
        ),
    ],
)
def test_a_file_has_a_parent_and_nothing_has_no_file(figure: Figure, text: str) -> None:
    rendered = figure_export_message(figure, subject(BY_STATE, export="xlsx"), OCCASION)
    assert rendered.text == text
    assert refusals(rendered) == []


def test_a_sheet_has_numbers_as_numbers_and_days_as_days() -> None:
    sheet = figure_sheet(NOW_FIGURES[OVER_TIME], title="Over time")
    assert list(sheet.columns) == [Column("From", Kind.DATE), Column("Reports", Kind.NUMBER)]
    assert list(sheet.rows) == list(NOW_FIGURES[OVER_TIME].rows)
    texts = figure_sheet(Figure(READS, ("Figure", "Count"), (("Reads", None),)), title="Reads")
    assert [column.kind for column in texts.columns] == [Kind.TEXT, Kind.TEXT]


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
    nothing = figure_export_message(NOTHING, subject(READS, channel=one), about[1])
    assert refusals(nothing) == []
