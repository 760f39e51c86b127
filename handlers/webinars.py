"""Webinars: their forms, the pick lists in them, and the buttons of their messages."""

import json
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.model import EventsQuestion, is_personal
from bot.slack.blocks.ids import Action, Callback
from bot.slack_app import Services
from bot.webinars.intents import (
    CancelEvent,
    CreateEvent,
    FillEventForm,
    PreviewEvent,
    Register,
    RenewEvents,
    SignOn,
)
from bot.webinars.model import COMPILED, SURVEY, NewEvent, NewRegistration
from bot.webinars.rendering.forms import EventForm, find_event_form, register_form, sign_on_form
from handlers.boundary import guarded
from handlers.payloads import Payload, from_click, from_form

PICK_LISTS = (
    Action.EVENT,
    Action.ROOM,
    Action.CREATOR,
    Action.ORGANIZERS,
    Action.PRESENTERS,
    Action.ZONE,
)


def register(app: AsyncApp) -> None:
    """Add the forms, their pick lists and the buttons."""
    app.view(Callback.FIND_EVENT)(guarded(find_event))
    app.view(Callback.REGISTER)(guarded(submit_register))
    app.view(Callback.SIGN_ON)(guarded(submit_sign_on))
    app.view(Callback.CREATE_EVENT)(guarded(submit_create))
    for action in PICK_LISTS:
        app.options(action)(guarded(options))
    app.action(Action.OPEN_REGISTER)(guarded(open_register))
    app.action(Action.OPEN_CREATE)(guarded(open_create))
    app.action(Action.OPEN_SIGN_ON)(guarded(open_sign_on))
    app.action(Action.SHOW_REGISTRANTS)(guarded(show_registrants))
    app.action(Action.SHOW_SURVEYS)(guarded(show_surveys))
    app.action(Action.SURVEY_ANSWERS)(guarded(survey_answers))
    app.action(Action.COMPILED_REPORT)(guarded(compiled_report))
    app.action(Action.CONFIRM_EVENT)(guarded(confirm_event))
    app.action(Action.EDIT_EVENT)(guarded(edit_event))
    app.action(Action.CANCEL_EVENT)(guarded(cancel_event))


async def open_find(body: Payload, services: Services) -> None:
    """Open "Find an event", and have its pick list brought up to date."""
    await services.events.open_find(body["trigger_id"])
    await _renew(body, services)


async def open_form(form: str, body: Payload, services: Services, *, typed: str = "") -> None:
    """Open a form at once; a job fills it and another brings its pick lists up to date."""
    view_id = await services.events.open(body["trigger_id"], form)
    user = body.get("user") or {"id": body["user_id"], "name": body.get("user_name", "")}
    channel = body.get("channel_id") or body.get("channel", {}).get("id", "")
    click = {"user": user, "channel": {"id": channel}}
    wanted = from_click(click, FillEventForm(view_id, typed, form))
    await services.inbox.accept(f"fill:{body['trigger_id']}", wanted)
    await _renew(body, services)


async def find_event(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a question about events, or say beside the inputs what is missing."""
    form = find_event_form(view["state"]["values"])
    if not isinstance(form, EventForm):
        await ack(response_action="errors", errors=form)
        return
    wanted = from_form(body, form.question, channel=form.channel)
    wanted = replace(wanted, privately=is_personal(form.question))
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def submit_register(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a registration; its link comes to the asker alone."""
    about = json.loads(view["private_metadata"])
    titles = about["titles"]
    new = register_form(
        view["state"]["values"], token="" if len(titles) > 1 else next(iter(titles))
    )
    if not isinstance(new, NewRegistration):
        await ack(response_action="errors", errors=new)
        return
    title = titles.get(new.token, new.token)
    registration = Register(new.token, title, new.email, new.first_name, new.last_name)
    wanted = from_form(body, registration, channel=about["channel"])
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def submit_sign_on(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a sign-on to a room; its link comes to the asker alone."""
    about = json.loads(view["private_metadata"])
    form = sign_on_form(view["state"]["values"])
    if not isinstance(form, tuple):
        await ack(response_action="errors", errors=form)
        return
    room, guest = form
    wanted = from_form(
        body,
        SignOn(room, guest.email, guest.first_name, guest.last_name),
        channel=about["channel"],
    )
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def submit_create(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept an entered event for its preview, or say what needs another look."""
    about = json.loads(view["private_metadata"])
    new = services.events.entered(view["state"]["values"])
    if not isinstance(new, NewEvent):
        await ack(response_action="errors", errors=new)
        return
    wanted = from_form(body, PreviewEvent(new), channel=about["channel"])
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def options(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Answer a pick list from what is kept here."""
    await ack(options=await services.events.options(body["action_id"], body.get("value", "")))


async def open_register(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form that registers somebody for the event of a card."""
    await open_form("register", body, services, typed=action["value"])
    await ack()


async def open_create(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form that creates an event."""
    await open_form("create", body, services)
    await ack()


async def open_sign_on(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form of a link into a room."""
    await open_form("sign-on", body, services, typed=action["value"])
    await ack()


async def show_registrants(
    ack: AsyncAck, body: Payload, action: Payload, services: Services
) -> None:
    """Show an event's registrants to who pressed the button, alone."""
    await _ask(EventsQuestion("registrants", action["value"]), body, services)
    await ack()


async def show_surveys(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """List an event's surveys."""
    await _ask(EventsQuestion("surveys", action["value"]), body, services)
    await ack()


async def survey_answers(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Bring the answers to one survey to who pressed the button, alone."""
    event, _, survey = action["value"].partition(" ")
    question = EventsQuestion("report", event, report=SURVEY, survey=survey, export="xlsx")
    await _ask(question, body, services)
    await ack()


async def compiled_report(
    ack: AsyncAck, body: Payload, action: Payload, services: Services
) -> None:
    """Bring an event's compiled report to who pressed the button, alone."""
    question = EventsQuestion("report", action["value"], report=COMPILED, export="xlsx")
    await _ask(question, body, services)
    await ack()


async def confirm_event(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Create a previewed event, once however often the button is pressed."""
    await _decide(CreateEvent(action["value"]), body, action, services)
    await ack()


async def cancel_event(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Drop a previewed event."""
    await _decide(CancelEvent(action["value"]), body, action, services)
    await ack()


async def edit_event(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form again as it was filled in."""
    await open_form("create", body, services, typed=action["value"])
    await ack()


async def _ask(question: EventsQuestion, body: Payload, services: Services) -> None:
    wanted = from_click(body, question)
    wanted = replace(wanted, privately=is_personal(question))
    await services.inbox.accept(f"click:{body['trigger_id']}", wanted)


async def _decide(
    intent: CreateEvent | CancelEvent, body: Payload, action: Payload, services: Services
) -> None:
    """Accept a decision: both buttons share one key, so the first press wins."""
    wanted = from_click(body, intent, replaces=True)
    await services.inbox.accept(f"event:{action['value']}", wanted)


async def _renew(body: Payload, services: Services) -> None:
    user = body.get("user") or {"id": body["user_id"]}
    wanted = from_click({"user": user}, RenewEvents())
    await services.inbox.accept(f"renew:{body['trigger_id']}", wanted)
