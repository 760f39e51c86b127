"""A name that fits several things: the asker picks one, and the same wish goes on with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.asking.core.arguments import quoted
from bot.asking.core.choices import Choice, few
from bot.asking.rendering.pick_lists import pick_list
from bot.errors import UserError
from bot.jobs.outcome import Outcome, reply, request_of
from bot.jobs.store import Job
from bot.slack.messages import Answer, Message

LONGEST_VALUE = 2_000
"""Of a button: https://docs.slack.dev/reference/block-kit/block-elements/button-element"""

QUESTION = "question"
"""The detail of a job that orders a digest."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a button of a pick list asks for: a job, its details, whether privately, and where."""

    job: str
    details: dict[str, Any]
    privately: bool
    channel: str = ""


class PickError(UserError):
    """Several things fit; `field` is the detail of the job that says which."""

    def __init__(self, typed: str, choices: Sequence[Choice], *, noun: str, field: str) -> None:
        """Remember what was typed and what it can be."""
        names = ", ".join(quoted(each.name) for each in choices)
        super().__init__(f"{quoted(typed)} could be {names}. Type a little more of the name.")
        self.typed = typed
        self.choices = tuple(choices)
        self.noun = noun
        self.field = field


def one_of(typed: str, choices: Sequence[Choice], *, noun: str, field: str) -> Choice:
    """Return the only choice; raises PickError for several, UserError for too many of them."""
    if len(few(typed, choices, noun=noun)) > 1:
        raise PickError(typed, choices, noun=noun, field=field)
    return choices[0]


def picked(job: Job, several: PickError) -> Outcome:
    """Return the pick list for the asker alone; raises the error where a button cannot hold it."""
    told = reply(job, Answer(offered(job, several)), private=True)
    return Outcome((told,), error=str(several))


def offered(job: Job, several: PickError, *, field: str = "") -> Message:
    """Return the pick list of a job; `field` is its detail where that is not the error's.

    Raises the error where a button cannot hold the wish.
    """
    request = request_of(job)

    def value(choice: Choice) -> str:
        details = _with(request.details, field or several.field, choice.id)
        wish = {"job": job.name, "details": details, "privately": request.privately}
        if request.channel:
            wish["channel"] = request.channel
        return json.dumps(wish, ensure_ascii=False, separators=(",", ":"))

    if any(len(value(choice)) > LONGEST_VALUE for choice in several.choices):
        raise several
    return pick_list(several.typed, several.choices, noun=several.noun, value=value)


def wish_of(value: str) -> Wish:
    """Return what a button of a pick list asks for."""
    packed = json.loads(value)
    return Wish(
        packed["job"], packed["details"], packed["privately"], channel=packed.get("channel", "")
    )


def _with(details: Mapping[str, Any], field: str, chosen: str) -> dict[str, Any]:
    """Return the details with what was chosen; those of a digest have their question inside."""
    question = details.get(QUESTION)
    if field not in details and isinstance(question, Mapping):
        return {**details, QUESTION: {**question, field: chosen}}
    return {**details, field: chosen}
