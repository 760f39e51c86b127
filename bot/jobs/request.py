"""What a job is: a request as it was accepted, from a person or from the clock. Plain values."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from bot.jobs.access import EVERYBODYS, Decision, Right, decide, for_the_asker_alone
from bot.jobs.policy import NO_THING, Policy, Thing
from bot.slack.people import NOBODY, NOWHERE, Person, Place


class Intent:
    """What is wanted, as a frozen dataclass that fits into a job's row.

    `job` is the word for it in the table of jobs and has to stay the same for ever. What changes
    something at a vendor is done `once`: begun is begun, even where a stop cuts it off. The vendor
    may have done it, so the next attempt tells of that and does not repeat it. `needs` is the right
    of who may want it; without one it is the clock's alone.
    """

    __slots__ = ()
    job: ClassVar[str]
    once: ClassVar[bool] = False
    needs: ClassVar[Right] = Right.NOBODYS
    untold: ClassVar[bool] = False
    """Whether nothing is told of it in a conversation, such as of what fills a window."""
    privately: bool = False
    """Whether the answer is wanted for the asker alone."""
    turned: bool = False
    """Whether it is the next page of the message with its button, whose place it takes."""

    @property
    def can_wait(self) -> bool:
        """Whether it lets all else go first, as thousands of its kind may come at once."""
        return False


I = TypeVar("I", bound=Intent)  # noqa: E741  # as in Intent
I_co = TypeVar("I_co", bound=Intent, covariant=True)


@dataclass(frozen=True, slots=True)
class EnteredForm:
    """A form as it was submitted: Slack's view of it, with what was entered standing in it.

    `window` is Slack's id of the window where that was left open, else empty.
    """

    view: dict[str, Any]
    window: str = ""


@dataclass(frozen=True, slots=True)
class Request(Generic[I_co]):
    """Who wants something, where, and what.

    `user` is empty for what the clock asks for. `response_url` answers even where the bot is no
    member, for 30 minutes. `replaces` means that the answer takes the place of what was clicked,
    `chosen` that the channel is not where it was wanted but was chosen in a form, which was opened
    in the conversation `opened_in`, as far as anybody knows. `thread_ts` is that of the thread in
    which it was wanted, or empty. `picked` is the label of a choice that the request goes on with:
    it takes the place of the choices. `agreed_by` is the second person who agreed to it, by their
    id and name, where one had to. `home` is what the Home tab showed in which it was wanted, as the
    tab itself wrote it down; empty where it was wanted elsewhere. `form` is the form in which it
    was entered, if in one: it is offered again where nothing comes of the request. `step` is the id
    (Slack's) of the step of a workflow that waits for what comes of it. `call` is the
    key of the call (bot.jobs.calls) in which somebody waits for the answer outside of Slack.
    """

    user: str
    user_name: str
    channel: str
    details: I_co
    response_url: str = ""
    privately: bool = False
    replaces: bool = False
    chosen: bool = False
    opened_in: str = ""
    thread_ts: str = ""
    picked: str = ""
    home: str = ""
    agreed_by: str = ""
    agreed_name: str = ""
    form: EnteredForm | None = None
    step: str = ""
    call: str = ""

    @property
    def asked_in(self) -> str:
        """The conversation in which it was wanted, empty where in none."""
        return self.opened_in or self.channel

    @property
    def where(self) -> str:
        """The conversation that rules look at: that of the answer, or else where it was wanted."""
        return self.channel or self.opened_in

    def turned_into(self, details: I) -> "Request[I]":
        """Return a request of the same person at the same place for something else."""
        return Request(
            self.user,
            self.user_name,
            self.channel,
            details,
            response_url=self.response_url,
            privately=self.privately,
            replaces=self.replaces,
            chosen=self.chosen,
            opened_in=self.opened_in,
            thread_ts=self.thread_ts,
            agreed_by=self.agreed_by,
            agreed_name=self.agreed_name,
            step=self.step,
        )

    def going_on_with(self, details: I, *, in_channel: str = "") -> "Request[I]":
        """Return a request for something else of who waits for its answer in the same call.

        With `in_channel` it is wanted in that conversation, which they chose.
        """
        wanted = replace(self.turned_into(details), call=self.call)
        if in_channel in ("", self.user):
            return replace(wanted, channel=in_channel)
        return replace(wanted.into(in_channel), opened_in=self.user)

    def into(self, conversation: str) -> "Request[I_co]":
        """Return the same request, its answer in a conversation that was chosen for it, if any."""
        if conversation in ("", self.channel):
            return self
        return replace(
            self,
            channel=conversation,
            response_url="",
            chosen=True,
            opened_in=self.channel,
            thread_ts="",
        )

    def where_asked(self) -> "Request[I_co]":
        """Return the same request of the conversation in which it was wanted."""
        if self.asked_in == self.channel:
            return self
        return replace(self, channel=self.asked_in, response_url="", chosen=False)


@dataclass(frozen=True, slots=True)
class Job(Generic[I_co]):
    """A claimed job. `attempts` counts how often it was begun, this time included.

    `crashes` counts how often a process died that most likely died of this job.
    `asker` and `place` are who wants it and where, as Slack told it just now, and `policy` is what
    the rules said then. `thing` is what it is done to, once that is known.
    """

    id: int
    key: str
    request: Request[I_co]
    attempts: int
    created_at: datetime
    crashes: int = 0
    asker: Person = NOBODY
    place: Place = NOWHERE
    policy: Policy = EVERYBODYS
    thing: Thing = NO_THING

    def decided(
        self, right: Right, place: Place | None = None, *, thing: Thing = NO_THING
    ) -> Decision:
        """Return whether its asker may do something else as well, there if a place is given."""
        where = place.channel if place else self.request.where
        return decide(right, self.asker, place, policy=self.policy, where=where, thing=thing)

    def may(self, right: Right) -> bool:
        """Return whether its asker may do something else as well, where this was wanted."""
        return not self.decided(right).words

    @property
    def is_private(self) -> bool:
        """Whether nobody but the asker may read what comes of it."""
        return self.request.privately or for_the_asker_alone(self.asker, self.place)

    @property
    def name(self) -> str:
        """The word for it in the table of jobs."""
        return self.request.details.job

    @property
    def details(self) -> I_co:
        """What is wanted."""
        return self.request.details
