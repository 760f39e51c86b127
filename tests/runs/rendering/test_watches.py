from datetime import UTC, datetime

import pytest

from bot.asking.rendering.offers import Offer
from bot.asking.rendering.presses import press_of
from bot.runs.core.watching import DEFAULT_CONDITIONS, Condition
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.watches import WatchLine, not_watched, unwatched, watch_list, watching
from tests.runs.rendering.samples import words, wrong
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL

INVOICES = WatchLine("Monthly invoices", DEFAULT_CONDITIONS, "Ada", id="flow-1")
ALL = WatchLine("", (Condition.FAILED,))
ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_watch_says_what_it_tells_of_and_how_to_end_it() -> None:
    rendered = watching(INVOICES, own_only=False)
    assert as_json(rendered) == expected("run_watching", rendered)


def test_a_watch_of_all_with_one_condition_reads_well() -> None:
    assert watching(ALL, own_only=False).text == ("I'll post here when any flow fails.")


def test_a_watch_says_when_the_key_sees_only_its_own_runs() -> None:
    assert OWN_ONLY in watching(ALL, own_only=True).text
    assert OWN_ONLY in words(watching(ALL, own_only=True))


@pytest.mark.parametrize("watched", [INVOICES, ALL])
def test_an_ended_watch_can_be_had_again(watched: WatchLine) -> None:
    [again] = unwatched(watched).blocks[-1]["elements"]
    assert again["text"]["text"] == "Watch again"
    wanted = press_of(again["value"])
    assert isinstance(wanted, Offer)
    assert (wanted.job, wanted.details["conditions"]) == ("watch_flow", list(watched.conditions))


def test_what_is_not_watched_cannot_be_ended() -> None:
    told = not_watched("Letters", near=["Letter"])
    assert told.text == 'This channel doesn\'t watch "Letters". Did you mean "Letter"?'
    buttons = [each["text"]["text"] for each in told.blocks[-1]["elements"]]
    assert buttons == ["Stop Letter", "All watches here"]


def test_the_watches_of_a_channel_are_listed() -> None:
    answer = watch_list([INVOICES, ALL], own_only=True, zone=ZONE, now=NOW)
    assert as_json(answer) == expected("run_watches", answer)


def test_without_a_watch_the_list_shows_how_to_begin() -> None:
    nothing = watch_list([], own_only=False, zone=ZONE, now=NOW).message
    assert nothing.text == "This channel watches no flow."
    assert nothing.blocks[-1]["elements"][0]["text"]["text"] == "Watch all flows"


def test_many_and_evil_watches_are_text_within_the_limits() -> None:
    evil = WatchLine(EVIL, tuple(Condition), EVIL)
    nameless = WatchLine(" ", (Condition.STUCK,))
    answers = [
        watch_list([each] * 500, own_only=False, zone=ZONE, now=NOW) for each in (evil, nameless)
    ]
    messages = [watching(evil, own_only=True), unwatched(evil), not_watched(EVIL)]
    several = watch_list([INVOICES, ALL], own_only=True, zone=ZONE, now=NOW)
    assert wrong(*answers, *messages, several) == []
