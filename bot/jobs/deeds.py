"""What changes something: what rules, a second person and the audit have to know of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Generic

from bot.errors import UserError, VendorError
from bot.jobs.access import Decision, decide
from bot.jobs.policy import NO_THING, Thing
from bot.jobs.request import I, Job


def no_thing(_: object) -> Thing:
    """Return that it is done to nothing in particular."""
    return NO_THING


@dataclass(frozen=True, slots=True)
class Deed(Generic[I]):
    """What a task does: `does` for the audit, such as "Assign training".

    `thing` is what it is done to, as far as the details tell; `find` looks it up where that may not
    be enough. `words` go on after "wants to", for a second person; without them none is asked.
    """

    does: str
    thing: Callable[[I], Thing] = no_thing
    find: Callable[[Job[I]], Awaitable[Thing]] | None = None
    words: Callable[[I, Thing], str] | None = None


async def with_thing(job: Job[Any], deed: Deed[Any]) -> Job[Any]:
    """Return a job with what it is done to.

    Where that cannot be looked up, the task itself says why. But where rules are about single
    things, or somebody else has to agree to it, nothing is done to one that nobody knows: that
    raises what looking it up raised.
    """
    thing = deed.thing(job.details)
    try:
        thing = await deed.find(job) if deed.find else thing
    except (UserError, VendorError):
        if job.policy.needs_thing(job.details.needs):
            raise
    return replace(job, thing=thing)


def decided(job: Job[Any]) -> Decision:
    """Return whether its asker may do what a job does to its thing."""
    return decide(
        job.details.needs,
        job.asker,
        job.place,
        policy=job.policy,
        where=job.request.where,
        thing=job.thing,
    )
