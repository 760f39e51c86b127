from bot.slack.blocks.blocks import bold, context, header, message, moment, paragraph, plain
from bot.slack.blocks.budget import fit
from bot.slack.blocks.charts import counts_chart
from bot.slack.blocks.simpler import simpler, tables_of, words_of
from bot.slack.blocks.tables import data_table, number, words
from bot.slack.messages import Message
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import NOW


def newest() -> Message:
    chart = counts_chart("By status", [("Overdue", 3), ("Completed", 7)], series="People")
    assert chart is not None
    rows = [(words("ada@example.com"), number(3, "3 of 5"))]
    return message(
        "Onboarding",
        header("Onboarding"),
        paragraph(bold("74%"), plain(" done "), moment(NOW)),
        chart,
        *data_table("People", columns=("Person", "Modules"), rows=rows, total=1),
        context("Source: MomoFlow"),
    )


PIE = {
    "type": "data_visualization",
    "title": "Share",
    "chart": {"type": "pie", "segments": [{"label": "Done", "value": 3}]},
}


def test_newer_blocks_become_older_ones_with_the_same_content() -> None:
    rendered = simpler(newest())
    assert as_json(rendered) == expected("simpler", rendered)


def test_a_pie_becomes_lines_of_text() -> None:
    (block,) = simpler(Message("t", (PIE,))).blocks
    assert block == paragraph(bold("Share"), plain("\n▓▓▓▓▓▓▓▓▓▓ 3 Done"))


def test_rows_that_an_older_table_cannot_hold_are_counted() -> None:
    table = {"type": "data_table", "caption": "C", "rows": [[words("x")]] * 150}
    _, shown, line = simpler(Message("t", (table,))).blocks
    assert len(shown["rows"]) == 100
    assert line == context("First 99 of 149.")


def test_an_older_table_keeps_to_its_characters() -> None:
    table = {"type": "data_table", "caption": "C", "rows": [[words("x" * 250)]] * 50}
    _, shown, _ = simpler(Message("t", (table,))).blocks
    assert len(shown["rows"]) == 40


def test_a_simpler_message_still_fits() -> None:
    assert len(fit(simpler(newest()))) == 1


def test_tables_and_charts_are_given_as_rows_for_a_file() -> None:
    assert tables_of(newest().blocks) == [
        ("By status", [["", "People"], ["Overdue", "3"], ["Completed", "7"]]),
        ("People", [["Person", "Modules"], ["ada@example.com", "3 of 5"]]),
    ]


def test_everything_else_is_given_as_words() -> None:
    assert words_of(newest().blocks) == (
        "Onboarding\n74% done Sun 22 Nov 2026, 13:05 UTC\nSource: MomoFlow"
    )
