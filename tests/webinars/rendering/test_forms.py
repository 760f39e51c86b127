from typing import Any

import pytest

from bot.asking.core.finder import Choice
from bot.webinars.model import NewRegistration
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering.forms import (
    EventForm,
    Guest,
    find_event_form,
    find_event_modal,
    is_email,
    register_form,
    register_modal,
    sign_on_form,
    sign_on_modal,
)
from tests.slack.checks import view_refusals
from tests.snapshots import expected
from tests.training.rendering.samples import EVIL

ADA = Guest("ada@example.com", "Ada", "Lovelace")


def picked(value: str | None) -> dict[str, Any]:
    return {"selected_option": {"value": value} if value else None}


def found(**given: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {
        "event_view": picked("future"),
        "event": picked(None),
        "conversation": {"selected_conversation": "CSALES"},
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def entered(**given: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {
        "room": picked("7"),
        "email": {"value": "ada@example.com"},
        "first_name": {"value": "Ada"},
        "last_name": {"value": " Lovelace "},
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def session(token: str) -> dict[str, Any]:
    return {"event": {"event_session": picked(token)}}


def test_the_modals_are_taken_by_slack() -> None:
    event = Choice("aB3dE6gH9jK", "Quarterly update", "4 Dec 2026 15:00 Europe/Berlin")
    later = Choice("zY8xW5vU2tS", "Quarterly " * 9, "5 Mar 2027 15:00 Europe/Berlin")
    views = {
        "modal_find_event": find_event_modal(metadata="key-1"),
        "modal_register": register_modal([event], asker=ADA, metadata="key-1"),
        "modal_register_choice": register_modal([event, later], metadata="key-1"),
        "modal_sign_on": sign_on_modal(Choice("7", "Open office"), asker=ADA, metadata="key-1"),
    }
    for name, view in views.items():
        assert view == expected(name, view)
        assert view_refusals(view) == []


def test_hostile_names_stay_text() -> None:
    assert view_refusals(register_modal([Choice("t", EVIL)], asker=Guest(EVIL, EVIL, EVIL))) == []
    assert view_refusals(register_modal([Choice(each, EVIL, EVIL) for each in "ab"])) == []
    assert view_refusals(sign_on_modal(Choice("7", EVIL))) == []
    assert view_refusals(sign_on_modal()) == []


@pytest.mark.parametrize(
    ("values", "question"),
    [
        (found(), EventsQuestion("future")),
        (found(event=picked("t1")), EventsQuestion("future")),
        (found(event_view=picked("info"), event=picked("t1")), EventsQuestion("info", "t1")),
        (
            found(event_view=picked("public"), event=picked("t1")),
            EventsQuestion("info", "t1", public=True),
        ),
        (
            found(event_view=picked("attendee-chat"), event=picked("t1")),
            EventsQuestion("report", "t1", report="attendee-chat", export="csv"),
        ),
        (found(event_view=picked("rooms"), event=picked("t1")), EventsQuestion("rooms")),
        (
            found(event_view=picked("compiled"), event=picked("t1")),
            EventsQuestion("report", "t1", report="compiled", export="xlsx"),
        ),
    ],
    ids=["a list", "needs no event", "one event", "public", "chat", "rooms", "a report"],
)
def test_a_submitted_search_becomes_a_question(values: Any, question: EventsQuestion) -> None:
    assert find_event_form(values) == EventForm(question, "CSALES")


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (found(event_view=picked(None)), {"event_view": "Choose what to show."}),
        (found(event_view=picked("surveys")), {"event": "Choose an event for this."}),
    ],
)
def test_a_search_that_lacks_something_says_so(values: Any, errors: dict[str, str]) -> None:
    assert find_event_form(values) == errors


def test_a_submitted_registration_becomes_a_person() -> None:
    assert register_form(entered(), token="t1") == NewRegistration(
        "t1", "ada@example.com", "Ada", "Lovelace"
    )


def test_of_several_sessions_the_chosen_one_is_registered_for() -> None:
    chosen = register_form(entered() | session("t2"))
    assert chosen == NewRegistration("t2", "ada@example.com", "Ada", "Lovelace")
    assert register_form(entered()) == {"event": "Choose an event."}


def test_an_address_that_would_split_a_sign_on_is_not_sent() -> None:
    values = entered(email={"value": "a*_*b@example.com"})
    assert sign_on_form(values) == {"email": "FLOW can't sign on an address with an asterisk."}


def test_a_submitted_sign_on_becomes_a_room_and_a_person() -> None:
    assert sign_on_form(entered()) == (7, ADA)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (
            entered(email={"value": "ada"}),
            {"email": "That isn't an e-mail address. For example: ada@example.com"},
        ),
        (
            entered(first_name={"value": " "}, last_name={"value": None}),
            {"first_name": "FLOW needs this.", "last_name": "FLOW needs this."},
        ),
    ],
)
def test_a_person_that_flow_would_refuse_is_not_sent(values: Any, errors: dict[str, str]) -> None:
    assert register_form(values, token="t1") == errors
    assert sign_on_form(values) == errors


@pytest.mark.parametrize("room", [None, "²", "seven"])
def test_a_sign_on_without_a_room_asks_for_one(room: str | None) -> None:
    assert sign_on_form(entered(room=picked(room))) == {"room": "Choose a room."}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("ada@example.com", True),
        ("a.b+c@mail.example.co.uk", True),
        ("ada@example", False),
        ("ada example.com", False),
        ("<ada@example.com>", False),
        ("a@b.c, d@e.f", False),
        (f"{'a' * 250}@example.com", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_other_text(
    text: str,
    good: bool,  # noqa: FBT001 - a table
) -> None:
    assert is_email(text) is good
