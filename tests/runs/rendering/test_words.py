from dataclasses import replace
from datetime import timedelta

import pytest

from bot.runs.core.watching import RunState
from bot.runs.model import CANCELED, INTERRUPTED, WARNING, VendorRef
from bot.runs.rendering.words import (
    documents_words,
    ended_words,
    exactly,
    flow_name,
    panel,
    roughly,
    sentence_of,
    spoken,
    state_title,
    usually,
)
from tests.runs.rendering.samples import DONE, FAILED, PANEL, RUN, USUAL


@pytest.mark.parametrize(
    ("flow", "name"),
    [
        (VendorRef("flow-1", "Invoices\nand more"), "Invoices and more"),
        (VendorRef("flow-1", " "), "flow-1"),
        (VendorRef(), "A Smart Flow"),
        (VendorRef("flow-1", "x" * 200), "x" * 119 + "…"),
    ],
)
def test_a_flow_always_has_something_to_be_called(flow: VendorRef, name: str) -> None:
    assert flow_name(flow) == name


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("UserInput", "Waiting for an answer"),
        ("Warning", "Done with warnings"),
        ("Archiving", "Archiving"),
        ("", "In an unknown state"),
    ],
)
def test_a_status_is_said_in_words_and_an_unknown_one_as_it_is(status: str, title: str) -> None:
    assert state_title(status) == title


@pytest.mark.parametrize(
    ("seconds", "exact", "rough"),
    [
        (-5, "0 s", "less than a minute"),
        (59, "59 s", "less than a minute"),
        (60, "1 min", "1 min"),
        (252, "4 min 12 s", "4 min"),
        (1_000, "16 min 40 s", "15 min"),
        (4_800, "1 h 20 min", "1 h 20 min"),
        (5_399, "1 h 29 min", "1 h 20 min"),
        (97_200, "1 d 3 h", "1 d 3 h"),
        (98_000, "1 d 3 h", "1 d 3 h"),
    ],
)
def test_durations_are_exact_at_the_end_and_coarse_before(
    seconds: int, exact: str, rough: str
) -> None:
    taken = timedelta(seconds=seconds)
    assert (exactly(taken), roughly(taken)) == (exact, rough)


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (RUN, "running, 40%"),
        (replace(RUN, percentage=None), "running"),
        (DONE, "done"),
        (replace(RUN, gone=True), "removed by Smart Flows' cleanup"),
    ],
)
def test_a_run_is_said_in_a_few_words(run: RunState, said: str) -> None:
    assert spoken(run) == said


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (DONE, "is done after 4 min 12 s"),
        (replace(DONE, status=WARNING), "is done with warnings after 4 min 12 s"),
        (FAILED, "failed after 4 min 12 s"),
        (replace(DONE, status=CANCELED), "was cancelled after 4 min 12 s"),
        (replace(DONE, status=INTERRUPTED, created_at=None), "was interrupted"),
    ],
)
def test_an_end_is_said_with_its_duration(run: RunState, said: str) -> None:
    assert ended_words(run) == said


def test_what_is_usual_is_said_where_it_is_known() -> None:
    assert (usually(USUAL), usually(None)) == ("usually 3 min", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [("It broke", "It broke."), ("It broke!", "It broke!"), (" \n", "")],
)
def test_the_vendors_words_become_a_sentence(text: str, said: str) -> None:
    assert sentence_of(text) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (1, "1 document follows."), (2, "2 documents follow.")]
)
def test_what_follows_is_counted(count: int, said: str) -> None:
    assert documents_words(count) == said


@pytest.mark.parametrize(
    "url",
    ["", "http://flows.example.com", "javascript:alert(1)", "https://[", "https://x/\u202e"],
)
def test_only_a_sound_https_address_becomes_a_link(url: str) -> None:
    assert panel("Open", url) == ()


def test_the_way_to_the_panel_is_a_link() -> None:
    assert panel("Open", PANEL) == ({"type": "link", "url": PANEL, "text": "Open"},)
