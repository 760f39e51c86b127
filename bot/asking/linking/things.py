"""What a vendor's room says of the links to its things: which things, and what is shown of one.

No vendor's pages tell the browser address of a thing, so none is here: which addresses mean what is
a setting of the workspace. A room tells the form of an id, which a guess would have to have.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.asking.question import Question

ITEM: Final = "item"
TASK: Final = "task"
"""Kinds of Slack's Work Objects: an item has fields of ours alone, a task a state and dates of
its own. https://docs.slack.dev/messaging/work-objects-implementation"""


@dataclass(frozen=True, slots=True)
class LinkFact:
    """One line of a card: what it is called, and a text of the vendor's or a moment."""

    label: str
    value: str | datetime


@dataclass(frozen=True, slots=True)
class LinkForm:
    """A form that a card opens: what its button says, its callback, and what it is about."""

    label: str
    callback: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCard:
    """A thing as a link to it is shown.

    `news` is the sentence that matters, `state` a word for how it stands. `facts` are for all who
    read the channel, so they name no person; `details` are for one who may ask, and may. `question`
    is what its report asks, `form` what runs it.
    """

    title: str
    question: Question
    news: str = ""
    state: str = ""
    facts: tuple[LinkFact, ...] = ()
    details: tuple[LinkFact, ...] = ()
    form: LinkForm | None = None
    changed_at: datetime | None = None


LinkReader = Callable[[str], Awaitable[LinkCard]]
"""Reads the thing of an id. Raises UserError and VendorError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedThing:
    """One kind of thing that links lead to.

    `kind` is the word for it in rows and in Slack, and stays the same for ever; `noun` is for
    people. `form` is what a whole id looks like, `example` is one. Paths that begin with one of
    `logins` let somebody in: they never mean a thing. `entity` is the kind of Work Object.
    """

    kind: str
    noun: str
    form: re.Pattern[str]
    example: str
    logins: tuple[str, ...] = field(default=())
    entity: str = ITEM

    def is_id(self, text: str) -> bool:
        """Return whether a text can be the id of such a thing."""
        return bool(self.form.fullmatch(text))


UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""The form of the ids of several vendors."""


def stated(*facts: tuple[str, str | datetime | None]) -> tuple[LinkFact, ...]:
    """Return those lines that have something to say."""
    return tuple(LinkFact(label, value) for label, value in facts if value)
