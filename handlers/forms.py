"""The one set of listeners for all forms: opened, searched in, and submitted."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.asking.form import Form, FormRequest, FormUse
from bot.asking.form import Submission as Submitted
from bot.slack.blocks.modals import brought_back, loading_modal
from bot.slack.blocks.modals import opened_in as marked_with
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, from_form, message_ref, opener_of, place_of, user_of, whoever


def add_form(app: AsyncApp, form: Form[Any]) -> None:
    """Add a form's shortcuts, its searched lists and its submission."""
    if form.shortcut:
        app.global_shortcut(form.callback)(guarded(_opening(form), form.needs))
    if form.message_shortcut:
        opening = guarded(_opening_of_message(form), form.needs)
        app.message_shortcut(form.message_shortcut.callback)(opening)
    for action in form.lists:
        app.options(action)(guarded(_searching(form), form.needs))
    if form.submit:
        app.view(form.callback)(guarded(_submitting(form), form.needs))


async def open_pressed(form: Form[Any], body: Payload, services: Services, *, about: str) -> None:
    """Open a form that a button or a menu opens, for those who may."""
    person = body["user"]
    await services.admission.admit(
        form.needs, person["id"], team=person.get("team_id") or "", where=place_of(body)
    )
    await open_form(form, body, services, typed=about)


async def open_form(form: Form[Any], body: Payload, services: Services, *, typed: str = "") -> None:
    """Open a form about what was typed; where a vendor has to be asked first, a job fills it."""
    trigger = body["trigger_id"]
    services.switches.check_form(form.callback)
    opening = FormUse(typed, user_of(body), place_of(body))
    view = await form.opened(services.of(form.service), opening)

    async def then(window: str) -> None:
        if view is None and form.fill:
            await services.inbox.accept(f"fill:{trigger}", whoever(body, form.fill(window, typed)))
        await _renew(form, body, services)

    await services.forms.open(
        trigger, view or loading_modal(form.title), conversation=opener_of(body), then=then
    )


async def _renew(form: Form[Any], body: Payload, services: Services, _window: str = "") -> None:
    """Have the lists of a form brought up to date while it is filled in."""
    renew = form.renews(services.of(form.service)) if form.renews else form.renew
    if renew:
        await services.inbox.accept(f"renew:{body['trigger_id']}", whoever(body, renew))


def _opening(form: Form[Any]) -> Any:
    async def opened(ack: AsyncAck, body: Payload, services: Services) -> None:
        await open_form(form, body, services)
        await ack()

    return opened


def _opening_of_message(form: Form[Any]) -> Any:
    async def opened(
        ack: AsyncAck, body: Payload, context: AsyncBoltContext, services: Services
    ) -> None:
        assert form.message_shortcut is not None
        services.switches.check_form(form.callback)
        service = services.of(form.service)
        view = await form.message_shortcut.view(service, message_ref(body, context))
        renewed = partial(_renew, form, body, services)
        await services.forms.open(
            body["trigger_id"], view, conversation=place_of(body), then=renewed
        )
        await ack()

    return opened


def _searching(form: Form[Any]) -> Any:
    async def searched(ack: AsyncAck, body: Payload, services: Services) -> None:
        options = form.lists[body["action_id"]]
        found = await options(services.of(form.service), body.get("value", ""))
        user, where = user_of(body), place_of(body)
        may = services.admission.offered(form.needs, user, found, where=where)
        await ack(options=await may)

    return searched


def _submitting(form: Form[Any]) -> Any:
    async def submitted(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
        conversation, metadata = brought_back(view["private_metadata"])
        given = Submitted(view["state"]["values"], metadata, view["id"], user_of(body))
        assert form.submit is not None, form.callback
        wanted = await form.submit(services.of(form.service), given)
        if isinstance(wanted, FormRequest):
            await _accept(wanted, ack, body, services, opened_in=conversation)
        else:
            await ack(response_action="errors", errors=wanted)

    return submitted


async def _accept(
    wanted: FormRequest, ack: AsyncAck, body: Payload, services: Services, *, opened_in: str
) -> None:
    """Accept what a form wants, once however often it is sent."""
    key = wanted.key or f"form:{body['view']['id']}"
    request = from_form(body, wanted, opened_in=opened_in)
    first = await services.inbox.accept(key, request)
    shown = await wanted.taken() if wanted.taken and not first else wanted.next_view
    if shown:
        action = "push" if wanted.goes_on_top else "update"
        await ack(response_action=action, view=marked_with(shown, opened_in))
    else:
        await ack()
