"""What FLOW reports of an event after it: chat volume, a survey's headline, and all as a file."""

from bot.errors import Reason, VendorError
from bot.slack.blocks.problems import vendor_sentence
from bot.webinars.core.surveys import Headline, headline
from bot.webinars.events import Events
from bot.webinars.model import CompiledReport, Phase
from bot.webinars.rendering.summary import Aftermath

LASTING = frozenset({Reason.NOT_FOUND, Reason.REJECTED, Reason.MALFORMED, Reason.TOO_LARGE})
"""Troubles with a report that asking again would not end: the rest is told, and this beside it."""
NO_REPORT = "FLOW has no compiled report of this event."


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
        survey, surveys = await self._headline(token, compiled)
        return Aftermath(
            attendee_chat=len(compiled.attendee_chat.rows) if compiled else None,
            operator_chat=len(compiled.operator_chat.rows) if compiled else None,
            survey=survey,
            surveys=surveys,
            trouble=trouble,
            with_file=with_file
            and compiled is not None
            and any(part.rows for part in compiled.parts),
        )

    async def _headline(
        self, token: str, compiled: CompiledReport | None
    ) -> tuple[Headline | None, int]:
        """Return the headline of a survey and of how many surveys it is the first."""
        if compiled and compiled.survey_results.rows:
            return headline(compiled.survey_results), 1
        flowapp = self._events.flowapp
        try:
            surveys = await flowapp.surveys(token)
            table = await flowapp.survey_report(token, surveys[0].id) if surveys else None
        except VendorError as error:
            if error.reason not in LASTING:
                raise
            return None, 0
        return headline(table) if table and table.rows else None, len(surveys)


def _trouble(error: VendorError) -> str:
    if error.reason is Reason.NOT_FOUND:
        return NO_REPORT
    return f"The compiled report could not be read. {vendor_sentence(error)}"
