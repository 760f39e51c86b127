"""FLOW: webinars."""

from urllib.parse import urlsplit

from bot.asking.model import EventsQuestion
from bot.feature import Feature, Parts
from bot.jobs.tasks import Task
from bot.webinars.answers import EventAnswers
from bot.webinars.client import open_flowapp
from bot.webinars.drafts import EventDrafts
from bot.webinars.events import Events
from bot.webinars.files import TABLES, EventFiles
from bot.webinars.forms import EventForms, FormFilling
from bot.webinars.intents import (
    CancelEvent,
    CreateEvent,
    FillEventForm,
    PreviewEvent,
    Register,
    RenewEvents,
    SignOn,
)
from bot.webinars.looks import Looks
from bot.webinars.news import EventNews
from bot.webinars.registrations import Registrations

LINK_HOSTS = ("prod.flowapp.com",)
"""Where FLOW's personal links lead, besides the configured host."""


async def build(parts: Parts) -> tuple[Feature, EventForms]:
    """Return the feature and its forms."""
    clock, people = parts.clock, parts.people
    settings = parts.settings.flowapp
    events = Events(await open_flowapp(settings, clock, parts.stack), clock)
    drafts = EventDrafts(parts.snapshots)
    looks, news = Looks(parts.snapshots), EventNews(parts.snapshots)
    files = EventFiles(events, looks)
    answers = EventAnswers(events, files, looks, news, people, clock)
    own = urlsplit(settings.base_url).hostname or ""
    changes = Registrations(events, drafts, people, clock, link_hosts=(*LINK_HOSTS, own))
    feature = Feature(
        tasks=(
            Task(EventsQuestion, answers.answer),
            Task(RenewEvents, events.renew),
            Task(FillEventForm, FormFilling(parts.slack, events, drafts, people).fill),
            Task(Register, changes.register),
            Task(SignOn, changes.sign_on),
            Task(PreviewEvent, changes.preview, PreviewEvent.read),
            Task(CreateEvent, changes.create),
            Task(CancelEvent, changes.cancel),
        ),
        composers={"events": answers},
        openers={TABLES.name: TABLES.opener(files.content, parts.tables, clock)},
    )
    return feature, EventForms(parts.slack, parts.lists, clock)
