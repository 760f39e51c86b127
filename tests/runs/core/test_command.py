from typing import get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.core.finder import Choice
from bot.errors import UserError
from bot.runs.core.command import (
    FLOWS,
    CancelRun,
    ListWatches,
    RunRequest,
    ShowRun,
    StartFlow,
    UnwatchFlow,
    WatchFlow,
    parse_run,
)
from bot.runs.core.watching import DEFAULT_CONDITIONS, Condition
from bot.runs.question import RunsQuestion

REQUESTS = tuple(get_origin(each) or each for each in get_args(RunRequest))
FAILED = (Condition.FAILED,)
BOTH = (Condition.FINISHED, Condition.FAILED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", OpenForm()),
        ("help watch", Help()),
        ("Monthly Invoices", StartFlow("Monthly Invoices")),
        ('"List of guests"', StartFlow("List of guests")),
        ("start list of guests", StartFlow("list of guests")),
        ("status 3f2a9c1b", ShowRun("3f2a9c1b")),
        ("status #3f2a privately", ShowRun("3f2a", privately=True)),
        ("list", Ask(RunsQuestion(which="running"))),
        ("status", Ask(RunsQuestion(which="latest"))),
        ("list latest", Ask(RunsQuestion(which="latest"))),
        ("what is running?", Ask(RunsQuestion(which="running"))),
        ("failed", Ask(RunsQuestion(which="failed"))),
        ("recent runs privately", Ask(RunsQuestion(which="latest"), privately=True)),
        ("list Failed", Ask(RunsQuestion(which="failed"))),
        ("list today privately", Ask(RunsQuestion(which="today"), privately=True)),
        ("list errors", Ask(RunsQuestion(which="failed"))),
        ("list failed xlsx", Ask(RunsQuestion(which="failed", export="xlsx"))),
        ("list export csv", Ask(RunsQuestion(which="running", export="csv"))),
        ("summary", Ask(RunsQuestion())),
        ("summary invoices yesterday", Ask(RunsQuestion("invoices", period="yesterday"))),
        ('summary "all" csv', Ask(RunsQuestion("all", export="csv"))),
        ("list watches", ListWatches()),
        ("watches privately", ListWatches(privately=True)),
        ("cancel 3f2a9c1b-77d0", CancelRun("3f2a9c1b-77d0")),
        ("unwatch invoices", UnwatchFlow("invoices")),
        ("unwatch all", UnwatchFlow()),
        ("watch invoices", WatchFlow("invoices")),
        ("watch all", WatchFlow("", DEFAULT_CONDITIONS)),
        ("watch all failed", WatchFlow("", FAILED)),
        ('watch all !"*test*" failed', WatchFlow("", FAILED, ("!*test*",))),
        ("watch all without flows *test*", WatchFlow("", parts=("!*test*",))),
        ('watch only flows "inv*" and travel*', WatchFlow("", parts=("inv*", "travel*"))),
        ("watch inv*", WatchFlow("", parts=("inv*",))),
        ('watch "all" failed', WatchFlow("all", FAILED)),
        ("watch Monthly Invoices finished failed", WatchFlow("Monthly Invoices", BOTH)),
        ("watch invoices failed,done", WatchFlow("invoices", BOTH)),
        ("watch invoices failed , done", WatchFlow("invoices", BOTH)),
        ("watch invoices failed and finished", WatchFlow("invoices", BOTH)),
        ("watch invoices needs input", WatchFlow("invoices", (Condition.NEEDS_INPUT,))),
        ('watch "Letters failed" failed', WatchFlow("Letters failed", FAILED)),
        ('watch daily "failed"', WatchFlow("daily failed")),
        ("watch Salt and", WatchFlow("Salt and")),
        ("watch and failed", WatchFlow("and", FAILED)),
    ],
)
def test_requests_are_understood(text: str, expected: RunRequest) -> None:
    assert parse_run(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("invoices privately", "Leave out privately"),
        ("cancel 3f2a9 privately", "Leave out privately"),
        ("start", "Which flow?"),
        ("unwatch", "Which flow?"),
        ("status 3f2", '"3f2" is not a run\'s id'),
        ("cancel 3f2a9 4f2a9", '"3f2a9 4f2a9" is not a run\'s id'),
        ("list runing", 'Did you mean "running"?'),
        ("list failed today", 'I didn\'t understand "today"'),
        ("watches all", "Nothing follows watches"),
        ("watch", "`/flow-run watch all`. You can add"),
        ("watch failed", "`/flow-run watch all failed`."),
        ("watch invoices finishd", 'Did you mean "finished"?'),
        ("watch needs input", "`/flow-run watch all needs input`."),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_run(text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("invoises", 'Did you mean "Invoices"?'),
        ("statsu 3f2a", 'Did you mean "status"?'),
        ("xyz", 'called "xyz".'),
        ("", 'called "".'),
    ],
)
def test_a_flow_that_is_not_there_is_met_with_the_nearest(typed: str, says: str) -> None:
    known = [Choice("1", "Invoices"), Choice("2", "Letters")]
    assert says in str(FLOWS.unknown(typed, known))


WORDS = st.sampled_from(
    [
        "list",
        "status",
        "cancel",
        "watch",
        "unwatch",
        "watches",
        "start",
        "all",
        "failed",
        "needs",
        "input",
        "needs-input",
        "and",
        ",",
        "stuck,",
        "3f2a9c1b",
        "today",
        '"a',
        'b"',
        "privately",
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_text_is_a_request_or_a_user_error(text: str) -> None:
    try:
        found = parse_run(text)
    except UserError:
        return
    assert isinstance(found, REQUESTS)


def test_status_alone_is_a_look_at_the_latest_runs() -> None:
    assert parse_run("status") == Ask(RunsQuestion(which="latest"))
    assert parse_run("status privately") == Ask(RunsQuestion(which="latest"), privately=True)
