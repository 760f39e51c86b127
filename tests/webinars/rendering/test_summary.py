from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.slack.blocks.simpler import words_of
from bot.slack.messages import Answer
from bot.webinars.core.attendance import attendance
from bot.webinars.core.surveys import Headline, SurveySums
from bot.webinars.model import Event, Phase
from bot.webinars.rendering.summary import Aftermath, summary_answer
from tests.slack.checks import all_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, vendor_text
from tests.webinars.rendering.samples import PAST, REGISTRANTS

SUMS = attendance(REGISTRANTS)
DIGEST = replace(OCCASION, asked_by="", subscription=replace(SUBSCRIPTION, note="Bring cake"))
AFTER = Aftermath(attendee_chat=12, operator_chat=1, with_file=True)


def summary(after: Aftermath, event: Event = PAST, phase: Phase = Phase.OVER) -> Answer:
    return summary_answer(event, SUMS, after, DIGEST, phase=phase)


def test_a_summary_has_attendance_chat_and_survey_and_no_name() -> None:
    rendered = summary(
        replace(AFTER, surveys=SurveySums(1, 1, 9, Headline(9, "Rating", average=4.25)))
    )
    assert as_json(rendered) == expected("event_summary", rendered)
    assert all_refusals(rendered) == []
    assert "guest@example.com" not in str(as_json(rendered))


@pytest.mark.parametrize(
    ("survey", "text"),
    [
        (Headline(3), "Survey: 3 answers"),
        (
            Headline(3, "Again?", top="Yes", top_count=2),
            'Survey: 3 answers; "Again?": most said "Yes" (2 of 3)',
        ),
    ],
)
def test_a_survey_is_said_as_far_as_it_sums_up(survey: Headline, text: str) -> None:
    after = replace(AFTER, surveys=SurveySums(1, 1, 3, survey))
    assert text in words_of(summary(after).message.blocks)


def test_all_surveys_are_counted() -> None:
    after = replace(AFTER, surveys=SurveySums(3, 2, 7))
    assert "Surveys: 7 answers to 2 of 3 surveys" in words_of(summary(after).message.blocks)


def test_what_flow_does_not_give_is_left_out_and_said() -> None:
    rendered = summary(Aftermath(trouble="FLOW has no report on this event"))
    assert rendered.message.text == "Spring talk: 2 of 3 attended (67%)."
    assert "Average stay 26 min (median 26)." in words_of(rendered.message.blocks)
    assert "FLOW has no report on this event" in words_of(rendered.message.blocks)


def test_while_it_runs_nobody_is_a_no_show() -> None:
    rendered = summary(Aftermath(attendee_chat=0), phase=Phase.RUNNING)
    assert rendered.message.text == "Spring talk: 2 of 3 came so far."
    assert "1 not yet here\nChat: 0 messages from attendees" in words_of(rendered.message.blocks)


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    surveys = SurveySums(2, 2, 3, Headline(3, one, top=other, top_count=1))
    after = replace(AFTER, surveys=surveys, trouble=other)
    assert all_refusals(summary(after, replace(PAST, title=one))) == []
