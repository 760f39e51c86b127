"""What comes back when somebody presses a button or chooses in a menu: one value, of five kinds.

Each kind has one thing that makes it: `offer`, `opening`, `typing`, the menu of files, and
`form_again`. One handler serves them all, whatever holds the value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any, Final

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.offers import FormOpening, Offer
from bot.codec import decode, dumps, encode, loads
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import Element, button
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import chooser, option
from bot.slack.blocks.wording import FORMATS


@dataclass(frozen=True, slots=True)
class FileOfAnswer:
    """The data behind an answer as a file: the answer's outbox key, and the format."""

    answer: str
    file: str


@dataclass(frozen=True, slots=True)
class FormAgain:
    """A form as it was filled in, kept under a key."""

    again: str


Press = Offer | FormOpening | TypedLine | FileOfAnswer | FormAgain
CHANGE: Final = "Change and try again"
PRESSED: Final = (Action.DO, Action.PICK, Action.OPEN_FORM, Action.TYPE_LINE, Action.MENU)
"""The action ids of whatever holds such a value."""
_KINDS: Final[Mapping[str, type[Press]]] = {
    fields(kind)[0].name: kind for kind in (Offer, FormOpening, TypedLine, FileOfAnswer, FormAgain)
}
"""By the detail that no other kind has."""


def press_of(value: str) -> Press:
    """Return what is wanted by whoever presses. Raises LookupError and ValueError."""
    row = loads(value)
    kind = next((kind for name, kind in _KINDS.items() if name in row), None)
    if kind is None:
        raise LookupError("a value of no kind that is known")
    found: Press = decode(kind, row)
    return found


def value_of(element: Mapping[str, Any]) -> str:
    """Return the value of a pressed button, or of the option that was chosen in a menu."""
    return str(element.get("value") or (element.get("selected_option") or {}).get("value", ""))


def menu_of(placeholder: str, choices: Sequence[tuple[str, Press]]) -> tuple[Element, ...]:
    """Return a menu of labels and what each wants, under a word that says what it is for.

    There is none where Slack has no room: for too many choices, or for a value in an option.
    """
    options = _options(choices)
    return (chooser(Action.MENU, options, placeholder=placeholder),) if options else ()


def pick_menu(placeholder: str, choices: Sequence[tuple[str, Press]]) -> tuple[Element, ...]:
    """Return the same of things that a name fits: what was chosen takes the place of the menu."""
    options = _options(choices)
    return (chooser(Action.PICK, options, placeholder=placeholder),) if options else ()


def _options(choices: Sequence[tuple[str, Press]]) -> list[Element]:
    labels = {_short(press): label for label, press in reversed(choices)}  # each value once
    fits = all(len(value) <= LIMITS.option_value for value in labels)
    if len(labels) > LIMITS.options or not fits:
        return []
    return [option(label, value) for value, label in reversed(labels.items())]


def _short(press: Press) -> str:
    return dumps({name: value for name, value in encode(press).items() if value})


def brief(wanted: Intent, *, privately: bool = False) -> Offer:
    """Return what does something as an offer that is short enough for a menu as a rule.

    What is as it is anyway is left out, and read so again.
    """
    usual = {each.name: each.default for each in fields(wanted)}  # type: ignore[arg-type]  # all are
    details = {
        name: value
        for name, value in encode(wanted).items()
        if usual[name] is MISSING or getattr(wanted, name) != usual[name]
    }
    return Offer(wanted.job, details, privately)


def export_menu(key: str, formats: Sequence[str]) -> tuple[Element, ...]:
    """Return the menu of the formats in which the data behind an answer can be had."""
    first = sorted(formats, key=lambda form: form != "xlsx")
    return menu_of("Export", [(f"{FORMATS[form]} file", FileOfAnswer(key, form)) for form in first])


def form_again(key: str) -> tuple[Element, ...]:
    """Return the button that opens a form as it was filled in, kept under a key."""
    value = dumps(FormAgain(key))
    if len(value) > LIMITS.button_value:
        return ()
    return (button(CHANGE, Action.OPEN_FORM, value=value),)
