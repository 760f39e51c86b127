"""Names that are words of the commands, or worse: in quotation marks every one can be typed."""

from collections.abc import Callable
from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Ask, OpenForm
from bot.cli.features import kinds_of
from bot.digests.core.command import parse_flow
from bot.digests.core.subscribe import Subscribe
from bot.fieldreports.core import command as analytics_arguments
from bot.fieldreports.core.command import parse_analytics
from bot.fieldreports.question import AnalyticsQuestion
from bot.runs.core import summary_options as run_questions
from bot.runs.core.command import StartFlow, WatchFlow, parse_run
from bot.runs.question import RunsQuestion
from bot.training.core.command import SUBCOMMANDS, parse_report
from bot.training.core.options import RESERVED
from bot.training.question import ReportQuestion
from bot.webinars.core.command import AskEvents, OpenRegister, parse_events
from bot.webinars.question import EVENT_VIEWS, EventsQuestion
from bot.workflows.core import command as export_arguments
from bot.workflows.core.command import parse_export
from bot.workflows.question import ExportQuestion

PHRASES = ("step 2 last week", "summary last-7d", "future", "by-field Kind", "export csv", "all")
WORDS = sorted(
    {
        *PHRASES,
        *SUBCOMMANDS,
        *RESERVED,
        *EVENT_VIEWS,
        *export_arguments.SUBCOMMANDS,
        *export_arguments.OPTIONS.words,
        *analytics_arguments.SUBCOMMANDS,
        *analytics_arguments.OPTIONS.words,
        *run_questions.OPTIONS.words,
        *("list", "status", "cancel", "watch", "watches", "start", "help", "note", "daily"),
    }
)


@pytest.mark.parametrize("name", WORDS)
def test_a_name_in_quotation_marks_is_never_a_word_of_the_command(name: str) -> None:
    shown, week = f'"{name}"', "last-7d"
    step = ExportQuestion(name, step=1, period=week)

    assert parse_report(f"{shown} overdue") == Ask(ReportQuestion(name, status="overdue"))
    assert parse_export(f"{shown} step 1 {week}") == Ask(step)
    assert parse_export(shown) == OpenForm(name)
    assert parse_export(f"form {shown}") == OpenForm(name)
    assert parse_analytics(f"{shown} {week}") == Ask(AnalyticsQuestion(name, period=week))
    assert parse_events(f"info {shown}") == AskEvents(EventsQuestion("info", name))
    assert parse_events(f"register {shown}") == OpenRegister(name)
    assert parse_run(shown) == StartFlow(name)
    assert parse_run(f"watch {shown}") == WatchFlow(name)
    assert parse_run(f"summary {shown}") == Ask(RunsQuestion(name))


@pytest.mark.parametrize("name", WORDS)
def test_a_digest_of_such_a_name_can_be_ordered(name: str) -> None:
    for about in (
        ExportQuestion(name, step=1, period="last-7d"),
        EventsQuestion("summary", name),
        AnalyticsQuestion(name, period="last-7d"),
        RunsQuestion(name),
    ):
        ordered = parse_flow(f"subscribe {KINDS.of(about).order_words(about)} weekdays 9:00", KINDS)
        assert isinstance(ordered, Subscribe)
        assert ordered.question == about


KINDS = kinds_of()
PARSERS: dict[str, Callable[[str], object]] = {
    "/flow-export": parse_export,
    "/flow-events": parse_events,
    "/flow-analytics": parse_analytics,
    "/flow-run": parse_run,
}
NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='"“”„«»<>&'), min_size=1
).map(partial(normalize, "NFC"))


@given(NAMES)
def test_the_words_of_a_question_ask_it_again_whatever_its_name(name: str) -> None:
    for about in (
        ExportQuestion(name, step=1, period="last-7d"),
        ExportQuestion(name, data="info", export=""),
        EventsQuestion("summary", name),
        AnalyticsQuestion(name, period="last-7d"),
        AnalyticsQuestion(name, "fields"),
        RunsQuestion(name),
        RunsQuestion(which="failed"),
    ):
        command, _, text = KINDS.of(about).command_words(about).partition(" ")
        wish = PARSERS[command](text)
        assert getattr(wish, "question", None) == about, text
