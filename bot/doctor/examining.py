"""Looking at everything side by side: each look is bounded, and none can spoil another."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from bot.doctor.findings import Finding, Report, failed
from bot.redaction import HIDDEN

T = TypeVar("T")
Findings = Finding | Sequence[Finding]
Look = Callable[[], Awaitable[Findings]]
LOOK_SECONDS: Final = 20.0
"""So long one look may take, and so all of them together."""
REPORT_IT: Final = "That is a fault of the doctor itself. Report it with this line."
HANGS: Final = "Look at the network, the proxy and the disk, then run the doctor again."


@dataclass(frozen=True, slots=True)
class Check:
    """One look; what it finds has its name, or one that begins with it and a full stop."""

    name: str
    look: Look


class SharedAnswer(Generic[T]):
    """What several looks need and is fetched once."""

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        """Fetch when it is first wanted."""
        self._fetch = fetch
        self._task: asyncio.Future[T] | None = None

    async def get(self) -> T:
        """Return it; raises for everybody what the fetching raised."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._fetch())
            self._task.add_done_callback(_seen)
        return await asyncio.shield(self._task)


def _seen(task: "asyncio.Future[T]") -> None:
    if not task.cancelled():
        task.exception()


async def examine(
    checks: Iterable[Check], *, secrets: Iterable[str] = (), within: float = LOOK_SECONDS
) -> Report:
    """Return what all looks found, none of `secrets` in it; one that hangs or breaks has failed."""
    hidden = sorted(filter(None, secrets), key=len, reverse=True)
    found = await asyncio.gather(*(_looked(each, within) for each in checks))
    return Report.of(_without(finding, hidden) for findings in found for finding in findings)


async def _looked(check: Check, within: float) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(within):
            found = await check.look()
    except TimeoutError:
        return (failed(check.name, f"No answer came within {within:g} seconds.", HANGS),)
    except Exception as error:  # noqa: BLE001  # whatever it is, the other looks go on
        about = f"The look itself broke ({type(error).__name__})."
        return (failed(check.name, about, REPORT_IT),)
    return (found,) if isinstance(found, Finding) else found


def _without(finding: Finding, hidden: Sequence[str]) -> Finding:
    about, mend = finding.about, finding.mend
    for secret in hidden:
        about, mend = about.replace(secret, HIDDEN), mend.replace(secret, HIDDEN)
    return replace(finding, about=about, mend=mend)
