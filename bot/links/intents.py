"""What can be wanted of links: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class UnfurlLinks(Intent):
    """Links that somebody pasted, to be shown under their message.

    `person` pasted them and asked for nothing, so a refusal is told nobody. `channel` and `ts` are
    the message, or of a draft COMPOSER and its `unfurl_id`.
    """

    job: ClassVar[str] = "unfurl_links"
    person: str
    channel: str
    ts: str
    links: tuple[str, ...]
    unfurl_id: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PresentThing(Intent):
    """A thing to be shown to one person in the pane beside the messages.

    `kind` and `id` are what we called it, if Slack says that; `links` are where it may be. The
    message with its card is `ts` in `channel`, empty where the pane is not opened from one.
    """

    job: ClassVar[str] = "present_thing"
    person: str
    trigger: str
    kind: str = ""
    id: str = ""
    links: tuple[str, ...] = ()
    card: str = ""
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class AskThing(Intent):
    """What whoever pasted a link or opened its pane has to be allowed; it is never a row."""

    needs: ClassVar[Right] = Right.ASK


@dataclass(frozen=True, slots=True)
class AddLinks(Intent):
    """Links like an example lead to things of a kind: to be tried and kept.

    An empty `pattern` is found from the example. `view_id` is the window in which it was entered.
    """

    job: ClassVar[str] = "add_links"
    needs: ClassVar[Right] = Right.GOVERN
    kind: str
    example: str
    pattern: str = ""
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class RemoveLinks(Intent):
    """Links that shall show nothing any more."""

    job: ClassVar[str] = "remove_links"
    needs: ClassVar[Right] = Right.GOVERN
    domain: str
    pattern: str
