import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Help
from bot.errors import UserError
from bot.webinars.core.command import (
    AskEvents,
    OpenCreate,
    OpenRegister,
    OpenSignOn,
    events_words,
    parse_events,
)
from bot.webinars.question import EVENT_LISTS, EventsQuestion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("future", EventsQuestion("future")),
        ("PAST export csv", EventsQuestion("past", export="csv")),
        ("week", EventsQuestion("week")),
        ("this week", EventsQuestion("week")),
        ("upcoming events", EventsQuestion("future")),
        ("show me upcoming webinars", EventsQuestion("future")),
        ("today", EventsQuestion("today")),
        ("events in december", EventsQuestion("all", days="december")),
        ("next week csv", EventsQuestion("all", days="next-week", export="csv")),
        ("past last month", EventsQuestion("past", days="last-month")),
        ("which webinars are on tomorrow?", EventsQuestion("all", days="tomorrow")),
        ("December update", EventsQuestion("info", "December update")),
        ('"december"', EventsQuestion("info", "december")),
        ("next", EventsQuestion("info", "next")),
        ("the next event", EventsQuestion("info", "next")),
        ("last event", EventsQuestion("summary", "last")),
        ("Quarterly update", EventsQuestion("info", "Quarterly update")),
        ("who registered for Spring talk?", EventsQuestion("registrants", "Spring talk?")),
        ("recap Spring talk", EventsQuestion("summary", "Spring talk")),
        ("operators", EventsQuestion("operators")),
        ("operators xlsx", EventsQuestion("operators", export="xlsx")),
        ("rooms", EventsQuestion("rooms")),
        ("info Quarterly update", EventsQuestion("info", "Quarterly update")),
        ("info aB3dE6gH9jK public", EventsQuestion("info", "aB3dE6gH9jK", public=True)),
        (
            "registrants Quarterly update export csv",
            EventsQuestion("registrants", "Quarterly update", export="csv"),
        ),
        ("registrations Quarterly update", EventsQuestion("registrations", "Quarterly update")),
        ('surveys "Report of surveys"', EventsQuestion("surveys", "Report of surveys")),
        ("summary Spring talk", EventsQuestion("summary", "Spring talk")),
        (
            "report Spring talk",
            EventsQuestion("report", "Spring talk", report="compiled", export="xlsx"),
        ),
        (
            "report Spring talk attendee-chat",
            EventsQuestion("report", "Spring talk", report="attendee-chat", export="csv"),
        ),
        (
            "report Spring talk operatorchat xlsx",
            EventsQuestion("report", "Spring talk", report="operator-chat", export="xlsx"),
        ),
        (
            "report Spring talk survey",
            EventsQuestion("report", "Spring talk", report="survey", export="csv"),
        ),
        (
            "report Spring talk survey How was it? xlsx",
            EventsQuestion(
                "report", "Spring talk", report="survey", survey="How was it?", export="xlsx"
            ),
        ),
    ],
)
def test_a_question_about_events(text: str, expected: EventsQuestion) -> None:
    assert parse_events(text) == AskEvents(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Help()),
        ("help report", Help()),
        ("register Quarterly update", OpenRegister("Quarterly update")),
        ("create", OpenCreate()),
        ("sign-on Open office", OpenSignOn("Open office")),
    ],
)
def test_the_other_requests(text: str, expected: object) -> None:
    assert parse_events(text) == expected


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("future", False),
        ("future privately", True),
        ("registrants Talk", True),
        ("registrants Talk here", False),
        ("operators", True),
        ("report Talk compiled", True),
        ("report Talk compiled here", False),
        ("summary Talk", False),
    ],
)
def test_personal_data_is_for_the_asker_unless_here_is_said(
    text: str,
    alone: bool,  # noqa: FBT001 - a table
) -> None:
    asked = parse_events(text)
    assert isinstance(asked, AskEvents)
    assert asked.for_the_asker_alone is alone


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("futrue", 'I didn\'t understand "futrue". Did you mean "future"?'),
        ("future banana", 'I didn\'t understand "banana"'),
        ("info", "Which event? For example: /flow-events info"),
        ("registrants", "Which event?"),
        ("registrants Talk exprot csv", 'Did you mean "export"?'),
        ("registrants Talk export pdf", "After export comes csv or xlsx."),
        ("report Talk atendee-chat", 'Did you mean "attendee-chat"?'),
        ("report Talk compiled survey", "One report at a time: this has compiled and survey."),
        ("report Talk compiled registrants", "One report at a time"),
        ("register", "Which event?"),
        ("sign-on", "Which room?"),
        ("create Talk", "the form asks for the rest"),
        ("rooms pdf", 'I didn\'t understand "pdf"'),
        ("operators here privately", "Either here, for all to see, or privately"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, part: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_events(text)
    assert part in str(caught.value)


NAMES = st.text("abZ09-_./é ", min_size=1, max_size=12).map(str.strip).filter(bool)
NAMED = NAMES.map(lambda text: " ".join(text.split())) | st.sampled_from(["export csv", "here"])
FILES = st.sampled_from(["", "csv", "xlsx"])
QUESTIONS = st.one_of(
    st.builds(EventsQuestion, st.sampled_from(EVENT_LISTS), export=FILES),
    st.builds(EventsQuestion, st.just("info"), NAMED, public=st.booleans()),
    st.builds(EventsQuestion, st.just("registrants"), NAMED, export=FILES),
    st.builds(EventsQuestion, st.sampled_from(["registrations", "surveys", "summary"]), NAMED),
    st.builds(
        EventsQuestion,
        st.just("report"),
        NAMED,
        report=st.sampled_from(["compiled", "registrants", "attendee-chat", "operator-chat"]),
        export=st.sampled_from(["csv", "xlsx"]),
    ),
    st.builds(
        EventsQuestion,
        st.just("report"),
        NAMED,
        report=st.just("survey"),
        survey=NAMED | st.just(""),
        export=st.sampled_from(["csv", "xlsx"]),
    ),
)


@given(QUESTIONS)
def test_a_question_in_words_asks_the_same_again(question: EventsQuestion) -> None:
    assert parse_events(events_words(question)) == AskEvents(question)
