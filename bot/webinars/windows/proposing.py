"""Who would be registered for what, shown before it is done."""

from typing import Any, Final

from bot.asking.rendering.dates import zone_words
from bot.asking.rendering.proposals import proposal
from bot.clock import Clock
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome, reply
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.messages import Answer
from bot.webinars.events import Events
from bot.webinars.intents import ProposeRegistration, Register
from bot.webinars.model import Phase
from bot.webinars.rendering.event_words import title_of, when_words

OVER: Final = "{title} is over, so nobody can be registered for it any more."
VIEW: Final = "register"
"""What `Events.find` looks for: sessions to come first."""


class RegistrationProposals:
    """Raises UserError, PickError, DeniedError and VendorError."""

    def __init__(self, events: Events, clock: Clock) -> None:
        """Find webinars among `events`."""
        self._events = events
        self._clock = clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return (Task(ProposeRegistration, self.propose),)

    async def propose(self, job: Job[ProposeRegistration]) -> Outcome:
        """Show who would be registered for which session."""
        wanted, zone = job.details, job.asker.zone
        event = await self._events.find(wanted.event, view=VIEW, zone=zone, token=wanted.token)
        title = title_of(event)
        decision = job.decided(Right.REGISTER, thing=Thing(event.token, title))
        decision.enforce()
        if await self._events.phase(event) is Phase.OVER:
            raise UserError(OVER.format(title=title))
        when = when_words(event, zone, this_year=self._clock.now().year)
        shown = proposal(
            f"Register this person for {title}?",
            (
                ("Webinar", title),
                ("Begins", f"{when} ({zone_words(zone)})"),
                ("Name", f"{wanted.first_name} {wanted.last_name}"),
                ("E-mail", wanted.email),
            ),
            button="Register",
            wanted=Register(event.token, title, wanted.email, wanted.first_name, wanted.last_name),
            decision=decision,
        )
        return Outcome((reply(job, Answer(shown), private=True),))
