"""FLOW, put together: webinars, who comes to them, and what changes them."""

from urllib.parse import urlsplit

from bot.asking.core.arguments import Ask, OpenForm
from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import SpokenCommand
from bot.asking.question import QuestionKind
from bot.feature import Command, Feature, ParsedCommand, Parts, Wiring
from bot.jobs.tasks import Task
from bot.webinars import deeds
from bot.webinars.answers.answers import EventAnswers
from bot.webinars.answers.files import TABLES, EventFiles
from bot.webinars.client.client import open_flowapp
from bot.webinars.core.command import (
    AskEvents,
    OpenCreate,
    OpenRegister,
    OpenSignOn,
    events_question,
    events_words,
    parse_events,
)
from bot.webinars.core.measures import event_measures, event_part
from bot.webinars.events import Events
from bot.webinars.help import HELP
from bot.webinars.intents import (
    CreateEvent,
    FillEventForm,
    FillNewEvent,
    PreviewEvent,
    Register,
    RenewEvents,
    SignOn,
)
from bot.webinars.linked import EVENT, EventLinks
from bot.webinars.model import FLOW
from bot.webinars.question import EventsQuestion, as_file, is_personal, order_notes
from bot.webinars.rendering.picker import PICKER
from bot.webinars.rendering.titles import events_title
from bot.webinars.settings import FlowAppSettings
from bot.webinars.steps import STEPS
from bot.webinars.store import EventDrafts, EventNews, Looks
from bot.webinars.windows import forms
from bot.webinars.windows.proposing import RegistrationProposals
from bot.webinars.windows.registrations import Registrations

LINK_HOSTS = ("prod.flowapp.com",)
"""Where FLOW's personal links lead, besides the configured host."""


def parse(text: str) -> ParsedCommand:
    """Return what the text after /flow-events wants, a window for what changes something."""
    parsed = parse_events(text)
    match parsed:
        case AskEvents():
            return Ask(parsed.question, privately=parsed.for_the_asker_alone)
        case OpenRegister():
            return OpenForm(parsed.event, form=forms.REGISTER_FORM.callback)
        case OpenSignOn():
            return OpenForm(parsed.room, form=forms.SIGN_ON_FORM.callback)
        case OpenCreate():
            return OpenForm(form=forms.CREATE_FORM.callback)
    return parsed


COMMAND = Command(
    name="/flow-events",
    description="Webinars, who is registered for them, and how they went",
    usage_hint="future | info <event> | registrants <event> | report <event> | register <event> | "
    "create | help",
    parse=parse,
    help=HELP,
    spoken=SpokenCommand(
        nouns=word_set("events event webinars webinar"),
        words=word_set(
            "registrants attendees registrations upcoming survey surveys hosts operators"
        ),
        about="info {}",
    ),
)
EVENTS = QuestionKind(
    question=EventsQuestion,
    command=COMMAND.name,
    read=events_question,
    words=events_words,
    titled=events_title,
    as_file=as_file,
    is_personal=is_personal,
    notes=order_notes,
    asks="Which webinars? For example: /flow-events future",
    likely=("week", "future"),
    measures=event_measures,
    parts=event_part,
    picker=PICKER,
)


async def build(parts: Parts, settings: FlowAppSettings) -> Wiring:
    """Return what FLOW adds."""
    clock = parts.clock
    flowapp = await open_flowapp(settings, clock, parts.stack)
    events = Events(flowapp, clock)
    drafts = EventDrafts(parts.snapshots)
    looks, news = Looks(parts.snapshots), EventNews(parts.snapshots)
    files = EventFiles(events, looks)
    own = urlsplit(settings.base_url).hostname or ""
    changes = Registrations(parts.slack, events, drafts, clock, link_hosts=(*LINK_HOSTS, own))
    filling = forms.EventFormFiller(parts.slack, events, drafts)
    event_forms = forms.EventForms(parts.lists, clock)
    return Wiring(
        connection=flowapp,
        names=event_forms.names,
        things=deeds.things(events),
        composers={EventsQuestion: EventAnswers(events, files, looks, news)},
        tasks=(
            *RegistrationProposals(events, clock).tasks,
            Task(RenewEvents, events.renew),
            Task(FillEventForm, filling.fill),
            Task(FillNewEvent, filling.fill),
            Task(Register, changes.register, deed=deeds.REGISTER),
            Task(SignOn, changes.sign_on, deed=deeds.SIGN_ON),
            Task(PreviewEvent, changes.keep, PreviewEvent.read),
            Task(CreateEvent, changes.create, deed=deeds.creating(drafts)),
        ),
        services=(event_forms,),
        openers={
            TABLES.name: TABLES.opener(files.content, parts.tables, clock, EVENTS.command_words)
        },
        linked={EVENT.kind: EventLinks(events).card},
    )


def tools() -> tuple[RoomTool, ...]:
    """Return what assistants may ask, read only where they do."""
    from bot.webinars.tools import TOOLS  # noqa: PLC0415  # else nobody needs their words

    return TOOLS


FEATURE = Feature(
    name="webinars",
    vendor=FLOW,
    settings=FlowAppSettings,
    command=COMMAND,
    kinds=(EVENTS,),
    forms=forms.FORMS,
    steps=STEPS,
    build=build,
    tools=tools,
    connect=open_flowapp,
    linked=(EVENT,),
)
