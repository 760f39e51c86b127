"""An answer as plain text: whole tables within a bound, what can be called, nothing of Slack's."""

from bot.mcp.rendering.calls import OfferedCall, ToolCall
from bot.mcp.rendering.plain import LONGEST, PlainAnswer, plain_text
from bot.mcp.rendering.readable import ids_in, readable
from bot.slack.blocks.blocks import (
    actions,
    button,
    channel,
    context,
    header,
    mention,
    moment,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import CONTINUED
from bot.slack.blocks.charts import counts_chart
from bot.slack.blocks.tables import data_table, words
from tests.stage import MONDAY


def table(rows: int, cell: str = "x") -> tuple[dict[str, object], ...]:
    made = ([words(f"{number}"), words(cell)] for number in range(rows))
    return data_table("People", columns=("Number", "Name"), rows=made, total=rows)


def test_every_word_stands_there_once_as_it_is() -> None:
    said = plain_text(
        PlainAnswer(
            blocks=(
                header("5 are <overdue> & late"),
                paragraph(plain("One\nTwo")),
                *table(2, "A|B & <C>"),
                context(CONTINUED),
                actions("x", button("Press", "do", value="{}")),
                context("Source: MomoFlow"),
            ),
        )
    )

    assert said.splitlines() == [
        "5 are <overdue> & late",
        "One",
        "Two",
        "People:",
        "Number | Name",
        "0 | A/B & <C>",
        "1 | A/B & <C>",
        "Source: MomoFlow",
    ]


def test_a_chart_is_a_table() -> None:
    chart = counts_chart("Runs by day", [("Mon", 3), ("Tue", 5)], series="Runs")
    assert chart is not None

    said = plain_text(PlainAnswer(blocks=(chart,)))

    assert said.splitlines() == ["Runs by day:", " | Runs", "Mon | 3", "Tue | 5"]


def test_what_is_too_long_ends_with_a_line_that_says_so() -> None:
    blocks = tuple(one for _ in range(30) for one in table(90, "y" * 40))
    calls = [OfferedCall("Excel file", ToolCall("get_x", {"file": "xlsx"}))]
    said = plain_text(PlainAnswer(blocks=blocks, calls=calls, closing=["The end."]))

    assert len(said) <= LONGEST
    assert "(The rest is left out here: ask for less, or for a file.)" in said
    assert said.endswith('- Excel file: get_x {"file":"xlsx"}\nThe end.')


def test_of_many_calls_the_rest_is_counted() -> None:
    calls = [
        OfferedCall(f"Flow {at}", ToolCall("get_flow", {"flow": f"f{at}"})) for at in range(80)
    ]
    said = plain_text(PlainAnswer(blocks=(header("Which?"),), calls=calls))

    assert said.splitlines()[:3] == [
        "Which?",
        "What can be called next:",
        '- Flow 0: get_flow {"flow":"f0"}',
    ]
    assert said.endswith("- and 55 more")


def test_people_and_channels_have_names_and_moments_a_zone() -> None:
    blocks = (
        paragraph(mention("UADA"), plain(" in "), channel("CX"), plain(": "), moment(MONDAY)),
    )
    assert [*ids_in(blocks)] == ["UADA", "CX"]

    said = plain_text(
        PlainAnswer(blocks=readable(blocks, {"UADA": "Ada & Söhne"}, "Europe/Berlin"))
    )

    assert said == "@Ada & Söhne in that channel: Mon 23 Nov, 08:30 (Berlin time)"


def test_files_and_what_is_told_there_too_have_a_line() -> None:
    assert plain_text(PlainAnswer(blocks=(), files=("People",))) == (
        "Sent to the person's direct messages with Flowbot: People"
    )
    assert "direct messages" in plain_text(PlainAnswer(blocks=(), told=True))
