"""What a digest is about: the words around the schedule, read by the kind of question."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.core import analytics_arguments, export_arguments, run_questions
from bot.core.analytics_arguments import analytics_question
from bot.core.arguments import Token, joined, quoted
from bot.core.event_arguments import events_question
from bot.core.export_arguments import export_question
from bot.core.options import Options
from bot.core.report_options import question
from bot.core.run_questions import runs_question
from bot.errors import UserError
from bot.model.asking import Question


def digest_question(kind: str, before: Sequence[Token], after: Sequence[Token]) -> Question:
    """Return the question of the tokens before and after a schedule; `kind` is one of KINDS.

    Raises UserError naming the part that cannot be read and what would work.
    """
    options = _OPTIONS.get(kind)
    if options and after and not options.begin(after):  # it would pass for a part of the name
        raise UserError(f"I don't know {quoted(joined(after))} after the schedule. {options.works}")
    return _READERS[kind]((*before, *after))


_READERS: Mapping[str, Callable[[Sequence[Token]], Question]] = MappingProxyType(
    {
        "report": question,
        "export": export_question,
        "events": events_question,
        "analytics": analytics_question,
        "runs": runs_question,
    }
)
"""How the words around the schedule are read."""
_OPTIONS: Mapping[str, Options] = MappingProxyType(
    {
        "export": export_arguments.OPTIONS,
        "analytics": analytics_arguments.OPTIONS,
        "runs": run_questions.OPTIONS,
    }
)
