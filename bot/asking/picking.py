"""A name that fits several things: the asker picks one, and the same request goes on with it."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from bot.asking.core.finder import Choice, PickError
from bot.asking.rendering.failures import ways_out
from bot.asking.rendering.offers import MOST_BUTTONS, offer_value
from bot.asking.rendering.pick_lists import labels_of, pick_list
from bot.asking.rendering.presses import brief, pick_menu
from bot.jobs.outcome import Outcome, answer_key, reply
from bot.jobs.request import Intent, Job, Request
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import Element, context, message
from bot.slack.blocks.budget import LIMITS
from bot.slack.messages import Answer, Message, Target

QUESTION = "question"
"""The detail of an order for a digest in which the names are."""


def picked(job: Job[Intent], several: PickError) -> Outcome:
    """Return the pick list for the asker alone; raises the error where a button cannot hold it."""
    outgoing = reply(job, Answer(offered(job, several)), private=True)
    return Outcome((outgoing,), error=str(several))


def offered(job: Job[Intent], several: PickError, *, field: str = "") -> Message:
    """Return the pick list of a job; `field` is its detail where that is not the error's.

    Raises the error where a button cannot hold the request.
    """
    request = job.request

    def wanted(choice: Choice) -> Intent:
        return _with(job.details, field or several.field, choice.id)  # type: ignore[no-any-return]

    def value(choice: Choice) -> str:
        channel = request.channel
        return offer_value(wanted(choice), privately=request.privately, channel=channel)

    menu = _menu(several, wanted, request if field else replace(request, channel=""))
    too_long = any(len(value(choice)) > LIMITS.button_value for choice in several.choices)
    if not menu and (too_long or len(several.choices) > LIMITS.action_elements):
        raise several
    return pick_list(
        several.typed,
        several.choices,
        noun=several.noun,
        value=value,
        menu=menu,
        lead=several.lead,
        ways=ways_out(several, privately=request.privately),
    )


def _menu(
    several: PickError, wanted: Callable[[Choice], Intent], request: Request[Intent]
) -> tuple[Element, ...]:
    """Return the menu of what there is to pick from; none for few, or where it has no room."""
    if len(several.choices) <= MOST_BUTTONS:
        return ()
    labels = labels_of(several.choices)
    offers = (
        replace(brief(wanted(each), privately=request.privately), channel=request.channel)
        for each in several.choices
    )
    choices = tuple(zip(labels, offers, strict=True))
    return pick_menu(f"Choose the {several.noun}", choices)


def with_choice(job: Job[Intent], outcome: Outcome) -> Outcome:
    """Return what a job brought forth, and its choice in the place of the choices."""
    request = job.request
    if not request.picked or not request.response_url or request.replaces or outcome.again_at:
        return outcome
    target = Target(
        channel=request.channel,
        user=request.user,
        private=True,
        response_url=request.response_url,
        replaces=True,
    )
    said = message(request.picked, context(request.picked))
    chosen = OutgoingAnswer(f"{answer_key(job)}:picked", target, Answer(said))
    return replace(outcome, answers=(chosen, *outcome.answers))


def _with(wanted: Any, field: str, chosen: str) -> Any:
    """Return an intent with what was chosen; an order for a digest has its question inside."""
    names = {each.name for each in fields(wanted)}
    if field not in names and QUESTION in names:
        return replace(wanted, question=_with(wanted.question, field, chosen))
    number = isinstance(getattr(wanted, field), int)
    return replace(wanted, **{field: int(chosen) if number else chosen})
