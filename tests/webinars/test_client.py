"""The FLOW client against the local FLOW, over HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.webinars.client.client import FlowApp
from bot.webinars.model import (
    ATTENDEE_CHAT,
    FUTURE,
    OPERATOR_CHAT,
    ORGANIZER,
    PAST,
    REGISTRANTS,
    Event,
    NewEvent,
    NewHost,
    NewRegistration,
)
from sandbox.clock import SandboxClock
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.flowapp.names import SERIES
from tests.http.contract import START, TLS

NEW = NewEvent(
    creator_id=40,
    title="Kick-off",
    description="All of it",
    date=date(2026, 12, 1),
    time=time(15, 30),
    timezone="Europe/Berlin",
    hosts=(NewHost(40, ORGANIZER),),
)


@pytest.fixture
async def vendor() -> AsyncIterator[FlowAppVendor]:
    async with FlowAppVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def flowapp(vendor: FlowAppVendor) -> AsyncIterator[FlowApp]:
    secret = SecretStr(vendor.api_secret)
    async with FlowApp(secret, base_url=vendor.url, clock=vendor.clock, tls=TLS) as client:
        yield client


async def last_tour(flowapp: FlowApp) -> Event:
    past = await flowapp.events(PAST)
    return [event for event in past if event.title == "Product tour"][-1]


async def failure(asked: Awaitable[object]) -> VendorError:
    with pytest.raises(VendorError) as failed:
        await asked
    return failed.value


async def test_events_start_at_a_moment_in_their_zone(flowapp: FlowApp) -> None:
    event = await last_tour(flowapp)
    assert event.starts_at
    assert event.starts_at.isoformat() == "2026-11-17T15:00:00+01:00"
    assert (event.when, event.duration) == ("2026-11-17 15:00:00", 0.75)
    assert (event.published, event.replays, event.creator) == (True, False, "Ada Lovelace")
    assert [(host.name, host.role) for host in event.hosts] == [
        ("Ada Lovelace", 10),
        ("Grace Hopper", 5),
    ]


@pytest.mark.parametrize("period", [FUTURE, PAST])
async def test_a_period_lists_its_events_alone(flowapp: FlowApp, period: str) -> None:
    events = await flowapp.events(period)
    starts = [event.starts_at for event in events if event.starts_at]
    assert len(starts) > 5
    assert all((start > START) == (period == FUTURE) for start in starts)


async def test_the_vendors_own_figures_come_when_asked_for(flowapp: FlowApp) -> None:
    plain, figures = await flowapp.events(PAST), await flowapp.events(PAST, analytics=True)
    assert plain[0].analytics == ()
    assert dict(figures[0].analytics).keys() == {"registrants", "attendees"}


async def test_the_account_sees_questions_that_the_public_does_not(flowapp: FlowApp) -> None:
    token = (await last_tour(flowapp)).token
    assert (await flowapp.event(token)).questions == ("How was the sound?",)
    assert (await flowapp.public_event(token)).questions == ()


async def test_registrants_show_who_came_and_for_how_long(flowapp: FlowApp) -> None:
    people = await flowapp.registrants((await last_tour(flowapp)).token)
    guests = [one for one in people if not one.is_host]
    came = [one for one in guests if one.attended]
    assert (len(people) - len(guests), len(guests)) == (2, 60)
    assert 0 < len(came) < 60
    assert all(one.minutes and 0 < one.minutes < 60 for one in came)
    assert all(one.minutes is None for one in guests if not one.attended)


@pytest.mark.parametrize("form", ["plain", "iso", "seconds", "milliseconds"])
@pytest.mark.parametrize("missing", ["null", "empty", "zeros"])
async def test_times_of_entry_are_read_in_whatever_form(
    vendor: FlowAppVendor, flowapp: FlowApp, form: str, missing: str
) -> None:
    token = (await last_tour(flowapp)).token
    plain = await flowapp.registrants(token)
    vendor.clock.advance(seconds=6)
    vendor.set_switch("time_form", form)
    vendor.set_switch("no_show", missing)
    again = await flowapp.registrants(token)
    assert [one.minutes for one in again] == [one.minutes for one in plain]


async def test_a_registration_gives_a_personal_link_and_twice_the_same(flowapp: FlowApp) -> None:
    event = (await flowapp.events(FUTURE))[0]
    new = NewRegistration(event.token, "New@example.com", "New", "Person")
    first = await flowapp.register(new)
    second = await flowapp.register(replace(new, email="new@example.com"))
    assert (first.is_new, second.is_new, first.url) == (True, False, second.url)
    assert first.starts_at == event.starts_at
    assert first.url not in repr(first)
    assert "New@example.com" in {one.email for one in await flowapp.registrants(event.token)}


@pytest.mark.parametrize(
    ("switch", "value"),
    [("pass_code", "number"), ("link_in_envelope", True), ("envelope", "bare")],
)
async def test_an_odd_confirmation_is_still_read(
    vendor: FlowAppVendor, flowapp: FlowApp, switch: str, value: object
) -> None:
    vendor.set_switch(switch, value)
    token = (await flowapp.events(FUTURE))[0].token
    confirmed = await flowapp.register(NewRegistration(token, "a@example.com", "A", "B"))
    assert confirmed.url.startswith(f"{vendor.url}/s/")
    assert confirmed.pass_code == ("271828" if switch == "pass_code" else "")


async def test_a_created_event_is_listed(vendor: FlowAppVendor, flowapp: FlowApp) -> None:
    created = await flowapp.create_event(replace(NEW, duration=2.5, published=False))
    event = await flowapp.event(created.token)
    assert event.starts_at
    assert event.starts_at.isoformat() == "2026-12-01T15:30:00+01:00"
    assert (event.title, event.duration, event.published) == ("Kick-off", 2.5, False)
    vendor.set_switch("created_answer", "null")
    assert (await flowapp.create_event(NEW)).token == ""


async def test_a_creation_is_refused_in_the_vendors_words(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    error = await failure(flowapp.create_event(replace(NEW, timezone="Nowhere")))
    assert (error.reason, error.detail) == (Reason.REJECTED, "date, time or timezone is not valid")
    vendor.set_switch("creation_says_no", value=True)
    vendor.set_switch("refusal", "200 with a code")
    error = await failure(flowapp.create_event(NEW))
    assert (error.reason, error.uncertain) == (Reason.REJECTED, False)
    assert error.detail == "The account may not create events"


async def test_operators_lead_to_the_rooms_and_a_room_to_a_link(flowapp: FlowApp) -> None:
    operators = await flowapp.operators()
    assert (operators[0].id, operators[0].name) == (40, "Ada Lovelace")
    rooms = await flowapp.rooms(operators[0].account_token)
    assert [room.title for room in rooms] == ["Help desk", "<!here> lounge"]
    link = await flowapp.sign_on(
        rooms[0].room_id, email="zoë+x@example.com", first_name="Zoë", last_name="O/Hara?"
    )
    assert link.url


async def test_a_survey_leads_to_its_answers(flowapp: FlowApp) -> None:
    token = (await last_tour(flowapp)).token
    survey = (await flowapp.surveys(token))[0]
    table = await flowapp.survey_report(token, survey.id)
    assert table.columns == ("Name", "Question", "Answer")
    assert len(table.rows) > 20


@pytest.mark.parametrize("kind", [REGISTRANTS, ATTENDEE_CHAT, OPERATOR_CHAT])
@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("csv_form", "text"),
        ("csv_form", "a string of JSON"),
        ("csv_semicolons", True),
        ("csv_bom", True),
        ("csv_variant", True),
    ],
)
async def test_a_csv_report_is_read_in_whatever_form(
    vendor: FlowAppVendor, flowapp: FlowApp, kind: str, switch: str, value: object
) -> None:
    token = (await last_tour(flowapp)).token
    plain = await flowapp.csv_report(token, kind)
    vendor.set_switch(switch, value)
    table = await flowapp.csv_report(token, kind)
    assert len(table.columns) == len(plain.columns) >= 3
    turned = [row[::-1] for row in table.rows] if switch == "csv_variant" else [*table.rows]
    assert turned == [*plain.rows]


async def test_a_line_end_inside_a_message_is_kept(flowapp: FlowApp) -> None:
    chat = await flowapp.csv_report((await last_tour(flowapp)).token, ATTENDEE_CHAT)
    assert 'She said "yes", and then:\nno' in {row[2] for row in chat.rows}


@pytest.mark.parametrize("envelope", ["wrapped", "bare"])
async def test_the_compiled_report_has_four_parts(
    vendor: FlowAppVendor, flowapp: FlowApp, envelope: str
) -> None:
    vendor.set_switch("envelope", envelope)
    token = (await last_tour(flowapp)).token
    compiled = await flowapp.compiled_report(token)
    assert compiled.registrants == await flowapp.csv_report(token, REGISTRANTS)
    assert compiled.operator_chat == await flowapp.csv_report(token, OPERATOR_CHAT)
    assert compiled.survey_results == await flowapp.survey_report(token, 701)


@pytest.mark.parametrize("refusal", ["its own status", "200 with a code"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.event("nope"),
        lambda client: client.public_event("nope"),
        lambda client: client.registrants("nope"),
        lambda client: client.csv_report("nope", REGISTRANTS),
        lambda client: client.compiled_report("nope"),
        lambda client: client.rooms("nope"),
    ],
)
async def test_what_is_not_there_is_said_so(
    vendor: FlowAppVendor,
    flowapp: FlowApp,
    refusal: str,
    ask: Callable[[FlowApp], Awaitable[object]],
) -> None:
    vendor.set_switch("refusal", refusal)
    error = await failure(ask(flowapp))
    assert (error.reason, error.detail[-14:]) == (Reason.NOT_FOUND, "does not exist")


@pytest.mark.parametrize("refusal", ["its own status", "200 with a code"])
async def test_an_expired_secret_is_named_as_such(
    vendor: FlowAppVendor, flowapp: FlowApp, refusal: str
) -> None:
    vendor.set_switch("expired_key", value=True)
    vendor.set_switch("refusal", refusal)
    assert (await failure(flowapp.events())).reason is Reason.AUTH


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("bare_events", True),
        ("extra_fields", True),
        ("envelope", "bare"),
        ("flags", "booleans"),
        ("key_everywhere", True),
        ("missing_field", "title"),
        ("answer_502", 1),
        ("cut_body", 1),
    ],
)
async def test_an_odd_list_is_still_read(
    vendor: FlowAppVendor, flowapp: FlowApp, switch: str, value: object
) -> None:
    vendor.set_switch(switch, value)
    events = await flowapp.events()
    assert len(events) > 20
    assert all(event.starts_at for event in events)


@pytest.mark.parametrize(("switch", "value"), [("odd_zone", True), ("missing_field", "date")])
async def test_a_start_that_cannot_be_known_is_none(
    vendor: FlowAppVendor, flowapp: FlowApp, switch: str, value: object
) -> None:
    vendor.set_switch(switch, value)
    assert {event.starts_at for event in await flowapp.events()} == {None}


async def test_an_event_without_its_token_is_named_with_its_place(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    vendor.set_switch("missing_field", "token")
    error = await failure(flowapp.events())
    assert (error.reason, error.detail) == (Reason.MALFORMED, "data[0].token")


async def test_a_page_in_place_of_csv_is_refused(vendor: FlowAppVendor, flowapp: FlowApp) -> None:
    token = (await last_tour(flowapp)).token
    vendor.set_switch("answer_html", 1)
    error = await failure(flowapp.csv_report(token, REGISTRANTS))
    assert (error.reason, error.detail) == (Reason.MALFORMED, "body: an HTML page, not CSV")


async def test_questions_within_seconds_are_asked_once_and_reports_each_time(
    vendor: FlowAppVendor, flowapp: FlowApp
) -> None:
    token = (await last_tour(flowapp)).token
    await flowapp.events(PAST)
    await flowapp.csv_report(token, REGISTRANTS)
    await flowapp.csv_report(token, REGISTRANTS)
    assert len(vendor.calls) == 3


async def test_vendor_text_is_kept_as_it_is(flowapp: FlowApp) -> None:
    evil = next(one for one in SERIES if one.odd)
    events = [one for one in await flowapp.events(FUTURE) if one.title == evil.title]
    assert events
    people = await flowapp.registrants(events[0].token)
    assert events[0].description == evil.description
    assert all(start.starts_at > START - timedelta(days=1) for start in events if start.starts_at)
    assert isinstance(people, tuple)
