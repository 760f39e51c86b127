"""Every way into Flowbot from Slack: the whole surface, readable in one minute."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.asking.form import Form
from bot.asking.forms import EXPORT_FORM
from bot.connecting.forms import CONNECT_FORM
from bot.digests.as_code.forms import APPLY_FORM, IMPORT_FORM
from bot.digests.forms import CHANGE_FORM, NEW_FORM, SUBSCRIBE_FORM
from bot.digests.handing_over import HAND_OVER_FORM
from bot.digests.muting import REST_FORM
from bot.feature import Feature
from bot.follow.forms import FOLLOW_FORM, MORNINGS_FORM
from bot.policy.forms import POLICY_FORM
from bot.troubles import forms as troubles
from handlers import (
    asking,
    digest_form,
    digests,
    events,
    installs,
    runs,
    talk,
    training,
    webinars,
    workflows,
)
from handlers.features import add_command
from handlers.forms import add_form
from handlers.presses import add_presses

OWN_FORMS = (
    EXPORT_FORM,
    NEW_FORM,
    SUBSCRIBE_FORM,
    CHANGE_FORM,
    HAND_OVER_FORM,
    REST_FORM,
    CONNECT_FORM,
    POLICY_FORM,
    IMPORT_FORM,
    APPLY_FORM,
    FOLLOW_FORM,
    MORNINGS_FORM,
    troubles.OTHER_CHANNEL_FORM,
    troubles.HAND_OVER_FORM,
)
"""The forms that belong to no feature."""


def forms_of(features: Iterable[Feature[Any]]) -> tuple[Form[Any], ...]:
    """Return every form, those that belong to no feature first."""
    return (*OWN_FORMS, *(form for each in features for form in each.forms))


def register(app: AsyncApp, features: Iterable[Feature[Any]], surfaces: Iterable[str] = ()) -> None:
    """Add every listener to the app: what features declare, then what is special to one.

    Those of `surfaces` are in modules of their names, imported only where they are on. They come
    before Flowbot's own, as one may hear in its own way what is heard anyway. What is in
    their FORMS is opened by buttons, too.
    """
    features, more = tuple(features), [import_module(f"handlers.{each}") for each in surfaces]
    for feature in features:
        add_command(app, feature)
    for form in forms_of(features):
        add_form(app, form)
    of_more = [form for room in more for form in getattr(room, "FORMS", ())]
    add_presses(app, features, (*forms_of(features), *of_more))
    for room in more:
        room.register(app)
    for room in (asking, events, installs, talk, digests, digest_form):
        room.register(app)
    for room in (training, runs, webinars, workflows):
        room.register(app)
    asking.add_outdated(app)
