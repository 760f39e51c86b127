"""Registering, signing on and creating: entered in a form, done once, the link to the asker."""

import re
from typing import Any

import httpx
import pytest

from sandbox.slack import Message, View
from tests.asking.seeing import words
from tests.http.contract import TLS
from tests.stage import Stage
from tests.webinars.seeing import asked

GUEST = {
    "email": {"email": "new@example.com"},
    "first_name": {"first_name": "Nia"},
    "last_name": {"last_name": "Novak"},
}


async def test_registering_answers_with_the_personal_link_to_the_asker_alone(
    stage: Stage,
) -> None:
    await register(stage)

    told = stage.slack.ephemerals("UADA")[-1]
    assert "new@example.com is registered for Quarterly update" in words(told)
    assert await opened_link(told) == "You would be in the room now."
    assert stage.said() == []


async def test_a_personal_link_is_not_kept_once_it_was_told(stage: Stage) -> None:
    await register(stage)

    assert "http" in str(stage.slack.ephemerals("UADA")[-1].blocks)
    rows = str([await stage.rows("SELECT * FROM jobs"), await stage.rows("SELECT * FROM ledger")])
    assert "new@example.com" not in rows
    assert "http" not in rows


async def test_of_several_events_that_fit_one_is_chosen_in_the_form(stage: Stage) -> None:
    form = await opened(stage, "/flow-events register n")
    assert "Several events fit" in str(form.blocks)
    select = next(each for each in form.blocks if each.get("block_id") == "event")["element"]
    [night, *_] = [each for each in select["options"] if "Night shift" in each["text"]["text"]]

    chosen = {"event": {"event_session": night["value"]}}
    sent = await stage.slack.submit(form, values=GUEST | chosen)
    await stage.settle()

    assert sent.errors == {}
    assert "is registered for Night shift handover." in stage.whispered()[-1]


async def test_registering_again_says_that_it_is_the_same_link(stage: Stage) -> None:
    await register(stage)
    await register(stage)

    assert "was registered" in stage.whispered()[-1]


async def test_the_form_suggests_the_asker_and_checks_what_was_entered(stage: Stage) -> None:
    form = await opened(stage, "/flow-events register Quarterly update")
    assert "ada@" in str(form.blocks)

    sent = await stage.slack.submit(form, values=GUEST | {"email": {"email": "nobody"}})

    assert list(sent.errors) == ["email"]


async def test_an_event_that_is_not_known_is_said_in_the_form(stage: Stage) -> None:
    form = await opened(stage, "/flow-events register nonsense")

    assert "I can't find an event called" in words(form)


async def test_a_registration_that_flow_does_not_confirm_is_not_repeated(stage: Stage) -> None:
    form = await opened(stage, "/flow-events register Quarterly update")
    stage.flowapp.set_switch("drop_after", 1)

    await stage.slack.submit(form, values=GUEST)
    await stage.settle()

    assert "may or may not be registered" in stage.whispered()[-1]


async def test_a_guest_may_not_register_anybody(stage: Stage) -> None:
    await stage.command("/flow-events register Quarterly update", user="UGUEST")

    assert stage.slack.view_of("UGUEST") is None
    assert "Guests cannot register people" in stage.whispered("UGUEST")[-1]


async def test_a_link_into_a_room_comes_to_the_asker_alone(stage: Stage) -> None:
    await stage.command("/flow-events rooms")
    await stage.slack.click(stage.said()[0], action_id="open_form")
    await stage.settle()
    form = stage.slack.view_of("UADA")
    assert form is not None

    await stage.slack.submit(form, values=GUEST)
    await stage.settle()

    assert "new@example.com can enter" in stage.whispered()[-1]


async def test_an_event_is_previewed_and_created_when_that_is_confirmed(stage: Stage) -> None:
    preview = await entered(stage)
    assert "Tue 1 Dec, 10:00\N{EN DASH}11:00 (Berlin time)" in words(preview)
    assert "Draft. You can change or delete it only in FLOW." in words(preview)
    assert "Ada Lovelace" in words(preview)
    assert asked(stage, "/api/v1/event", "POST") == 0

    done = await confirmed(stage, preview)
    assert "Town hall saved as a draft: Tue 1 Dec, 10:00" in words(done)
    assert "Town hall saved as a draft: Tue 1 Dec, 10:00." in stage.whispered()[-1]

    await stage.command("/flow-events future")
    assert "Town hall (draft)" in words(stage.said()[-1])


async def test_from_the_preview_the_way_back_leads_to_what_was_entered(stage: Stage) -> None:
    preview = await entered(stage)
    await stage.slack.close_view(preview)
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert form.callback_id == "create_event"

    sent = await stage.slack.submit(form, values={"title": {"title": "Summer party"}})
    await stage.settle()
    shown = stage.slack.view_of("UADA")
    assert (sent.errors, shown and shown.callback_id) == ({}, "confirm_new_event")
    assert shown is not None
    await confirmed(stage, shown)

    assert "Summer party saved as a draft" in stage.whispered()[-1]
    assert asked(stage, "/api/v1/event", "POST") == 1


async def test_what_becomes_of_it_is_told_in_the_window_too(stage: Stage) -> None:
    await register(stage)

    window = stage.slack.view_of("UADA")
    assert window is not None
    assert "new@example.com is registered for Quarterly update" in words(window)
    assert await opened_link(window) == "You would be in the room now."


@pytest.mark.parametrize(
    ("command", "form", "switch", "said"),
    [
        (
            "register Quarterly update",
            "register_for_event",
            "registration_closed",
            "Registration closed",
        ),
        ("sign-on Help desk", "sign_on_to_room", "expired_key", "FLOW rejected Flowbot's key."),
    ],
)
async def test_a_failure_brings_the_form_back_as_it_was_filled_in(
    stage: Stage, command: str, form: str, switch: str, said: str
) -> None:
    window = await opened(stage, f"/flow-events {command}")
    stage.flowapp.set_switch(switch, value=True)
    await stage.slack.submit(window, values=GUEST)
    await stage.settle()
    back = stage.slack.view_of("UADA")
    assert back is not None
    assert back.callback_id == form
    assert said in words(back)
    assert "new@example.com" in str(back.blocks)

    stage.flowapp.set_switch(switch, value=False)
    await stage.slack.submit(back)
    await stage.settle()
    assert "new@example.com" in stage.whispered()[-1]
    assert said not in stage.whispered()[-1]


async def test_a_failure_in_a_closed_window_offers_what_was_entered(stage: Stage) -> None:
    window = await opened(stage, "/flow-events register Quarterly update")
    stage.flowapp.set_switch("registration_closed", value=True)
    await stage.slack.submit(window, values=GUEST)
    busy = stage.slack.view_of("UADA")
    assert busy is not None
    await stage.slack.close_view(busy)
    await stage.settle()

    [told] = stage.slack.ephemerals("UADA")
    assert "FLOW says: Registration closed" in told.text
    await stage.slack.click(told, action_id="open_form")
    await stage.settle()
    back = stage.slack.view_of("UADA")
    assert back is not None
    assert "Nia" in str(back.blocks)


async def opened_link(told: Message | View) -> str:
    """Return the heading of the page that the only link in a message leads to."""
    [url] = re.findall(r"'url': '([^']+)'", str(told.blocks))
    async with httpx.AsyncClient(trust_env=False, verify=TLS) as http:
        page = await http.get(url)
    assert page.status_code == 200
    return page.text.partition("<h1>")[2].partition("</h1>")[0]


async def register(stage: Stage) -> None:
    """Register a guest."""
    form = await opened(stage, "/flow-events register Quarterly update")
    sent = await stage.slack.submit(form, values=GUEST)
    assert sent.errors == {}
    await stage.settle()


async def opened(stage: Stage, command: str, *, user: str = "UADA") -> View:
    """Return the form that a command opens, filled."""
    await stage.command(command, user=user)
    form = stage.slack.view_of(user)
    assert form is not None
    return form


async def entered(stage: Stage) -> View:
    """Enter an event and return its preview."""
    form = await opened(stage, "/flow-events create")
    operator = await stage.slack.options(form, action_id="creator", query="ada")
    ada = operator.options[0]["value"]
    values: dict[str, Any] = {
        "title": {"title": "Town hall"},
        "description": {"description": "All of us."},
        "date": {"date": "2026-12-01"},
        "time": {"time": "10:00"},
        "creator": {"creator": ada},
        "organizers": {"organizers": [ada]},
        "duration": {"duration": "1"},
    }
    sent = await stage.slack.submit(form, values=values)
    assert sent.errors == {}
    await stage.settle()
    preview = stage.slack.view_of("UADA")
    assert preview is not None
    return preview


async def confirmed(stage: Stage, preview: View) -> View:
    """Confirm a preview and return the window as it is then."""
    await stage.slack.submit(preview)
    await stage.settle()
    done = stage.slack.view_of("UADA")
    assert done is not None
    return done
