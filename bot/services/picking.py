"""A name that fits several things: the asker picks one, and the same wish goes on with it."""

import json
from collections.abc import Sequence
from typing import Any

from bot.core.arguments import quoted
from bot.core.choices import Choice
from bot.errors import UserError
from bot.model.messages import Answer
from bot.rendering.pick_lists import pick_list
from bot.services.outcome import Outcome, reply, request_of
from bot.store.jobs import Job

LONGEST_VALUE = 2_000
"""Of a button: https://docs.slack.dev/reference/block-kit/block-elements/button-element"""


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
    """Return the only choice; raises PickError for several."""
    if len(choices) > 1:
        raise PickError(typed, choices, noun=noun, field=field)
    return choices[0]


def picked(job: Job, several: PickError) -> Outcome:
    """Return the pick list for the asker alone; raises the error where a button cannot hold it."""
    request = request_of(job)

    def value(choice: Choice) -> str:
        return _packed(job.name, {**request.details, several.field: choice.id}, request.privately)

    if any(len(value(choice)) > LONGEST_VALUE for choice in several.choices):
        raise several
    told = pick_list(several.typed, several.choices, noun=several.noun, value=value)
    return Outcome((reply(job, Answer(told), private=True),))


def wish_of(value: str) -> tuple[str, dict[str, Any], bool]:
    """Return the job, its details and whether it was asked privately, of a button's value."""
    packed = json.loads(value)
    return packed["job"], packed["details"], packed["privately"]


def _packed(job: str, details: dict[str, Any], privately: bool) -> str:  # noqa: FBT001 - as kept
    wish = {"job": job, "details": details, "privately": privately}
    return json.dumps(wish, ensure_ascii=False, separators=(",", ":"))
