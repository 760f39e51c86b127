from bot.asking.model import ReportQuestion
from bot.asking.rendering.questions import question_words


def test_a_question_is_said_as_it_can_be_typed_again() -> None:
    question = ReportQuestion(
        "Ladder Safety", "last-7d", "overdue", detailed=True, by="week", export="csv"
    )
    assert question_words(question) == (
        '"Ladder Safety" overdue last-7d detailed by week export csv'
    )
