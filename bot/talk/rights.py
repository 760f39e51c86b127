"""Which right a line takes that is typed, or that a button types."""

from typing import Any

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.question import QuestionKinds
from bot.digests.core.command import NAME, SurfaceLine, parse_flow
from bot.digests.core.subscribe import Subscribe
from bot.errors import UserError
from bot.feature import Feature, Switches
from bot.jobs.access import Right
from bot.jobs.request import Intent


class LineRights:
    """Reads lines only as far as their grammar goes."""

    def __init__(self, switches: Switches, kinds: QuestionKinds) -> None:
        """Know the commands of the features that are on, and /flow with its `kinds`."""
        self._features: dict[str, Feature[Any]] = {
            feature.command.name: feature for feature, _ in switches.on
        }
        self._kinds = kinds

    def of(self, command: str, text: str) -> Right | None:
        """Return the right that a line takes, None where it cannot be read."""
        try:
            return self._right(command, text)
        except (UserError, LookupError):
            return None

    def _right(self, command: str, text: str) -> Right | None:
        parsed: Any
        if command == NAME:
            parsed = parse_flow(text, self._kinds)
        else:
            parsed = self._features[command].command.parse(text)
        if isinstance(parsed, Help):
            return Right.HELP
        if isinstance(parsed, Subscribe | SurfaceLine):
            return Right.ORDER
        if isinstance(parsed, OpenForm):
            forms = self._features[command].forms
            return next(each.needs for each in forms if parsed.form in ("", each.callback))
        return parsed.needs if isinstance(parsed, Intent) else self._of_question(parsed)

    @staticmethod
    def _of_question(parsed: object) -> Right | None:
        return Right.ASK if isinstance(parsed, Ask) else None
