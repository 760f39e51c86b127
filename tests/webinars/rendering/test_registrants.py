from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bot.webinars.core.attendance import attendance, curve
from bot.webinars.model import Phase, Registrant
from bot.webinars.rendering.registrants import registrants_answer, registrations_answer
from tests.slack.checks import all_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, ZONE, vendor_text
from tests.webinars.rendering.samples import EVENT, LOOKS, PAST, REGISTRANTS

SUMS = attendance(REGISTRANTS)
EN_DASH = "\N{EN DASH}"
"""What stands for an empty text; a person takes it for a minus."""
DIGEST = replace(OCCASION, asked_by="", subscription=replace(SUBSCRIPTION, note="Bring cake"))


def test_registrants_are_counts_attendance_and_everybody() -> None:
    occasion = replace(OCCASION, key="key-1")
    rendered = registrants_answer(
        PAST, REGISTRANTS, SUMS, occasion, phase=Phase.OVER, personal=True
    )
    assert as_json(rendered) == expected("registrants", rendered)
    assert all_refusals(rendered) == []


@pytest.mark.parametrize(
    ("phase", "registrants", "text"),
    [
        (Phase.TO_COME, REGISTRANTS[2:3], "1 registered."),
        (Phase.TO_COME, (), "0 registered."),
        (Phase.RUNNING, REGISTRANTS, "3 registered, 2 came so far, 1 not yet."),
        (Phase.OVER, REGISTRANTS[2:3], "1 registered, 0 attended (0%), 1 no-show."),
        (
            Phase.OVER,
            REGISTRANTS,
            (
                "3 registered, 2 attended (67%), 1 no-show. They stayed 25.5 "
                "minutes on average, half of them longer than 25.5."
            ),
        ),
    ],
    ids=["to come", "nobody", "running", "held without anybody", "held"],
)
def test_what_is_said_depends_on_where_the_event_is_in_its_life(
    phase: Phase, registrants: tuple[Registrant, ...], text: str
) -> None:
    sums = attendance(registrants)
    rendered = registrants_answer(PAST, registrants, sums, OCCASION, phase=phase, personal=False)
    assert rendered.message.text == f"Spring talk: {text}"
    assert all_refusals(rendered) == []


def test_registrations_grow_along_a_curve() -> None:
    sums = replace(SUMS, registered=21, attended=0)
    rendered = registrations_answer(EVENT, sums, curve(LOOKS, ZONE), DIGEST, phase=Phase.TO_COME)
    assert as_json(rendered) == expected("registrations", rendered)
    assert all_refusals(rendered) == []


def test_the_first_look_says_that_there_is_no_curve_yet() -> None:
    rendered = registrations_answer(
        EVENT, SUMS, curve(LOOKS[:1], ZONE), OCCASION, phase=Phase.TO_COME
    )
    assert rendered.message.text == "Quarterly update: 3 registrations so far."
    assert "this is the first" in str(rendered.message.blocks)
    assert EN_DASH not in str(rendered.message.blocks)
    assert all_refusals(rendered) == []


@pytest.mark.parametrize(
    ("entered", "read", "shown"),
    [
        ("2026-11-20T09:02:00Z", datetime(2026, 11, 20, 9, 2, tzinfo=UTC), "2026-11-20 10:02"),
        ("20 Nov 2026, 10:02", None, "20 Nov 2026, 10:02"),
        ("0000-00-00 00:00:00", None, "\N{EN DASH}"),
    ],
    ids=["in the reader's zone", "the vendor's words", "never"],
)
def test_a_time_of_entry_is_shown_as_well_as_it_can_be_read(
    entered: str, read: datetime | None, shown: str
) -> None:
    person = replace(REGISTRANTS[0], entered=entered, entered_at=read)
    sums = attendance([person])
    rendered = registrants_answer(PAST, [person], sums, OCCASION, phase=Phase.OVER, personal=True)
    [table] = [each for each in rendered.message.blocks if each["type"] == "data_table"]
    assert table["rows"][1][6]["text"] == shown


def test_before_an_event_nothing_is_said_of_who_came() -> None:
    people = REGISTRANTS[2:3]
    asked = (EVENT, people, attendance(people), OCCASION)
    rendered = registrants_answer(*asked, phase=Phase.TO_COME, personal=True)
    [table] = [each for each in rendered.message.blocks if each["type"] == "data_table"]
    assert [cell["text"] for cell in table["rows"][0]] == ["Person", "E-mail", "Phone", "Role"]


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    event = replace(PAST, title=one)
    person = Registrant(other, one, other, phone=one, location=other, attended=True)
    many = [person] * 200
    found = registrants_answer(
        event, many, attendance(many), OCCASION, phase=Phase.OVER, personal=True
    )
    assert all_refusals(found) == []
    grown = registrations_answer(event, SUMS, curve(LOOKS, ZONE), OCCASION, phase=Phase.OVER)
    assert all_refusals(grown) == []
