import pytest

from bot.runs.core.watching import DEFAULT_CONDITIONS, Condition
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.watches import WatchLine, not_watched, unwatched, watch_list, watching
from tests.runs.rendering.samples import words, wrong
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL

INVOICES = WatchLine("Monthly invoices", DEFAULT_CONDITIONS, "Ada")
ALL = WatchLine("", (Condition.FAILED,))


def test_a_watch_says_what_it_tells_of_and_how_to_end_it() -> None:
    rendered = watching(INVOICES, own_only=False)
    assert as_json(rendered) == expected("run_watching", rendered)


def test_a_watch_of_all_with_one_condition_reads_well() -> None:
    assert watching(ALL, own_only=False).text == (
        "This channel watches all flows and tells when a run fails."
    )


def test_a_watch_says_when_the_key_sees_only_its_own_runs() -> None:
    assert OWN_ONLY in watching(ALL, own_only=True).text
    assert OWN_ONLY in words(watching(ALL, own_only=True))


@pytest.mark.parametrize(
    ("watched", "again"),
    [
        (INVOICES, '/flow-run watch "Monthly invoices" finished failed needs-input stuck'),
        (ALL, "/flow-run watch all failed"),
    ],
)
def test_an_ended_watch_says_how_to_have_it_again(watched: WatchLine, again: str) -> None:
    assert unwatched(watched).text.endswith(f"To have it again: {again}")


def test_what_is_not_watched_cannot_be_ended() -> None:
    assert not_watched("Letters").text == (
        'This channel does not watch "Letters". What it watches: /flow-run watches'
    )


def test_the_watches_of_a_channel_are_listed() -> None:
    answer = watch_list([INVOICES, ALL], own_only=True)
    assert as_json(answer) == expected("run_watches", answer)


def test_without_a_watch_the_list_shows_how_to_begin() -> None:
    assert watch_list([], own_only=False).message.text == (
        "This channel watches no flow. To watch one: /flow-run watch invoices failed needs-input"
    )


def test_many_and_evil_watches_are_text_within_the_limits() -> None:
    evil = WatchLine(EVIL, tuple(Condition), EVIL)
    nameless = WatchLine(" ", (Condition.STUCK,))
    answers = [watch_list([each] * 500, own_only=False) for each in (evil, nameless)]
    messages = [watching(evil, own_only=True), unwatched(evil), not_watched(EVIL)]
    several = watch_list([INVOICES, ALL], own_only=True)
    assert wrong(*answers, *messages, several) == []
