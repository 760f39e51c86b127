from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.slack.messages import Answer
from bot.webinars.model import Event, Host, Phase
from bot.webinars.rendering.event_words import when_words
from bot.webinars.rendering.events import event_card, event_list
from tests.slack.checks import all_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, ZONE, vendor_text
from tests.webinars.rendering.samples import EVENT, ODD, PAST

EDGE = replace(EVENT, starts_at=datetime(1, 1, 1, tzinfo=UTC), when="0001-01-01")


def shown(answer: Answer) -> str:
    return str(as_json(answer))


def titles(answer: Answer) -> list[str]:
    table = next(each for each in answer.message.blocks if each["type"] == "data_table")
    return [row[1]["text"] for row in table["rows"][1:]]


def test_events_are_a_table_with_a_button_for_each_of_a_few() -> None:
    rendered = event_list([ODD, EVENT], replace(OCCASION, key="key-1"), which="future")
    assert as_json(rendered) == expected("event_list", rendered)
    assert all_refusals(rendered) == []


def test_a_digest_of_the_week_has_its_note_and_number() -> None:
    digest = replace(SUBSCRIPTION, note="Who moderates?")
    rendered = event_list(
        [EVENT], replace(OCCASION, asked_by="", subscription=digest), which="week"
    )
    assert as_json(rendered) == expected("event_week_digest", rendered)


@pytest.mark.parametrize(
    ("which", "order"),
    [
        ("all", ["Quarterly update", "Spring talk", "oDdOdDoDd12 (draft)"]),
        ("past", ["Quarterly update", "Spring talk", "oDdOdDoDd12 (draft)"]),
    ],
)
def test_the_next_is_first_and_of_the_past_the_latest(which: str, order: list[str]) -> None:
    assert titles(event_list([ODD, EVENT, PAST], OCCASION, which=which)) == order


@pytest.mark.parametrize(
    ("which", "text"),
    [
        ("future", "No upcoming events."),
        ("past", "No past events."),
        ("week", "No events in the next 7 days."),
    ],
)
def test_no_event_is_a_sentence(which: str, text: str) -> None:
    assert event_list([], OCCASION, which=which).message.text == text


def test_an_event_is_a_card_with_what_can_be_done() -> None:
    rendered = event_card(EVENT, OCCASION, phase=Phase.TO_COME)
    assert as_json(rendered) == expected("event_card", rendered)
    assert all_refusals(rendered) == []


def test_the_public_card_has_no_buttons() -> None:
    text = shown(event_card(EVENT, OCCASION, phase=Phase.TO_COME, public=True))
    assert "As everybody can see it" in text
    assert "actions" not in text


@pytest.mark.parametrize(
    ("phase", "label"),
    [
        (Phase.TO_COME, "Register someone"),
        (Phase.RUNNING, "Registrants"),
        (Phase.OVER, "Summary"),
    ],
)
def test_the_first_button_is_what_is_wanted_then(phase: Phase, label: str) -> None:
    buttons = event_card(PAST, OCCASION, phase=phase).message.blocks[-2]
    assert buttons["elements"][0]["text"]["text"] == label


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (EVENT, "Fri 4 Dec, 15:00"),
        (ODD, "soon, perhaps"),
        (EDGE, "0001-01-01"),
        (replace(EDGE, when=""), "no date"),
    ],
    ids=["readable", "the vendor's words", "no real date", "nothing"],
)
def test_when_an_event_begins(event: Event, words: str) -> None:
    assert when_words(event, ZONE) == words
    assert all_refusals(event_card(event, OCCASION, phase=Phase.OVER)) == []


def test_more_than_a_day_of_hours_is_no_end() -> None:
    card = event_card(replace(EVENT, duration=45.0), OCCASION, phase=Phase.TO_COME)
    assert card.message.text == "Quarterly update: Fri 4 Dec, 15:00."
    assert "45 (unit unknown)" in shown(card)


def test_the_hosts_own_time_stands_beside_the_reader_s() -> None:
    away = replace(
        EVENT,
        starts_at=datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")),
        timezone="America/New_York",
    )
    assert "In New York time: Sun 1 Nov, 01:30" in shown(
        event_card(away, OCCASION, phase=Phase.OVER)
    )


def test_no_host_s_address_is_shown_in_a_channel() -> None:
    assert "@example.com" not in shown(event_card(EVENT, OCCASION, phase=Phase.OVER))


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    texts: dict[str, Any] = {"description": other, "when": one, "timezone": other}
    event = Event(
        token="t" * 11,
        title=one,
        **texts,
        hosts=(Host(other), Host(one, role=5)),
        analytics=((one, other),),
        questions=(one, other),
    )
    assert (
        all_refusals(event_card(event, replace(OCCASION, asked_by=other), phase=Phase.RUNNING))
        == []
    )
    many = [replace(event, token=f"{number:011}") for number in range(200)]
    assert all_refusals(event_list(many, OCCASION, which="all")) == []
