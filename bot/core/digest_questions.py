"""What a digest is about: the words around the schedule, read by the kind of question."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.core import periods
from bot.core.analytics_arguments import analytics_question
from bot.core.arguments import Token, joined, quoted
from bot.core.event_arguments import events_question
from bot.core.export_arguments import OPTIONS, export_question
from bot.core.options import name_and_options
from bot.core.report_options import question
from bot.errors import UserError
from bot.model.asking import Question, RunsQuestion


def digest_question(kind: str, before: Sequence[Token], after: Sequence[Token]) -> Question:
    """Return the question of the tokens before and after a schedule; `kind` is one of KINDS.

    Raises UserError naming the part that cannot be read and what would work.
    """
    if kind == "runs":
        return _runs(before, after)
    return _READERS[kind]((*before, *after))


def _export(given: Sequence[Token]) -> Question:
    """Return the question of a workflow's name and its options."""
    return export_question(*name_and_options(given, OPTIONS))


_READERS: Mapping[str, Callable[[Sequence[Token]], Question]] = MappingProxyType(
    {
        "report": question,
        "export": _export,
        "events": events_question,
        "analytics": analytics_question,
    }
)
"""How the words between the kind and the schedule are read."""


def _runs(before: Sequence[Token], after: Sequence[Token]) -> RunsQuestion:
    """Return which runs are meant: a flow or all, with the period before or after the schedule."""
    flow, period = _split_period(before)
    if after:
        if period or periods.leading([each.word for each in after]) != len(after):
            raise UserError(
                f"I don't know {quoted(joined(after))} after the schedule. For example: "
                "/flow subscribe runs all last-7d weekdays 09:00 Europe/Berlin"
            )
        period = joined(after)
    typed = joined(flow)
    everything = len(flow) == 1 and flow[0].word == "all"
    return RunsQuestion(
        flow="" if everything else typed,
        period=periods.canonical(period) if period else RunsQuestion().period,
    )


def _split_period(given: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens of a flow, at least one, and the period at their end."""
    for at in range(1, len(given)):
        words = [each.word for each in given[at:]]
        if periods.leading(words) == len(words):
            return given[:at], joined(given[at:])
    return given, ""
