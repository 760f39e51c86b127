"""Every answer has one shape: news, note, what changed, body, buttons, one grey line."""

from dataclasses import replace

from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import paragraph, plain
from bot.training.question import ReportQuestion
from tests.asking.seeing import label
from tests.training.rendering.samples import OCCASION

LATE = "5 people are overdue in Onboarding (25 of 45 done, 56%)"
BODY = (paragraph(plain("A short table")),)
ONLY = offer("Only overdue", ReportQuestion("onboarding", "overdue"))


def kinds(shape: Shape) -> list[str]:
    answer = laid_out(shape, OCCASION)
    return [each["type"] for each in answer.message.blocks]


def test_the_news_comes_first_and_is_the_notification() -> None:
    answer = laid_out(Shape(news=LATE, changed="3 more completed."), OCCASION)

    assert answer.message.blocks[0]["text"]["text"] == LATE
    assert answer.message.text == f"{LATE}. 3 more completed."


def test_buttons_come_before_the_one_grey_line_and_the_likeliest_is_first() -> None:
    shape = Shape(news=LATE, body=BODY, buttons=ONLY, facts=("Source: MomoFlow",))
    answer = laid_out(shape, replace(OCCASION, key="answer:1"))

    *_, row, grey = answer.message.blocks
    labels = [label(each) for each in row["elements"]]
    assert labels == ["Only overdue", "Subscribe", "Export"]
    assert grey["elements"][0]["text"].startswith("Source: MomoFlow · ")


def test_without_anything_to_press_there_is_no_empty_row() -> None:
    assert kinds(Shape(news=LATE)) == ["header", "context"]


def test_news_longer_than_slacks_header_is_not_cut() -> None:
    long = "x" * 200
    answer = laid_out(Shape(news=long), OCCASION)

    assert answer.message.blocks[0]["type"] == "rich_text"
    assert long in str(answer.message.blocks[0])


def test_what_an_answer_is_not_offered_for_is_not_there() -> None:
    shape = Shape(news=LATE, buttons=ONLY, orders=False, exports=False)
    answer = laid_out(shape, replace(OCCASION, key="answer:1"))

    assert [each["text"]["text"] for each in answer.message.blocks[-2]["elements"]] == [
        "Only overdue"
    ]
