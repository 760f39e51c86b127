from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.core.attendance import Attendance, attendance, curve
from bot.core.surveys import Headline
from bot.model.messages import Answer
from bot.model.webinars import Event, Registrant
from bot.rendering.registrants import registrants_answer, registrations_answer, summary_answer
from tests.rendering.checks import all_refusals
from tests.rendering.event_samples import ASKING, EVENT, LOOKS, PAST, REGISTRANTS
from tests.rendering.samples import SUBSCRIPTION, ZONE, vendor_text
from tests.rendering.snapshots import as_json, expected

SUMS = attendance(REGISTRANTS)
DIGEST = replace(ASKING, asked_by="", subscription=replace(SUBSCRIPTION, note="Bring cake"))


def summary(event: Event = PAST, sums: Attendance = SUMS, survey: Headline | None = None) -> Answer:
    return summary_answer(
        event, sums, DIGEST, attendee_chat=12, operator_chat=1, survey=survey, with_file=True
    )


def test_registrants_are_counts_attendance_and_everybody() -> None:
    asking = replace(ASKING, export_value="key-1")
    rendered = registrants_answer(PAST, REGISTRANTS, SUMS, asking, personal=True)
    assert as_json(rendered) == expected("registrants", rendered)
    assert all_refusals(rendered) == []


@pytest.mark.parametrize(
    ("event", "registrants", "text"),
    [
        (EVENT, REGISTRANTS[2:3], "Quarterly update: 1 registered."),
        (EVENT, (), "Quarterly update: 0 registered."),
        (PAST, REGISTRANTS[2:3], "Spring talk: 1 registered, 0 attended (0 %), 1 no-show."),
        (
            replace(EVENT, starts_at=None),
            REGISTRANTS,
            (
                "Quarterly update: 3 registered, 2 attended (66.7 %), 1 no-show. They stayed 25.5 "
                "minutes on average, half of them longer than 25.5."
            ),
        ),
    ],
    ids=["to come", "nobody", "held without anybody", "no date but somebody came"],
)
def test_what_is_said_depends_on_whether_the_event_was_held(
    event: Event, registrants: tuple[Registrant, ...], text: str
) -> None:
    sums = attendance(registrants)
    rendered = registrants_answer(event, registrants, sums, ASKING, personal=False)
    assert rendered.message.text == text
    assert all_refusals(rendered) == []


def test_registrations_grow_along_a_curve() -> None:
    sums = replace(SUMS, registered=21, attended=0)
    rendered = registrations_answer(EVENT, sums, curve(LOOKS, ZONE), DIGEST)
    assert as_json(rendered) == expected("registrations", rendered)
    assert all_refusals(rendered) == []


def test_the_first_look_says_that_there_is_no_curve_yet() -> None:
    rendered = registrations_answer(EVENT, SUMS, curve(LOOKS[:1], ZONE), ASKING)
    assert rendered.message.text == "Quarterly update: 3 registrations so far."
    assert "this is the first" in str(rendered.message.blocks)
    assert all_refusals(rendered) == []


def test_a_summary_has_attendance_chat_and_survey_and_no_name() -> None:
    rendered = summary(survey=Headline(9, "Rating", average=4.25))
    assert as_json(rendered) == expected("event_summary", rendered)
    assert all_refusals(rendered) == []
    assert "guest@example.com" not in str(as_json(rendered))


@pytest.mark.parametrize(
    ("survey", "text"),
    [
        (Headline(3), "Survey: 3 answers."),
        (Headline(3, "Again?", top="Yes", top_count=2), "Survey: 3 answers; Again?: Yes (2 of"),
    ],
)
def test_a_survey_is_said_as_far_as_it_sums_up(survey: Headline, text: str) -> None:
    assert text in summary(survey=survey).message.text


def test_what_flow_does_not_give_is_left_out() -> None:
    rendered = summary_answer(
        PAST, SUMS, ASKING, attendee_chat=None, operator_chat=None, survey=None, with_file=False
    )
    assert rendered.message.text == (
        "Spring talk: 3 registered, 2 attended (66.7 %), 1 no-show. They stayed 25.5 minutes on "
        "average, half of them longer than 25.5."
    )


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    event = replace(PAST, title=one)
    person = Registrant(other, one, other, phone=one, location=other, attended=True)
    many = [person] * 200
    found = registrants_answer(event, many, attendance(many), ASKING, personal=True)
    assert all_refusals(found) == []
    assert all_refusals(summary(event, survey=Headline(3, one, top=other, top_count=1))) == []
    assert all_refusals(registrations_answer(event, SUMS, curve(LOOKS, ZONE), ASKING)) == []
