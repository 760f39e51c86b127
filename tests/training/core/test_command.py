import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Ask, Help, OpenForm, tokens
from bot.errors import UserError
from bot.training.core.command import AssignFlow, ForgetName, ListNames, NameFlow, parse_report
from bot.training.core.options import OPTIONS
from bot.training.question import ReportQuestion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("onboarding", ReportQuestion("onboarding")),
        ("onboarding last-30d", ReportQuestion("onboarding", period="last-30d")),
        ("flow_123abc LAST MONTH", ReportQuestion("flow_123abc", period="last-month")),
        ("onboarding overdue detailed", ReportQuestion("onboarding", "", "overdue", detailed=True)),
        (
            "onboarding this-quarter by week",
            ReportQuestion("onboarding", period="this-quarter", by="week"),
        ),
        ("onboarding by weeks", ReportQuestion("onboarding", by="week")),
        ("onboarding export xlsx", ReportQuestion("onboarding", export="xlsx")),
        ("onboarding export excel", ReportQuestion("onboarding", export="xlsx")),
        ("onboarding xls", ReportQuestion("onboarding", export="xlsx")),
        ("onboarding pdf overdue", ReportQuestion("onboarding", status="overdue", export="pdf")),
        ("onboarding in-progress", ReportQuestion("onboarding", status="in_progress")),
        ("onboarding in_progress", ReportQuestion("onboarding", status="in_progress")),
        ("onboarding in progress", ReportQuestion("onboarding", status="in_progress")),
        ('onboarding "in progress"', ReportQuestion("onboarding", status="in_progress")),
        ("onboarding overdue overdue", ReportQuestion("onboarding", status="overdue")),
        (
            '"Ladder Safety" 2026-01-01..2026-03-31',
            ReportQuestion("Ladder Safety", period="2026-01-01..2026-03-31"),
        ),
        (
            "Ladder Safety 2026-01-01 to 2026-03-31 csv",
            ReportQuestion("Ladder Safety", period="2026-01-01..2026-03-31", export="csv"),
        ),
        ("Safety Report pending", ReportQuestion("Safety Report", status="pending")),
        ('"overdue"', ReportQuestion("overdue")),
        ("<!channel> *x*", ReportQuestion("@channel *x*")),
        ("onboarding, overdue!", ReportQuestion("onboarding", status="overdue")),
        ("onboarding late", ReportQuestion("onboarding", status="overdue")),
        ("onboarding not started", ReportQuestion("onboarding", status="pending")),
        ("onboarding unfinished", ReportQuestion("onboarding", status="not_completed")),
        ("onboarding not_completed", ReportQuestion("onboarding", status="not_completed")),
        (
            "onboarding done in november please",
            ReportQuestion("onboarding", "november", "completed"),
        ),
        ("who is overdue in onboarding?", ReportQuestion("onboarding?", status="overdue")),
        (
            "who was late in onboarding since monday",
            ReportQuestion("onboarding", "since-monday", "overdue"),
        ),
        ("show me overdue", ReportQuestion("all", status="overdue")),
        ("overdue", ReportQuestion("all", status="overdue")),
        ("all overdue", ReportQuestion("all", status="overdue")),
        ("last 30 days", ReportQuestion("all", period="last-30d")),
        ("onboarding export xlsx raw", ReportQuestion("onboarding", export="xlsx", raw=True)),
        ("onboarding raw", ReportQuestion("onboarding", export="xlsx", raw=True)),
        ("Late shift", ReportQuestion("Late shift")),
        ("Open house november", ReportQuestion("Open house", period="november")),
        ("May updates", ReportQuestion("May updates")),
        ("Data in motion Q4", ReportQuestion("Data in motion", period="q4")),
    ],
)
def test_a_question_may_have_its_words_in_any_order(text: str, expected: ReportQuestion) -> None:
    assert parse_report(text) == Ask(expected)


def test_privately_stands_at_the_end() -> None:
    expected = ReportQuestion("onboarding", "last-month", "completed", export="csv")
    found = parse_report("onboarding completed last-month export csv privately")
    assert found == Ask(expected, privately=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Help()),
        ("privately", Help()),
        ("Help export", Help()),
        ("names", ListNames()),
        ("name onboarding flow_123abc", NameFlow("onboarding", "flow_123abc")),
        ("name Ladder Safety flow_1", NameFlow("Ladder Safety", "flow_1")),
        ("unname Ladder Safety", ForgetName("Ladder Safety")),
        ("assign", OpenForm("", "assign_training")),
        ("assign Ladder Safety", OpenForm("Ladder Safety", "assign_training")),
        ("assign onboarding <@U1|ada>", AssignFlow("onboarding", user="U1")),
        (
            "assign onboarding <@U1> due 2026-12-01 priority high",
            AssignFlow("onboarding", user="U1", due="2026-12-01", priority="high"),
        ),
        (
            "assign Ladder Safety to a@b.example high due in 3 days",
            AssignFlow("Ladder Safety", email="a@b.example", due="in-3-days", priority="high"),
        ),
        (
            "assign onboarding <@U1> low priority due on tomorrow",
            AssignFlow("onboarding", user="U1", due="tomorrow", priority="low"),
        ),
    ],
)
def test_the_other_requests_are_understood(text: str, expected: object) -> None:
    assert parse_report(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("onboarding overdu", 'I didn\'t understand "overdu". Did you mean "overdue"?'),
        ("onboarding overdu", 'put the name in quotation marks: "onboarding overdu"'),
        ("onboarding xlxs", 'Did you mean "xlsx"?'),
        ("onboarding last", 'Did you mean "last-30d"?'),
        ("onboarding overdue foo", 'I didn\'t understand "foo". Shall I leave it out?'),
        ("onboarding overdue pendign", 'Did you mean "pending"?'),
        ("onboarding 2026-02-30", 'There is no day "2026-02-30"'),
        ("onboarding pending completed", 'One status at a time: this has "pending"'),
        ("onboarding csv pdf", "One format at a time"),
        ("onboarding by day by week", "One grain at a time"),
        ("onboarding today ytd", "One period at a time"),
        ("onboarding by", "After by comes day, week, month, quarter or year"),
        ("onboarding by wek", 'Did you mean "week"?'),
        ("onboarding export", "After export comes csv, xlsx or pdf"),
        ("onboarding export exel", 'Did you mean "excel"?'),
        ("onboarding privately overdue", "Put privately at the end"),
        ("onboarding <@U1>", "/flow-report assign onboarding @ada"),
        ("onboarding a@b.example", "about a flow, not a person"),
        ("onboarding <#C1|general>", "Leave out the channel"),
        ("names onboarding", "names stands alone"),
        ("name onboarding", "Give a name and then the flow's id"),
        ("name Ladder Safety", "Give a name and then the flow's id"),
        ("name overdue flow_1", '"overdue training" would work'),
        ("name names flow_1", "is a word of this command"),
        ("name flow_1 flow_2", "Put the name first"),
        ("unname", "Which name shall I forget?"),
        ("assign onboarding @ada", "Who should get it? @mention someone or give an e-mail"),
        ("assign onboarding <@U1> <@U2>", "One person at a time"),
        ("assign <@U1> onboarding", "Which flow? It comes before the person"),
        ("assign onboarding <@U1> hgh", 'Did you mean "high"?'),
        ("assign onboarding <@U1> due 2026-02-30", "There is no day"),
        ("assign onboarding <@U1> due friday", "Write dates as 2026-01-31"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_report(text)
    assert says in str(caught.value)


def test_options_are_told_from_other_words() -> None:
    assert OPTIONS.begin(tokens("in progress"))
    assert OPTIONS.begin(tokens("last 30 days"))
    assert not OPTIONS.begin(tokens("onboarding"))
    assert not OPTIONS.begin(())


WORDS = st.sampled_from(
    [
        "onboarding",
        "overdue",
        "in",
        "progress",
        "last",
        "30",
        "days",
        "by",
        "week",
        "export",
        "csv",
        "xlsx",
        "privately",
        '"Ladder',
        'Safety"',
        "2026-01-01",
        "..",
        "2026-99-99",
        "<@U1|ada>",
        "a@b.example",
        "assign",
        "due",
        "priority",
        "high",
        "name",
        "names",
        "unname",
        "flow_1",
        "help",
        "detailed",
        "<#C1>",
        "ytd",
        "to",
        "&lt;",
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_text_is_a_request_or_a_user_error(text: str) -> None:
    try:
        found = parse_report(text)
    except UserError:
        return
    assert isinstance(found, Help | OpenForm | Ask | NameFlow | ForgetName | ListNames | AssignFlow)
    if isinstance(found, Ask):
        assert found.question.flow


def test_a_word_that_is_hardly_like_an_option_is_not_taken_for_one() -> None:
    with pytest.raises(UserError, match=r'"once"\. Shall I leave it out\?'):
        parse_report("onboarding overdue at once")
