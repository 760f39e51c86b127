"""What comes again and again while a process works, in whichever workspaces need it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from bot.assembly.bot import Bot
from bot.assembly.shifts.agenda import Agenda, AgendaItem
from bot.assembly.shifts.circuit import Circuit, CircuitWork
from bot.assembly.shifts.shift import Shift
from bot.clock import Clock
from bot.scheduler import Round, repeating

TICK: Final = CircuitWork("tick", Bot.tick, lambda plan: plan.calendar, else_every=60.0)
POLL: Final = CircuitWork("poll", Bot.poll, lambda plan: plan.followed, else_every=30.0)
MEND: Final = CircuitWork("mend", Bot.mend, lambda plan: plan.begun, else_every=60.0)
NAMES: Final = CircuitWork("names", Bot.learn_names, lambda _: True, else_every=0.0)
HEALTH: Final = CircuitWork("health", Bot.note_health, lambda _: True, else_every=0.0)
TIDY: Final = CircuitWork("tidy", Bot.tidy, lambda _: True, else_every=0.0)


class Rounds:
    """The rounds of one process, each through the workspaces that it speaks for."""

    def __init__(self, shift: Shift, agenda: Agenda, clock: Clock) -> None:
        """Work on what the `agenda` shows of the workspaces of the `shift`."""
        self._shift = shift
        self._agenda = agenda
        self._clock = clock
        self._plans: dict[str, AgendaItem] = {}
        self._circuits = {each: Circuit(each) for each in (TICK, POLL, MEND, NAMES, HEALTH, TIDY)}

    @asynccontextmanager
    async def going(self) -> AsyncIterator[None]:
        """Go on for as long as this context lasts."""
        rounds = (
            Round("shift", self._shift.look, every=1.0),
            Round("agenda", self.look, every=1.0),
            self._round(TICK, every=5.0),
            self._round(MEND, every=5.0),
            # So often is asked whether it is time; the polls are paced by what there is to see.
            # One of every 3 s comes after 3.4 s then, whether or not each round is a little late.
            self._round(POLL, every=0.85),
            # First soon, as some processes never live for six hours, but not in a start's rush.
            self._round(NAMES, every=1800.0, after=5.0),
            self._round(HEALTH, every=60.0),
            self._round(TIDY, every=6 * 3600.0, after=60.0),
        )
        try:
            async with repeating(*rounds):
                yield
        finally:
            for each in self._circuits.values():
                await each.end()

    async def look(self) -> int:
        """Look what there is to do, and wake those in whose workspace something is due."""
        bots = self._shift.speaking
        self._plans = await self._agenda.look(tuple(bots), now=self._clock.now())
        due = [bots[plan.workspace] for plan in self._plans.values() if plan.due]
        for bot in due:
            bot.wake()
        return len(due)

    def _round(self, beat: CircuitWork, *, every: float, after: float = 0.0) -> Round:
        return Round(beat.name, partial(self._go, self._circuits[beat]), every=every, after=after)

    async def _go(self, circuit: Circuit) -> int:
        bots = self._shift.speaking
        return await circuit.go(
            (bot, self._plans.get(name, AgendaItem(name))) for name, bot in bots.items()
        )
