from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.webinars.core.attendance import attendance, curve
from bot.webinars.model import Phase, Registrant
from bot.webinars.rendering.registrants import (
    held_lines,
    registrants_answer,
    registrations_answer,
)
from tests.slack.checks import all_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, ZONE, vendor_text
from tests.webinars.rendering.samples import EVENT, LOOKS, PAST, REGISTRANTS

SUMS = attendance(REGISTRANTS)
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
        (Phase.TO_COME, (), "nobody registered yet."),
        (Phase.RUNNING, REGISTRANTS, "2 of 3 came so far."),
        (Phase.OVER, REGISTRANTS[2:3], "0 of 1 attended (0%)."),
        (
            Phase.OVER,
            REGISTRANTS,
            "2 of 3 attended (67%).",
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
    assert (
        rendered.message.text
        == "Quarterly update: 3 registrations so far. No trend yet: I start counting today."
    )
    assert all_refusals(rendered) == []


def test_the_day_that_is_not_over_is_marked_in_the_curve() -> None:
    rendered = registrations_answer(EVENT, SUMS, curve(LOOKS, ZONE), OCCASION, phase=Phase.TO_COME)
    [chart] = [each for each in rendered.message.blocks if each["type"] == "data_visualization"]
    assert chart["chart"]["axis_config"]["categories"][-1] == "today, so far"


@pytest.mark.parametrize(
    ("average", "median", "said"),
    [
        (57.9, 57.0, "Average stay 58 min (median 57)."),
        (60.2, 59.0, "Average stay 1 h (median 59 min)."),
        (90.0, 75.0, "Average stay 1 h 30 min (median 1 h 15 min)."),
        (12.0, None, "Average stay 12 min."),
    ],
)
def test_how_long_people_stayed_is_said_in_hours_and_minutes(
    average: float, median: float | None, said: str
) -> None:
    sums = replace(SUMS, average_minutes=average, median_minutes=median)
    assert said in [*held_lines(PAST, sums, OCCASION, Phase.OVER)]


def test_nearly_everybody_is_not_everybody() -> None:
    sums = replace(SUMS, registered=2_500, attended=2_499)
    rendered = registrants_answer(PAST, (), sums, OCCASION, phase=Phase.OVER, personal=True)
    assert rendered.message.text == "Spring talk: 2,499 of 2,500 attended (99.9%)."


def test_before_an_event_nothing_is_said_of_who_came() -> None:
    people = REGISTRANTS[2:3]
    asked = (EVENT, people, attendance(people), OCCASION)
    rendered = registrants_answer(*asked, phase=Phase.TO_COME, personal=True)
    [table] = [each for each in rendered.message.blocks if each["type"] == "data_table"]
    assert [cell["text"] for cell in table["rows"][0]] == ["Person", "E-mail", "Phone"]


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
