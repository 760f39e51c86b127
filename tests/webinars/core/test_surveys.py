import pytest

from bot.tables.columns import TextTable
from bot.webinars.core.surveys import Headline, headline


def survey(*columns: str, rows: tuple[tuple[str, ...], ...]) -> TextTable:
    return TextTable(columns, rows)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            survey("Name", "Rating", rows=(("Ada", "4"), ("Bob", " 5 "), ("Cy", ""))),
            Headline(3, "Rating", average=4.5),
        ),
        (
            survey(
                "E-mail", "Again?", rows=(("a@x.de", "Yes"), ("b@x.de", "No"), ("c@x.de", "Yes"))
            ),
            Headline(3, "Again?", top="Yes", top_count=2),
        ),
        (survey("Again?", rows=(("Yes",),)), Headline(1, "Again?", top="Yes", top_count=1)),
        (survey("Comment", rows=(("Nice",), ("Long",))), Headline(2)),
        (
            survey("Comment", rows=(*(((f"text {n}"),) for n in range(9)), ("text 1",))),
            Headline(10),
        ),
        (survey("Name", rows=(("Ada",),)), Headline(1)),
        (survey("Rating", rows=()), Headline(0)),
        (
            survey(
                *("Name", "Question", "Answer"),
                rows=(
                    ("Ada", "Useful?", "Very"),
                    ("Ada", "What else?", "a"),
                    ("Bob", "Useful?", "Very"),
                    ("Bob", "What else?", "b"),
                    ("Cy", "Useful?", ""),
                ),
            ),
            Headline(2, "Useful?", top="Very", top_count=2),
        ),
        (
            survey(
                *("response", "question", "respondent"),
                rows=(("a", "Why?", "Ada"), ("b", "Why?", "Bob"), ("4", "How?", "Ada")),
            ),
            Headline(1, "How?", average=4.0),
        ),
        (
            survey("Question", "Answer", rows=(("Why?", "a"), ("Why?", "b"))),
            Headline(2),
        ),
    ],
    ids=[
        *("marks", "choices", "one answer", "all different", "free text", "names", "nobody"),
        *("a row for each answer", "the first question is free text", "free text alone"),
    ],
)
def test_a_survey_is_summed_up_by_its_first_question_that_can_be(
    table: TextTable, expected: Headline
) -> None:
    assert headline(table) == expected
