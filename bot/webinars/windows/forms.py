"""The forms about webinars: opened at once and empty, filled by a job, which may ask FLOW."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256

from bot.asking.core.finder import Choice, NearError, PickError
from bot.asking.core.options import in_quotes
from bot.asking.form import Form, FormRequest, Options, Shortcut, Submission, opens_empty
from bot.asking.form_filling import filled
from bot.asking.rendering.help import Names
from bot.asking.rendering.pick_lists import choice_options
from bot.asking.store import ChoiceLists
from bot.clock import Clock
from bot.codec import decode, dumps, loads
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.blocks.budget import cut
from bot.slack.blocks.inputs import label_of
from bot.slack.blocks.modals import Errors, View, loading_modal
from bot.slack.client import Slack
from bot.slack.people import Person
from bot.webinars.events import EVENTS, OPERATORS, ROOMS, Events
from bot.webinars.ids import WebinarAction, WebinarCallback
from bot.webinars.intents import (
    CreateEvent,
    FillEventForm,
    FillNewEvent,
    PreviewEvent,
    Register,
    RenewEvents,
    SignOn,
)
from bot.webinars.model import NewEvent, NewRegistration
from bot.webinars.question import is_personal
from bot.webinars.rendering import windows
from bot.webinars.rendering.creation import event_preview
from bot.webinars.rendering.creation_form import create_form, create_modal, zone_options
from bot.webinars.rendering.event_words import title_of, when_words
from bot.webinars.rendering.forms import (
    EventForm,
    Guest,
    find_event_form,
    find_event_modal,
    register_form,
    register_modal,
    sign_on_form,
    sign_on_modal,
)
from bot.webinars.rendering.windows import KeptInForm
from bot.webinars.store import EventDrafts

Submit = Callable[["EventForms", Submission], Awaitable[FormRequest | Errors]]
Lists = Mapping[str, Callable[["EventForms", str], Awaitable[Options]]]
REGISTER = "register"
SIGN_ON = "sign-on"
CREATE = "create"
LONGEST_KEPT = 100
"""Of a title in a window's metadata, which Slack bounds at 3,000 characters for ten of them."""
TITLES = {
    REGISTER: windows.TITLES[Register.job],
    SIGN_ON: windows.TITLES[SignOn.job],
    CREATE: windows.TITLES[CreateEvent.job],
}


class EventForms:
    """Opens forms and answers their pick lists, from local rows only."""

    def __init__(self, lists: ChoiceLists, clock: Clock) -> None:
        """Offer what `lists` holds."""
        self._lists = lists
        self._clock = clock

    async def find_view(self, typed: str) -> View:
        """Return the window "Find an event", whatever was typed."""
        del typed
        return find_event_modal()

    async def names(self) -> Names:
        """Return the names of webinars and rooms as they were last seen, as they are typed."""
        events, rooms = await self._lists.get(EVENTS), await self._lists.get(ROOMS)
        titles = [in_quotes(each.name) for each in events]
        often = sorted(titles, key=titles.count, reverse=True)  # of several sessions some are over
        return {
            "event": list(dict.fromkeys(titles)),
            "held": often,
            "room": [in_quotes(each.name) for each in rooms],
        }

    async def events(self, query: str) -> Options:
        """Return the events for what was typed so far."""
        return choice_options(await self._lists.get(EVENTS), query)

    async def rooms(self, query: str) -> Options:
        """Return the rooms for what was typed so far."""
        return choice_options(await self._lists.get(ROOMS), query)

    async def operators(self, query: str) -> Options:
        """Return the operators for what was typed so far."""
        return choice_options(await self._lists.get(OPERATORS), query)

    async def zones(self, query: str) -> Options:
        """Return the time zones for what was typed so far."""
        return zone_options(query)

    async def find(self, submission: Submission) -> FormRequest | Errors:
        """Return the question about events; what has personal data is for the asker alone."""
        form = find_event_form(submission.values)
        if not isinstance(form, EventForm):
            return form
        return FormRequest(form.question, form.channel, privately=is_personal(form.question))

    async def register(self, submission: Submission) -> FormRequest | Errors:
        """Return the registration; its link comes to the asker alone."""
        about = _kept(submission)
        titles = about.titles
        token = "" if len(titles) > 1 else next(iter(titles))
        new = register_form(submission.values, token=token)
        if not isinstance(new, NewRegistration):
            return new
        title = titles.get(new.token, new.token)
        wanted = Register(
            new.token,
            title,
            new.email,
            new.first_name,
            new.last_name,
            view_id=submission.view_id,
        )
        busy = loading_modal(TITLES[REGISTER])
        return FormRequest(wanted, about.channel, next_view=busy)

    async def sign_on(self, submission: Submission) -> FormRequest | Errors:
        """Return the sign-on to a room; its link comes to the asker alone."""
        form = sign_on_form(submission.values)
        if not isinstance(form, tuple):
            return form
        room, guest = form
        wanted = SignOn(
            room,
            guest.email,
            guest.first_name,
            guest.last_name,
            room=label_of(submission.values, WebinarAction.ROOM),
            view_id=submission.view_id,
        )
        busy = loading_modal(TITLES[SIGN_ON])
        return FormRequest(wanted, _kept(submission).channel, next_view=busy)

    async def create(self, submission: Submission) -> FormRequest | Errors:
        """Return the event that was entered, and its preview as the next page.

        Entered once more, it is another draft: a refused one can be changed and created.
        """
        now = self._clock.now()
        new = create_form(submission.values, now=now)
        if not isinstance(new, NewEvent):
            return new
        channel = _kept(submission).channel
        entered = sha256(dumps(new).encode()).hexdigest()[:16]
        key = f"event:{submission.view_id}:{entered}"
        names = {int(each.id): each.name for each in await self._lists.get(OPERATORS)}
        kept = dumps(KeptInForm(channel, draft=key))
        preview = event_preview(new, names, this_year=now.year, metadata=kept)
        return FormRequest(PreviewEvent(new), channel, key=key, next_view=preview, goes_on_top=True)

    async def confirm(self, submission: Submission) -> FormRequest | Errors:
        """Return the event that was shown, to be created."""
        kept = _kept(submission)
        wanted = CreateEvent(kept.draft, view_id=submission.view_id)
        return FormRequest(wanted, kept.channel, next_view=loading_modal(TITLES[CREATE]))


class EventFormFiller:
    """Fills the windows that EventForms opened."""

    def __init__(self, slack: Slack, events: Events, drafts: EventDrafts) -> None:
        """Ask `events` what belongs into them."""
        self._slack = slack
        self._events = events
        self._drafts = drafts

    async def fill(self, job: Job[FillEventForm]) -> Outcome:
        """Fill a window."""
        form = job.details.form
        view = self._view(form, job.details.typed, job.asker, job.request.channel)
        return await filled(job, self._slack, view, title=TITLES[form])

    async def _view(self, form: str, typed: str, person: Person, channel: str) -> View:
        asker = _guest(person)
        if form == REGISTER:
            found = await self._sessions(typed, person.zone)
            titles = {each.id: cut(each.name, LONGEST_KEPT) for each in found}
            metadata = dumps(KeptInForm(channel, titles))
            return register_modal(found, asker=asker, metadata=metadata)
        metadata = dumps(KeptInForm(channel))
        if form == SIGN_ON:
            room = await self._room(typed)
            return sign_on_modal(room, asker=asker, metadata=metadata)
        entered = await self._drafts.get(typed) if typed else None
        names = await self._events.names()  # asked in any case: without FLOW there is no form
        return create_modal(zone=person.zone, entered=entered, names=names, metadata=metadata)

    async def _sessions(self, typed: str, zone: str) -> Sequence[Choice]:
        """Return the event meant, of sessions with one title the next; or those that may be."""
        try:
            event = await self._events.find(typed, view=REGISTER, zone=zone, nearest=True)
        except NearError:
            raise
        except PickError as several:
            return several.choices
        return (Choice(event.token, title_of(event), when_words(event, zone)),)

    async def _room(self, typed: str) -> Choice | None:
        """Return the room meant, None where several may be: one is chosen in the form then."""
        try:
            return await self._events.room(typed)
        except NearError:
            raise
        except PickError:
            return None


def _kept(submission: Submission) -> KeptInForm:
    return decode(KeptInForm, loads(submission.metadata))


def _guest(person: Person) -> Guest:
    first, _, last = person.name.partition(" ")
    return Guest(person.email, first, last)


def _form(
    name: str,
    callback: WebinarCallback,
    submit: Submit,
    lists: Lists,
    filler: type[FillEventForm] = FillEventForm,
) -> Form[EventForms]:
    """Return a form that opens empty and is filled by a job."""
    return Form(
        callback=callback,
        title=TITLES[name],
        service=EventForms,
        view=opens_empty,
        fill=partial(filler, form=name),
        submit=submit,
        needs=filler.needs,
        lists=lists,
        renew=RenewEvents(),
    )


FIND = Form(
    callback=WebinarCallback.FIND_EVENT,
    title="Find an event",
    service=EventForms,
    view=EventForms.find_view,
    submit=EventForms.find,
    needs=Right.ASK,
    lists={WebinarAction.EVENT: EventForms.events},
    renew=RenewEvents(),
    shortcut=Shortcut("Find an event", "List webinars, or choose one and what to see of it"),
)
REGISTER_FORM = _form(REGISTER, WebinarCallback.REGISTER, EventForms.register, {})
SIGN_ON_FORM = _form(
    SIGN_ON, WebinarCallback.SIGN_ON, EventForms.sign_on, {WebinarAction.ROOM: EventForms.rooms}
)
CREATE_FORM = _form(
    CREATE,
    WebinarCallback.CREATE_EVENT,
    EventForms.create,
    {
        WebinarAction.CREATOR: EventForms.operators,
        WebinarAction.ORGANIZERS: EventForms.operators,
        WebinarAction.PRESENTERS: EventForms.operators,
        WebinarAction.ZONE: EventForms.zones,
    },
    FillNewEvent,
)
CONFIRM_FORM = Form(
    callback=WebinarCallback.CONFIRM_EVENT,
    title=TITLES[CREATE],
    service=EventForms,
    submit=EventForms.confirm,
    needs=Right.CREATE,
)
FORMS = (FIND, REGISTER_FORM, SIGN_ON_FORM, CREATE_FORM, CONFIRM_FORM)
