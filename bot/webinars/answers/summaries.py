"""What FLOW reports of an event after it: chat volume, what surveys say, and all as a file."""

from collections.abc import Awaitable
from typing import Final, TypeVar

from bot.errors import Reason, VendorError
from bot.slack.blocks.problems import vendor_sentence
from bot.webinars.core.surveys import SurveySums, summed_up
from bot.webinars.events import Events
from bot.webinars.model import CompiledReport, Phase
from bot.webinars.rendering.summary import Aftermath

T = TypeVar("T")
LASTING = frozenset({Reason.NOT_FOUND, Reason.REJECTED, Reason.MALFORMED, Reason.TOO_LARGE})
"""Troubles with a report that asking again would not end: the rest is told, and this beside it."""
MOST_SURVEYS: Final = 10
"""Each is asked for on its own; the answers to more are told of as not read."""
NO_REPORT = "FLOW has no report on this event"


class EventSummaries:
    """Raises VendorError for troubles that may pass."""

    def __init__(self, events: Events) -> None:
        """Ask `events`' client."""
        self._events = events

    async def aftermath(self, token: str, phase: Phase, *, with_file: bool) -> Aftermath:
        """Return what is reported; before an event nothing is. `with_file` offers it all."""
        if phase is Phase.TO_COME:
            return Aftermath()
        trouble, compiled = "", None
        try:
            compiled = await self._events.flowapp.compiled_report(token)
        except VendorError as error:
            if error.reason not in LASTING:
                raise
            trouble = _trouble(error)
        return Aftermath(
            attendee_chat=len(compiled.attendee_chat.rows) if compiled else None,
            operator_chat=len(compiled.operator_chat.rows) if compiled else None,
            surveys=await self._surveys(token, compiled),
            trouble=trouble,
            with_file=with_file
            and compiled is not None
            and any(part.rows for part in compiled.parts),
        )

    async def _surveys(self, token: str, compiled: CompiledReport | None) -> SurveySums:
        """Return what all surveys say; of a single one the compiled report has the answers."""
        found = await _if_any(self._events.flowapp.surveys(token)) or ()
        if compiled and compiled.survey_results.rows and not found[1:]:
            return summed_up([compiled.survey_results])
        flowapp = self._events.flowapp
        read = [
            await _if_any(flowapp.survey_report(token, each.id)) for each in found[:MOST_SURVEYS]
        ]
        return summed_up([*read, *(None for _ in found[MOST_SURVEYS:])])


async def _if_any(asked: Awaitable[T]) -> T | None:
    """Return what FLOW answers, None for a trouble that asking again would not end."""
    try:
        return await asked
    except VendorError as error:
        if error.reason not in LASTING:
            raise
    return None


def _trouble(error: VendorError) -> str:
    if error.reason is Reason.NOT_FOUND:
        return NO_REPORT
    return f"FLOW's report could not be read. {vendor_sentence(error)}"
