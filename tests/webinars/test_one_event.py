"""One event in each part of its life, and FLOW's odd answers about it, asked for in Slack."""

import csv
import io

import pytest

from tests.asking.seeing import bytes_of, labels, tables, words
from tests.stage import Stage
from tests.webinars.seeing import token_of


async def test_a_card_has_flows_own_figures_which_only_its_list_has(stage: Stage) -> None:
    await stage.command(f"/flow-events info {token_of(stage, 'quarter', 'past')}")

    card = stage.said()[-1]
    [more] = stage.slack.thread("CTRAIN", card.ts)
    [figures] = tables(more)
    assert "FLOW's own figures" in figures["caption"]
    assert [row[0]["text"] for row in figures["rows"][1:]] == ["Registrants", "Attendees"]


async def test_a_running_event_is_no_past_one(stage: Stage) -> None:
    running = token_of(stage, "office", "current")
    await stage.command(f"/flow-events info {running}")
    await stage.command(f"/flow-events registrants {running}")

    card = stage.said()[-1]
    assert "Register someone" in labels(card)
    told = stage.slack.ephemerals("UADA")[-1]
    assert "came so far" in words(told)
    assert "no-show" not in words(told)


async def test_a_webinar_over_midnight_has_everybodys_minutes(stage: Stage) -> None:
    night = token_of(stage, "night", "past")
    stage.flowapp.set_switch("time_form", "time alone")
    await stage.command(f"/flow-events registrants {night} export csv")

    [file] = stage.slack.files
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    came = [row for row in rows if row["Attended"] in {"yes", "true", "True", "TRUE"}]
    assert came
    assert all(0 < float(row["Minutes"]) < 120 for row in came)
    assert all(row["Entered"] for row in came)


async def test_what_everybody_may_see_is_asked_for_by_any_token(stage: Stage) -> None:
    stage.flowapp.set_switch("bare_public", value=True)
    await stage.command("/flow-events info zZzZzZzZzZz public")
    assert "FLOW doesn't know" in stage.whispered()[-1]

    await stage.command(f"/flow-events info {token_of(stage, 'quarter', 'future')} public")
    assert "As everybody can see it" in words(stage.said()[-1])
    await stage.command("/flow-events info nonsense public")
    assert "I can't find an event called" in stage.whispered()[-1]


async def test_sessions_to_pick_from_begin_in_the_asker_s_zone(stage: Stage) -> None:
    await stage.command("/flow-events info Product tour")

    question = stage.slack.ephemerals("UADA")[-1]
    assert "Tue 24 Nov, 15:00" in words(question)


async def test_a_survey_s_answers_are_a_click_away_for_who_clicks_alone(stage: Stage) -> None:
    await stage.command(f"/flow-events surveys {token_of(stage, 'quarter', 'past')}")
    listed = stage.said()[-1]
    assert "The answers are sent to you privately, as a file." in words(listed)
    await stage.slack.click(listed, action_id="do:2")
    await stage.settle()

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert bytes_of(file).startswith(b"PK")


async def test_an_event_without_surveys_says_so(stage: Stage) -> None:
    stage.flowapp.set_switch("no_surveys", value=True)
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events surveys {event}")
    await stage.command(f"/flow-events report {event} survey")

    assert stage.said()[-1].text == "Quarterly update: no survey."
    assert "FLOW has no survey for this event." in stage.whispered()[-1]


async def test_the_curve_of_registrations_can_be_had_as_a_file_without_names(
    stage: Stage,
) -> None:
    event = token_of(stage, "quarter", "future")
    await stage.command(f"/flow-events registrations {event}")
    stage.clock.advance(seconds=86_400)
    await stage.command(f"/flow-events registrations {event} export csv")

    [file] = stage.slack.files
    assert file.thread_ts == stage.said()[-1].ts
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    assert [row["Day"] for row in rows] == ["2026-11-23", "2026-11-24"]
    assert int(rows[1]["More than the day before"]) > 0


@pytest.mark.parametrize(
    ("switch", "value", "said"),
    [
        ("survey_results", "a list", 'most said "Very"'),
        ("survey_results", "missing", 'most said "Very"'),
        ("csv_variant", True, 'most said "Very"'),
    ],
)
async def test_a_summary_has_the_survey_s_headline_in_whatever_form(
    stage: Stage, switch: str, value: object, said: str
) -> None:
    stage.flowapp.set_switch(switch, value)
    await stage.command(f"/flow-events summary {token_of(stage, 'quarter', 'past')}")

    assert said in words(stage.said()[-1])


async def test_a_summary_says_when_there_is_no_report(stage: Stage) -> None:
    stage.flowapp.set_switch("report_too_early", "404")
    await stage.command(f"/flow-events summary {token_of(stage, 'quarter', 'future')}")
    assert "registered" in stage.said()[-1].text

    stage.flowapp.set_switch("slow", 0)
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events registrants {event}")
    stage.flowapp.set_switch("answer_400", 1)
    await stage.command(f"/flow-events summary {event}")
    assert "FLOW's report could not be read." in words(stage.said()[-1])


async def test_a_summary_leads_to_the_session_before(stage: Stage) -> None:
    await stage.command('/flow-events summary "Quarterly update"')
    told = stage.said()[-1]
    assert "Thu 29 Oct, 10:00" in words(told)
    assert labels(told) == ["Registrants", "Surveys", "1 Oct session", "Subscribe", "Export"]

    await stage.slack.click(told, action_id="do:3")
    await stage.settle()

    assert "Thu 1 Oct, 10:00" in words(stage.said()[-1])


async def test_the_last_event_summed_up_is_the_last_that_is_over(stage: Stage) -> None:
    await stage.command("/flow-events current")
    assert "Open office hours" in stage.said()[-1].text

    await stage.command("/flow-events summary last")
    assert stage.said()[-1].text.startswith("Safety briefing: ladders ")


async def test_rooms_that_cannot_be_looked_up_are_not_said_to_be_none(stage: Stage) -> None:
    stage.flowapp.set_switch("no_account_token", value=True)
    await stage.command("/flow-events rooms")

    assert "FLOW doesn't let me list this account's rooms." in stage.whispered()[-1]


async def test_words_of_the_vendor_s_in_place_of_a_report_are_passed_on(stage: Stage) -> None:
    stage.flowapp.set_switch("csv_form", "words alone")
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events report {event} attendee-chat")

    assert "FLOW says: There is no report for this event" in stage.whispered()[-1]
    assert stage.slack.files == []


async def test_a_page_in_place_of_a_report_is_refused(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events info {event}")
    stage.flowapp.set_switch("answer_html", 1)
    await stage.command(f"/flow-events report {event} attendee-chat")

    assert "FLOW sent something I can't read" in stage.whispered()[-1]
    assert stage.slack.files == []


async def test_a_report_that_never_comes_whole_is_no_file(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events info {event}")
    stage.flowapp.set_switch("cut_body", 99)
    await stage.command(f"/flow-events report {event} attendee-chat")

    assert "FLOW sent something I can't read" in stage.whispered()[-1]
    assert stage.slack.files == []


async def test_a_file_that_breaks_off_while_it_is_uploaded_is_explained_in_its_thread(
    stage: Stage,
) -> None:
    event = token_of(stage, "quarter", "past")
    await stage.slack.command(
        f"/flow-events report {event} attendee-chat here", user="UADA", channel="CTRAIN"
    )
    await stage.bot.engine.worker.settle()
    stage.flowapp.set_switch("cut_body", 999)
    await stage.settle()

    assert stage.slack.files == []
    [parent] = stage.said()
    [explained] = stage.slack.thread("CTRAIN", parent.ts)
    assert "could not be posted" in explained.text


async def test_a_report_that_breaks_off_is_asked_for_again_and_never_half_a_file(
    stage: Stage,
) -> None:
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events report {event} attendee-chat here")
    [whole] = stage.slack.files
    stage.flowapp.set_switch("cut_body", 1)
    await stage.command(f"/flow-events report {event} attendee-chat here")

    [_, again] = stage.slack.files
    assert bytes_of(again) == bytes_of(whole)


async def test_a_registrant_who_cannot_be_read_is_left_out_and_said(stage: Stage) -> None:
    stage.flowapp.set_switch("odd_row", value=True)
    await stage.command(f"/flow-events registrants {token_of(stage, 'quarter', 'past')}")

    told = stage.slack.ephemerals("UADA")[-1]
    assert "1 registrant of FLOW's could not be read (role) and is left out" in words(told)


async def test_a_list_that_is_null_is_an_empty_one(stage: Stage) -> None:
    stage.flowapp.set_switch("null_lists", value=True)
    stage.flowapp.set_switch("hosts_listed", value=False)
    at = stage.flowapp.account.sessions(stage.clock.now())
    empty = next(one for one in at if not one.registered(stage.clock.now()))
    await stage.command(f"/flow-events registrants {empty.token}")

    assert "nobody registered" in stage.slack.ephemerals("UADA")[-1].text
