from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.slack.messages import Answer
from bot.webinars.core.attendance import attendance
from bot.webinars.core.surveys import Headline
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
    rendered = summary(replace(AFTER, survey=Headline(9, "Rating", average=4.25)))
    assert as_json(rendered) == expected("event_summary", rendered)
    assert all_refusals(rendered) == []
    assert "guest@example.com" not in str(as_json(rendered))


@pytest.mark.parametrize(
    ("survey", "text"),
    [
        (Headline(3), "Survey: 3 answers."),
        (
            Headline(3, "Again?", top="Yes", top_count=2),
            'Survey: 3 answers; "Again?": most said "Yes" (2 of 3).',
        ),
    ],
)
def test_a_survey_is_said_as_far_as_it_sums_up(survey: Headline, text: str) -> None:
    assert text in summary(replace(AFTER, survey=survey)).message.text


def test_of_several_surveys_it_is_said_that_one_is_summed_up() -> None:
    after = replace(AFTER, survey=Headline(3), surveys=2)
    assert "Survey: 3 answers. This is the first of 2 surveys." in summary(after).message.text


def test_what_flow_does_not_give_is_left_out_and_said() -> None:
    rendered = summary(Aftermath(trouble="FLOW has no compiled report of this event."))
    assert rendered.message.text == (
        "Spring talk: 3 registered, 2 attended (67%), 1 no-show. They stayed 25.5 minutes on "
        "average, half of them longer than 25.5. FLOW has no compiled report of this event."
    )


def test_while_it_runs_nobody_is_a_no_show() -> None:
    rendered = summary(Aftermath(attendee_chat=0), phase=Phase.RUNNING)
    assert "2 came so far, 1 not yet. Chat: 0 messages of the audience." in rendered.message.text
    assert "Running since: " in str(rendered.message.blocks)


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    survey = Headline(3, one, top=other, top_count=1)
    after = replace(AFTER, survey=survey, trouble=other)
    assert all_refusals(summary(after, replace(PAST, title=one))) == []
