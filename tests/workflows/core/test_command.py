from dataclasses import replace
from json import dumps, loads
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.question import TABLE_FORMATS
from bot.codec import decode, encode
from bot.errors import UserError
from bot.workflows.core.command import export_words, parse_export
from bot.workflows.question import CHART, COUNTS, INFO, SOURCE, STEP, WORKFLOWS, ExportQuestion

ALL_WORKFLOWS = ExportQuestion("", data=WORKFLOWS, export="")
SPRING = ExportQuestion("Spring campaign", data=INFO, export="")


def step(workflow: str = "checkout", **given: Any) -> ExportQuestion:
    return ExportQuestion(workflow=workflow, **{"step": 2, "period": "last-7d", **given})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("checkout step 2", step()),
        (
            "checkout step 2 last-7d xlsx limit 5000 goal",
            step(export="xlsx", limit=5000, goal=True),
        ),
        (
            "Spring campaign STEP 1 Last Month excel",
            step("Spring campaign", step=1, period="last-month", export="xlsx"),
        ),
        ('"step by step" step 3', step("step by step", step=3)),
        (
            "checkout export xlsx step 2 2026-01-01..2026-03-31",
            step(export="xlsx", period="2026-01-01..2026-03-31"),
        ),
        ("checkout step 2 limit 5,000 show basic", step(limit=5000, export="", basic=True)),
        (
            "checkout step 2 action element-a <https://shop.example/pay> last-7d label 5d2f5e0a",
            step(actions=("element-a", "https://shop.example/pay"), labels=("5d2f5e0a",)),
        ),
        ('checkout step 2 action "goal" xlsx', step(actions=("goal",), export="xlsx")),
        ("checkout step 2 path a b &gt; any &gt; c", step(path=(("a", "b"), (), ("c",)))),
        (
            "checkout source total yesterday",
            step(data=SOURCE, step=0, total=True, period="yesterday"),
        ),
        ("checkout counts", step(data=COUNTS, step=0, export="")),
        ("checkout chart", step(data=CHART, step=0, export="")),
        (
            "checkout chart csv action a",
            step(data=CHART, step=0, export="csv", actions=("a",)),
        ),
    ],
)
def test_an_export_may_have_its_options_in_any_order(text: str, expected: ExportQuestion) -> None:
    assert parse_export(text) == Ask(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Help()),
        ("help filters", Help()),
        ("workflows", Ask(ALL_WORKFLOWS)),
        ("workflows privately", Ask(ALL_WORKFLOWS, privately=True)),
        ("workflows export xlsx", Ask(replace(ALL_WORKFLOWS, export="xlsx"))),
        ("info Spring campaign", Ask(SPRING)),
        ('info "Spring csv" csv', Ask(replace(SPRING, workflow="Spring csv", export="csv"))),
        ("form", OpenForm()),
        ("checkout", OpenForm("checkout")),
        ("checkout step 2 privately", Ask(step(), privately=True)),
    ],
)
def test_the_other_requests(text: str, expected: object) -> None:
    assert parse_export(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("step 2", "Which workflow?"),
        ("workflows checkout", "/flow-export info checkout"),
        ("info", "Which workflow?"),
        ("checkout last-7d", "Which step of checkout?"),
        ("checkout step", "must be a number from 1 to 100, such as `step 2`."),
        ("checkout step 0", '"0" is none.'),
        ("checkout step too", '"too" is none.'),
        ("checkout step 2 limit 0", "The limit must be a number"),
        ("checkout step 2 limit ²", "The limit must be a number"),
        ("checkout step 2 export pdf", 'I didn\'t understand "pdf"'),
        ("checkout step 2 export", "csv or xlsx"),
        ("checkout step 2 xlxs", 'Did you mean "xlsx"?'),
        ("checkout step 2 csv xlsx", 'One format at a time: this has "csv" and "xlsx".'),
        ("checkout source counts", "One kind of data at a time"),
        ("checkout step 2 action a action b", 'this has "a" and "b"'),
        ("checkout stpe 2", 'Did you mean "step"? If it belongs to the name'),
        ("checkout step 2 counts", "Either step 2 or counts"),
        ("checkout step 2 action", "After action comes at least one value"),
        ("checkout step 2 path xlsx", "After path comes at least one value"),
        ("checkout counts limit 5", "know only a period"),
        (
            "checkout chart limit 5",
            "The chart's figures know only a period, an action, a label and a format",
        ),
        ("checkout source path a", "A path goes with a step"),
        ("checkout step 2 total", "total goes with source"),
        ("checkout source goal", "goal goes with a step"),
        ("checkout step 2 basic", "basic goes with show"),
        ("checkout privately step 2", "Put privately at the end"),
        ("checkout step 2 last-900d", "900 days"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, part: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_export(text)
    assert part in str(caught.value)


ODD = ["any", "goal", "step", "last-7d", "info", ">", "two words", "ada@example.com", "7"]
VALUES = st.text("abAZ09-_./:%é", min_size=1, max_size=12) | st.sampled_from(ODD)
QUESTIONS = st.builds(
    ExportQuestion,
    workflow=VALUES,
    data=st.just(STEP),
    step=st.integers(1, 100),
    period=st.sampled_from(["last-7d", "ytd", "2026-01-01..2026-03-31", "2026-01-05"]),
    export=st.sampled_from(TABLE_FORMATS),
    limit=st.none() | st.integers(1, 100_000_000),
    goal=st.booleans(),
    actions=st.lists(VALUES, max_size=3).map(tuple),
    labels=st.lists(VALUES, max_size=3).map(tuple),
    path=st.lists(st.lists(VALUES, max_size=2).map(tuple), min_size=2, max_size=3).map(tuple),
)


@given(QUESTIONS)
def test_a_question_in_words_asks_the_same_again(question: ExportQuestion) -> None:
    again = parse_export(export_words(question))
    assert again == Ask(question)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("checkout source show basic total", "checkout source total last-7d show basic"),
        ("checkout counts ytd", "checkout counts ytd"),
        ("checkout chart ytd xlsx", "checkout chart ytd xlsx"),
        ('"info" step 1 path "any" &gt; any', '"info" step 1 last-7d csv path "any" > any'),
    ],
)
def test_a_question_is_said_as_it_can_be_typed(text: str, words: str) -> None:
    asked = parse_export(text)
    assert isinstance(asked, Ask)
    assert export_words(asked.question) == words


@given(QUESTIONS)
def test_a_question_survives_json(question: ExportQuestion) -> None:
    assert decode(ExportQuestion, loads(dumps(encode(question)))) == question
