"""What can be wanted of webinars besides answers to questions: each is the argument of a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.asking.form_filling import FillForm
from bot.codec import decode
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.webinars.model import NewEvent


@dataclass(frozen=True, slots=True)
class Register(Intent):
    """Somebody to be registered for the event of a token, whose title is for the reply.

    `view_id` is that of the window in which it was wanted, as in the other changes.
    """

    job: ClassVar[str] = "register"
    needs: ClassVar[Right] = Right.REGISTER
    once: ClassVar[bool] = True
    token: str
    title: str
    email: str
    first_name: str
    last_name: str
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class ProposeRegistration(Intent):
    """Somebody to be shown before they are registered for an event, named as in a question.

    With a `token` no other session is meant.
    """

    job: ClassVar[str] = "propose_registration"
    needs: ClassVar[Right] = Right.REGISTER
    event: str
    email: str
    first_name: str
    last_name: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class SignOn(Intent):
    """Somebody who wants a personal link into a room, whose name is for the reply."""

    job: ClassVar[str] = "sign_on"
    needs: ClassVar[Right] = Right.REGISTER
    once: ClassVar[bool] = True
    room_id: int
    email: str
    first_name: str
    last_name: str
    room: str = ""
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class PreviewEvent(Intent):
    """An event as it was entered, to be kept while it is shown before it is created."""

    job: ClassVar[str] = "preview_event"
    needs: ClassVar[Right] = Right.CREATE
    untold: ClassVar[bool] = True
    event: NewEvent

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "PreviewEvent":
        """Return the intent of a row; rows of version 0.1 hold the event itself."""
        return cls(decode(NewEvent, row.get("event", row)))


@dataclass(frozen=True, slots=True)
class CreateEvent(Intent):
    """A previewed event to be created; `key` is that of its draft, `view_id` of the preview."""

    job: ClassVar[str] = "create_event"
    needs: ClassVar[Right] = Right.CREATE
    once: ClassVar[bool] = True
    key: str
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class RenewEvents(Intent):
    """The pick lists of webinars to be brought up to date."""

    job: ClassVar[str] = "renew_events"
    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class FillEventForm(FillForm):
    """A window about webinars; `typed` is an event or a room."""

    job: ClassVar[str] = "fill_event_form"
    needs: ClassVar[Right] = Right.REGISTER
    form: str = ""


@dataclass(frozen=True, slots=True)
class FillNewEvent(FillEventForm):
    """The window of an event to be created; `typed` is a draft's key, if there is one."""

    job: ClassVar[str] = "fill_new_event"
    needs: ClassVar[Right] = Right.CREATE
