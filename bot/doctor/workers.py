"""Who works now, who speaks for workspaces and until when, and who stopped without a word."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Final

from bot.clock import Clock
from bot.doctor.findings import Finding, passed, warned
from bot.doctor.store import DoctorRows, LeaseRow, MemberRow
from bot.slack.blocks.wording import counted

WORKERS: Final = "workers"
START: Final = "Start one: `flowbot run`, or `flowbot worker` beside `flowbot web`."


class WorkerLook:
    """Looks at what processes wrote of themselves."""

    def __init__(self, rows: DoctorRows, clock: Clock) -> None:
        """Look into these rows."""
        self._rows = rows
        self._clock = clock

    async def look(self) -> Finding:
        """Look who works, and whether all are of this version."""
        now = self._clock.now()
        members = [each for each in await self._rows.members() if each.until > now]
        leases = await self._rows.leases()
        held = [each for each in leases if each.until > now]
        if not members and not held:
            return warned(WORKERS, "No worker runs, so nothing is done and nothing is sent.", START)
        about = _at_work(members, held)
        others = {each.version for each in members} - {version("flowbot")}
        if others:
            about = f"{about}, some of another version ({', '.join(sorted(others))})."
            return warned(WORKERS, about, "Start all of them with one version.")
        return passed(WORKERS, f"{'; '.join((about, *_leases(held, len(leases), now)))}.")


def _at_work(members: Sequence[MemberRow], held: Sequence[LeaseRow]) -> str:
    alive = {each.owner for each in members} | {each.owner for each in held}
    hosts = ", ".join(sorted({each.host for each in members if each.host}))
    about = f"{counted(len(alive), 'process', 'processes')} of Flowbot at work"
    return f"{about} on {hosts}" if hosts else about


def _leases(held: Sequence[LeaseRow], all_of_them: int, now: datetime) -> Iterator[str]:
    if held:
        seconds = (min(each.until for each in held) - now).total_seconds()
        yield f"{counted(len(held), 'lease')} held, for another {seconds:.0f} seconds at least"
    if ended := all_of_them - len(held):
        yield f"{counted(ended, 'lease')} ran out and {'passes' if ended == 1 else 'pass'} on"
