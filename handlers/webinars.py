"""Webinars: the buttons of their messages."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.jobs.access import Right
from bot.slack_app import Services
from bot.webinars import forms
from bot.webinars.ids import WebinarAction
from bot.webinars.intents import CancelEvent, CreateEvent
from bot.webinars.model import COMPILED, SURVEY
from bot.webinars.question import EventsQuestion, is_personal
from handlers.boundary import BY_JOB, guarded
from handlers.forms import open_form
from handlers.payloads import Payload, from_click


def register(app: AsyncApp) -> None:
    """Add the buttons."""
    app.action(WebinarAction.OPEN_REGISTER)(guarded(open_register, Right.CHANGE_EVENTS))
    app.action(WebinarAction.OPEN_CREATE)(guarded(open_create, Right.CHANGE_EVENTS))
    app.action(WebinarAction.OPEN_SIGN_ON)(guarded(open_sign_on, Right.CHANGE_EVENTS))
    app.action(WebinarAction.SHOW_REGISTRANTS)(guarded(show_registrants, BY_JOB))
    app.action(WebinarAction.SHOW_SURVEYS)(guarded(show_surveys, BY_JOB))
    app.action(WebinarAction.SURVEY_ANSWERS)(guarded(survey_answers, BY_JOB))
    app.action(WebinarAction.COMPILED_REPORT)(guarded(compiled_report, BY_JOB))
    app.action(WebinarAction.CONFIRM_EVENT)(guarded(confirm_event, BY_JOB))
    app.action(WebinarAction.EDIT_EVENT)(guarded(edit_event, Right.CHANGE_EVENTS))
    app.action(WebinarAction.CANCEL_EVENT)(guarded(cancel_event, BY_JOB))


async def open_register(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form that registers somebody for the event of a card."""
    await open_form(forms.REGISTER_FORM, body, services, typed=action["value"])
    await ack()


async def open_create(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form that creates an event."""
    await open_form(forms.CREATE_FORM, body, services)
    await ack()


async def open_sign_on(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form of a link into a room."""
    await open_form(forms.SIGN_ON_FORM, body, services, typed=action["value"])
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
    await open_form(forms.CREATE_FORM, body, services, typed=action["value"])
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
