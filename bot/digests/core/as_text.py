"""/flow export, /flow import and /flow copy: a channel's standing orders as text."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.asking.core.arguments import OpenForm, Token, TokenKind, joined, quoted
from bot.digests.core.subscribe import PlainWordsError
from bot.digests.ids import DigestCallback
from bot.digests.intents import CopyOrders, ExportOrders
from bot.errors import UserError

_FILLERS: Final = frozenset(
    {"all", "digests", "and", "watches", "here", "this", "channel", "the", "of", "as", "yaml"}
    | {"text", "from", "to", "into", "in"}
)

TextRequest = ExportOrders | CopyOrders | OpenForm


def _export(word: str, rest: Sequence[Token]) -> ExportOrders:
    """Return the request of "export" or "export all digests"."""
    _check_filled(word, rest)
    return ExportOrders()


def _import(word: str, rest: Sequence[Token]) -> OpenForm:
    """Return the form of "import"."""
    _check_filled(word, rest)
    return OpenForm(form=DigestCallback.IMPORT)


def _copy(word: str, rest: Sequence[Token]) -> CopyOrders:
    """Return the request of "copy to #general"."""
    places = [each.text for each in rest if each.kind is TokenKind.CHANNEL]
    if len(places) != 1:
        raise UserError(
            f"Into which channel? Choose it from the list that Slack offers: /flow {word} #general"
        )
    _check_filled(word, [each for each in rest if each.kind is not TokenKind.CHANNEL])
    return CopyOrders(to=places[0])


def _check_filled(word: str, rest: Sequence[Token]) -> None:
    """Raise PlainWordsError where something else is said."""
    more = [each for each in rest if each.word not in _FILLERS]
    if more:
        raise PlainWordsError(
            f"/flow {word} is about all digests of this channel, but I didn't understand "
            f"{quoted(joined(more))}."
        )


READERS: Final[Mapping[str, Callable[[str, Sequence[Token]], TextRequest]]] = {
    "export": _export,
    "import": _import,
    "copy": _copy,
}
