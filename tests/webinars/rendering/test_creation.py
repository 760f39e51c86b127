from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings

from bot.slack.blocks.simpler import words_of
from bot.webinars.model import CreatedEvent, NewEvent, Registration
from bot.webinars.rendering.creation import (
    event_created,
    event_preview,
    event_uncertain,
    registered,
    registration_uncertain,
    sign_on_uncertain,
    signed_on,
)
from bot.webinars.rendering.creation_form import create_form, create_modal, zone_options
from tests.slack.checks import refusals, view_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import NOW, OCCASION, ZONE, vendor_text
from tests.webinars.rendering.samples import HOSTS, NAMES, NEW_EVENT, REGISTRATION

CONFIRMED = replace(
    REGISTRATION,
    starts_at=datetime(2026, 12, 18, 14, 30, tzinfo=UTC),
    when="2026-12-18 15:30:00",
    timezone="Europe/Berlin",
)


def picked(value: str | None) -> dict[str, Any]:
    return {"selected_option": {"value": value} if value else None}


def ticked(*values: str) -> dict[str, Any]:
    return {"selected_options": [{"value": value} for value in values]}


def submitted(**given: Any) -> dict[str, Any]:
    """Return state.values of the form as somebody fills it in for NEW_EVENT."""
    filled: dict[str, Any] = {
        "title": {"value": "Winter talk"},
        "description": {"value": "What we learnt"},
        "date": {"selected_date": "2026-12-18"},
        "time": {"selected_time": "15:30"},
        "zone": picked("Europe/Berlin"),
        "duration": {"value": "1,5"},
        "early_access": {"value": "15"},
        "creator": picked("1"),
        "organizers": ticked("1"),
        "organizer_devices": ticked("microphone", "camera", "screen_sharing"),
        "presenters": ticked("2"),
        "presenter_devices": ticked("microphone"),
        "published": picked("draft"),
        "event_options": ticked("recorded"),
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def test_the_empty_form_is_taken_by_slack() -> None:
    view = create_modal(zone=ZONE, metadata="key-1")
    assert view == expected("modal_create_event", view)
    assert view_refusals(view) == []


def test_the_form_opens_again_as_it_was_filled_in() -> None:
    view = create_modal(zone="UTC", entered=NEW_EVENT, names=NAMES, metadata="key-1")
    assert view == expected("modal_change_event", view)
    assert view_refusals(view) == []


def test_a_published_event_with_unknown_hosts_opens_again_too() -> None:
    view = create_modal(zone="UTC", entered=replace(NEW_EVENT, published=True, duration=None))
    assert "Operator 2" in str(view)
    assert view_refusals(view) == []


def test_a_submitted_form_becomes_an_event() -> None:
    assert create_form(submitted(), now=NOW) == NEW_EVENT


def test_an_event_needs_no_more_than_flow_needs() -> None:
    bare = submitted(
        duration={"value": None},
        early_access={"value": None},
        presenters=ticked(),
        published=picked("published"),
        event_options=ticked(),
    )
    made = create_form(bare, now=NOW)
    assert isinstance(made, NewEvent)
    assert (made.duration, made.early_access_minutes, made.published) == (None, None, True)
    assert [each.id for each in made.hosts] == [1]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (submitted(title={"value": " "}), {"title": "FLOW needs this."}),
        (submitted(description={"value": None}), {"description": "FLOW needs this."}),
        (submitted(date={"selected_date": None}), {"date": "Choose a day."}),
        (submitted(time={"selected_time": None}), {"time": "Choose a time."}),
        (submitted(zone=picked(None)), {"zone": "Choose a time zone."}),
        (
            submitted(date={"selected_date": "2026-11-22"}, time={"selected_time": "14:05"}),
            {"date": "This has passed already."},
        ),
        (submitted(date={"selected_date": "2101-01-01"}), {"date": "Days up to 2100 work."}),
        (
            submitted(date={"selected_date": "2027-03-28"}, time={"selected_time": "02:30"}),
            {"time": "Clocks in Europe/Berlin skip this time on that day."},
        ),
        (submitted(duration={"value": "0"}), {"duration": "A number above 0, up to 72."}),
        (submitted(duration={"value": "an hour"}), {"duration": "A number above 0, up to 72."}),
        (
            submitted(early_access={"value": "9999"}),
            {"early_access": "A number above 0, up to 1440."},
        ),
        (submitted(creator=picked(None)), {"creator": "Choose the owner."}),
        (
            submitted(organizers=ticked(), presenters=ticked("x")),
            {"organizers": "Choose at least one organizer or presenter."},
        ),
        (
            submitted(presenters=ticked("2", "1")),
            {"presenters": "Somebody here is an organizer already."},
        ),
    ],
)
def test_mistakes_are_shown_beside_their_inputs(values: Any, errors: dict[str, str]) -> None:
    assert create_form(values, now=NOW) == errors


def test_a_zone_that_nobody_knows_is_answered_with_the_nearest() -> None:
    errors = create_form(submitted(zone=picked("Europe/Berlim")), now=NOW)
    assert isinstance(errors, dict)
    assert "Did you mean Berlin time?" in errors["zone"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("berl", "Europe/Berlin"), ("new york", "America/New_York"), ("", "Africa/Abidjan")],
)
def test_zones_are_suggested_while_typing(query: str, first: str) -> None:
    options = zone_options(query)
    assert options[0]["value"] == first
    assert len(options) <= 100


def test_an_event_is_shown_before_it_is_created() -> None:
    view = event_preview(NEW_EVENT, NAMES, this_year=2026, metadata="key-1")
    assert view == expected("event_preview", view)
    assert view_refusals(view) == []


def test_a_host_without_devices_and_a_name_is_still_shown() -> None:
    bare = replace(NEW_EVENT, duration=None, early_access_minutes=None, replays=True)
    silent = replace(bare.hosts[1], microphone=False)
    shown = str(event_preview(replace(bare, hosts=(silent,)), {}, this_year=2026))
    assert "Operator 2 (no device)" in shown


def test_a_created_event_says_what_comes_next() -> None:
    rendered = event_created(NEW_EVENT, CreatedEvent("aB3dE6gH9jK"), OCCASION)
    assert as_json(rendered) == expected("event_created", rendered)
    assert refusals(rendered) == []


def test_an_event_whose_token_flow_does_not_say_can_be_found() -> None:
    made = event_created(replace(NEW_EVENT, published=True), CreatedEvent(), OCCASION)
    assert made.text == "Winter talk published: Fri 18 Dec, 15:30."
    assert "Upcoming events" in str(made.blocks)
    assert "Open it" not in str(made.blocks)


def test_the_personal_link_is_shown_with_the_pass_code() -> None:
    rendered = registered(
        CONFIRMED, OCCASION, event="Quarterly update", person="ada@x.de", hosts=HOSTS
    )
    assert as_json(rendered) == expected("registered", rendered)
    assert refusals(rendered) == []
    assert REGISTRATION.url not in rendered.text


@pytest.mark.parametrize(
    ("is_new", "part"),
    [
        (True, "ada@x.de is registered for Talk."),
        (False, "ada@x.de was registered before for Talk."),
        (None, "ada@x.de is registered for Talk."),
    ],
)
def test_whether_a_registration_is_new_is_told(
    is_new: bool | None,  # noqa: FBT001 - a table
    part: str,
) -> None:
    made = replace(REGISTRATION, is_new=is_new, pass_code="")
    assert part in registered(made, OCCASION, event="Talk", person="ada@x.de", hosts=HOSTS).text


@pytest.mark.parametrize(
    "url", ["https://evil.example/s/1", "http://prod.flowapp.com/s/1", "javascript:alert(1)"]
)
def test_a_link_to_another_host_is_no_link(url: str) -> None:
    rendered = signed_on(
        Registration(url), OCCASION, room="Open office", person="ada@x.de", hosts=HOSTS
    )
    assert "'type': 'link'" not in str(rendered.blocks)
    assert "not on the list of trusted ones" in str(rendered.blocks)
    assert refusals(rendered) == []


def test_what_is_in_doubt_says_what_to_look_at() -> None:
    created = event_uncertain(NEW_EVENT, OCCASION)
    assert created.text == "Winter talk may or may not have been created."
    assert "Look before you create it again." in words_of(created.blocks)
    registration = registration_uncertain(OCCASION, event="Talk", person="a@x.de", token="t" * 11)
    assert "Register again" in str(registration.blocks)
    assert [refusals(each) for each in (created, registration)] == [[], []]


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_entered_text_becomes_markup(one: str, other: str) -> None:
    event = replace(NEW_EVENT, title=one, description=other)
    names = {1: other, 2: one}
    registration = replace(REGISTRATION, url=other, pass_code=one)
    made = [
        event_created(event, CreatedEvent(other), OCCASION),
        event_uncertain(event, OCCASION),
        registered(registration, OCCASION, event=one, person=other, hosts=HOSTS),
        registration_uncertain(OCCASION, event=one, person=other, token=one),
        signed_on(registration, OCCASION, room=one, person=other, hosts=HOSTS),
    ]
    assert [refusals(each) for each in made] == [[]] * 5
    assert view_refusals(event_preview(event, names, this_year=2026)) == []


def test_the_event_s_own_day_and_time_are_kept() -> None:
    made = create_form(submitted(zone=picked("Asia/Tokyo")), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert isinstance(made, NewEvent)
    assert (made.date, made.time, made.timezone) == (date(2026, 12, 18), time(15, 30), "Asia/Tokyo")


def test_a_confirmation_without_a_readable_start_has_the_vendors_words() -> None:
    odd = replace(REGISTRATION, when="some day", timezone="Mars")
    told = registered(odd, OCCASION, event="Talk", person="ada@x.de", hosts=HOSTS)
    assert "Begins some day Mars" in words_of(told.blocks)


def test_an_unconfirmed_sign_on_says_where_to_go_on() -> None:
    rendered = sign_on_uncertain(OCCASION, room="Lounge", person="ada@x.de", room_id=8)
    assert "Signing on once more does no harm" in words_of(rendered.blocks)
    assert "Sign on again" in str(rendered.blocks)
    assert refusals(rendered) == []


def test_a_time_that_comes_twice_is_pointed_out() -> None:
    night = replace(NEW_EVENT, date=date(2027, 10, 31), time=time(2, 30))
    assert "this time comes twice" in str(event_preview(night, NAMES, this_year=2026))
    assert "this time comes twice" not in str(event_preview(NEW_EVENT, NAMES, this_year=2026))
