from bot.training.core.command import report_words
from bot.training.question import ReportQuestion


def test_a_question_is_said_as_it_can_be_typed_again() -> None:
    question = ReportQuestion(
        "Ladder Safety", "last-7d", "overdue", detailed=True, by="week", export="csv"
    )
    assert report_words(question) == ('"Ladder Safety" overdue last-7d detailed by week export csv')


def test_a_flow_with_the_name_of_a_period_is_said_in_quotation_marks() -> None:
    assert report_words(ReportQuestion("last-30d", "last-7d")) == '"last-30d" last-7d'
