"""The forms about webinars: opened at once and empty, filled by a job, which may ask FLOW."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.asking.core.finder import Choice, PickError
from bot.asking.form_filling import filled, opened
from bot.asking.people import People
from bot.asking.people_model import Person
from bot.asking.rendering.pick_lists import choice_options
from bot.asking.store import ChoiceLists
from bot.clock import Clock
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.blocks.budget import cut
from bot.slack.blocks.ids import Action
from bot.slack.blocks.modals import Errors, View
from bot.slack.client import Slack
from bot.webinars.drafts import EventDrafts
from bot.webinars.events import EVENTS, OPERATORS, ROOMS, Events
from bot.webinars.intents import FillEventForm
from bot.webinars.model import NewEvent
from bot.webinars.rendering.creation_form import create_form, create_modal, zone_options
from bot.webinars.rendering.events import title_of, when_words
from bot.webinars.rendering.forms import Guest, find_event_modal, register_modal, sign_on_modal

REGISTER = "register"
SIGN_ON = "sign-on"
CREATE = "create"
LONGEST_KEPT = 100
"""Of a title in a window's metadata, which Slack bounds at 3,000 characters for ten of them."""
TITLES = {REGISTER: "Register", SIGN_ON: "Sign on to a room", CREATE: "Create an event"}
LISTS = {
    Action.EVENT: EVENTS,
    Action.ROOM: ROOMS,
    Action.CREATOR: OPERATORS,
    Action.ORGANIZERS: OPERATORS,
    Action.PRESENTERS: OPERATORS,
}


class EventForms:
    """Opens forms and answers their pick lists, from local rows only. Raises SlackError."""

    def __init__(self, slack: Slack, lists: ChoiceLists, clock: Clock) -> None:
        """Offer what `lists` holds."""
        self._slack = slack
        self._lists = lists
        self._clock = clock

    async def open_find(self, trigger_id: str) -> None:
        """Open "Find an event"."""
        await self._slack.call("views.open", trigger_id=trigger_id, view=find_event_modal())

    async def open(self, trigger_id: str, form: str) -> str:
        """Open a window that a job will fill; return its id."""
        return await opened(self._slack, trigger_id, title=TITLES[form])

    async def options(self, action_id: str, query: str) -> list[dict[str, Any]]:
        """Return the options of a pick list for what was typed so far."""
        if action_id == Action.ZONE:
            return zone_options(query)
        return choice_options(await self._lists.get(LISTS[Action(action_id)]), query)

    def entered(self, values: Mapping[str, Any]) -> NewEvent | Errors:
        """Return the event that was entered, or messages."""
        return create_form(values, now=self._clock.now())


class FormFilling:
    """Fills the windows that EventForms opened."""

    def __init__(self, slack: Slack, events: Events, drafts: EventDrafts, people: People) -> None:
        """Ask `events` what belongs into them."""
        self._slack = slack
        self._events = events
        self._drafts = drafts
        self._people = people

    async def fill(self, job: Job[FillEventForm]) -> Outcome:
        """Fill a window."""
        request, form = job.request, job.details.form
        person = await self._people.person(request.user, name=request.user_name)
        view = self._view(form, job.details.typed, person, request.channel)
        return await filled(job, self._slack, view, title=TITLES[form])

    async def _view(self, form: str, typed: str, person: Person, channel: str) -> View:
        asker = _guest(person)
        about: dict[str, Any] = {"channel": channel}
        if form == REGISTER:
            found = await self._sessions(typed, person.zone)
            about |= {"titles": {each.id: cut(each.name, LONGEST_KEPT) for each in found}}
            metadata = json.dumps(about, ensure_ascii=False)
            return register_modal(found, asker=asker, metadata=metadata)
        if form == SIGN_ON:
            room = await self._room(typed)
            return sign_on_modal(room, asker=asker, metadata=json.dumps(about))
        entered = await self._drafts.get(typed) if typed else None
        names = await self._events.names()  # asked in any case: without FLOW there is no form
        return create_modal(
            zone=person.zone, entered=entered, names=names, metadata=json.dumps(about)
        )

    async def _sessions(self, typed: str, zone: str) -> Sequence[Choice]:
        """Return the event meant, of sessions with one title the next; or those that may be."""
        try:
            event = await self._events.find(typed, view=REGISTER, zone=zone, nearest=True)
        except PickError as several:
            return several.choices
        return (Choice(event.token, title_of(event), when_words(event, zone)),)

    async def _room(self, typed: str) -> Choice | None:
        """Return the room meant, None where several may be: one is chosen in the form then."""
        try:
            return await self._events.room(typed)
        except PickError:
            return None


def _guest(person: Person) -> Guest:
    first, _, last = person.name.partition(" ")
    return Guest(person.email, first, last)
