import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.errors import UserError
from bot.fieldreports.core.command import analytics_words, parse_analytics
from bot.fieldreports.question import BY_FIELD, FIGURES, AnalyticsQuestion

ALL_CHANNELS = AnalyticsQuestion("", "channels")


def about(channel: str, figure: str = "summary", period: str = "last-30d", **more: str) -> object:
    return Ask(AnalyticsQuestion(channel, figure, period, **more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Site reports", about("Site reports")),
        ("501 over-time last-7d", about("501", "over-time", "last-7d")),
        ("site over time ytd", about("site", "over-time", "ytd")),
        ("site by state export xlsx", about("site", "by-state", export="xlsx")),
        ('site by-field "Severity"', about("site", BY_FIELD, field="Severity")),
        (
            "Site reports by field How bad was it? last month csv",
            about("Site reports", BY_FIELD, "last-month", field="How bad was it?", export="csv"),
        ),
        ("site awareness export csv", about("site", "awareness", export="csv")),
        ('"Heatmap" heatmap', about("Heatmap", "heatmap")),
        ("", Help()),
        ("help by-field", Help()),
        ("channels", Ask(ALL_CHANNELS)),
        ("channels privately", Ask(ALL_CHANNELS, privately=True)),
        ("fields Site reports", Ask(AnalyticsQuestion("Site reports", "fields"))),
        ("form", OpenForm()),
        ("form Site reports", OpenForm("Site reports")),
    ],
)
def test_what_may_be_asked_of_field_reports(text: str, expected: object) -> None:
    assert parse_analytics(text) == expected


def test_an_answer_may_be_for_the_asker_alone() -> None:
    asked = parse_analytics("site reads privately")
    assert asked == Ask(AnalyticsQuestion("site", "reads", "last-30d"), privately=True)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("over-time last-7d", "Which channel? Begin with its name or number"),
        ("site by-stat", 'Did you mean "by-state"?'),
        ('site "x" by-stat', 'I didn\'t understand "x"'),
        ("site by-user by-state", 'One figure at a time: this has "by-user" and "by-state".'),
        ("site by-user by-field Severity", "One figure at a time: this has by-user and by-field."),
        ("site reads last-7d ytd", "One period at a time"),
        ("channels site", "/flow-analytics site summary"),
        ("fields", "Which channel?"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, part: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_analytics(text)
    assert part in str(caught.value)


NAMES = st.text("abZ09-_./é", min_size=1, max_size=12) | st.sampled_from(
    ["channels", "by state", "over-time", "last 7 days", "Site reports"]
)
QUESTIONS = st.builds(
    AnalyticsQuestion,
    NAMES,
    st.sampled_from([each for each in FIGURES if each != BY_FIELD]),
    st.sampled_from(["last-7d", "ytd", "2026-01-01..2026-03-31"]),
    export=st.sampled_from(["", "csv", "xlsx"]),
) | st.builds(AnalyticsQuestion, NAMES, st.just(BY_FIELD), st.just("ytd"), NAMES)


@given(QUESTIONS)
def test_a_question_in_words_asks_the_same_again(question: AnalyticsQuestion) -> None:
    assert parse_analytics(analytics_words(question)) == Ask(question)
