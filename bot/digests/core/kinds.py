"""What a digest is about: the words around the schedule, read by the kind of question."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.asking.core.arguments import Token, joined, quoted
from bot.asking.core.options import Options
from bot.asking.model import Question
from bot.errors import UserError
from bot.fieldreports.core import command as analytics_arguments
from bot.fieldreports.core.command import analytics_question
from bot.runs.core import summary_options as run_questions
from bot.runs.core.summary_options import runs_question
from bot.training.core.options import question
from bot.webinars.core.command import events_question
from bot.workflows.core import command as export_arguments
from bot.workflows.core.command import export_question


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
