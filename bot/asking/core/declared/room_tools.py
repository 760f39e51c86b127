"""A tool as a vendor's room declares it: what an assistant may ask, in words for a model. Pure.

An assistant is a program with a language model, such as Slackbot. It sees names, descriptions and
JSON Schema alone, and what it calls becomes the same intent as what people type.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar

from bot.asking.core import periods
from bot.asking.core.arguments import Token, TokenKind, quoted, tokens
from bot.codec import encode
from bot.errors import UserError
from bot.jobs.request import Intent
from bot.slack.blocks.budget import escape

Schema = Mapping[str, Any]
"""JSON Schema of one value, with its description."""
I = TypeVar("I", bound=Intent)  # noqa: E741  # as in jobs.request
LONGEST_NAME = 200
_PERIOD = (
    "Days in words: today, yesterday, this-week, last-month, this-quarter, last-year, ytd, "
    "last-30d (any number of days up to 366), november, 2026-11, Q4, since monday, one day such as "
    "2026-01-31, or two with two dots between: 2026-01-01..2026-03-31."
)
_FILE = (
    "Give it only where a file is wanted. The file is then sent to the person's direct messages "
    "with Flowbot; without it the figures are in the answer itself."
)


@dataclass(frozen=True, slots=True)
class ToolArgument:
    """One argument, and the `field` of the intent that it becomes, where that is called otherwise.

    `id_field` holds the id of the same thing, once it was found: ids are taken for names.
    """

    name: str
    schema: Schema
    field: str = ""
    id_field: str = ""
    needed: bool = False

    @property
    def detail(self) -> str:
        """The field of the intent."""
        return self.field or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolDeed:
    """What a tool that changes something only proposes: its answer has a button that does it.

    `done` are the intents that such a button of its answer holds. `title` says what the button
    does, such as "Start the run". `action` is the button's, where it is one of the room's own.
    """

    title: str
    done: tuple[type[Intent], ...]
    action: str = ""


def as_it_is(wanted: I) -> I:
    """Return what is wanted unchanged."""
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTool:
    """One tool of a room.

    `name` is in snake_case and stays the same for ever. The `arguments` become fields of the
    `intent`, beside those that are `fixed`; `checked` returns it as a command's grammar has it, and
    raises UserError with words that say what would work. Fields in `unsaid` are of no matter where
    a button's wish becomes a call. `pressed` are buttons of the room's own that mean such a call,
    by their action ids, with the argument that their value is. One that changes something has a
    `deed`.
    """

    name: str
    title: str
    description: str
    intent: type[Intent]
    arguments: tuple[ToolArgument, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    checked: Callable[[Any], Intent] = as_it_is
    unsaid: Collection[str] = ()
    pressed: Mapping[str, str] = field(default_factory=dict)
    deed: ToolDeed | None = None

    @property
    def schema(self) -> Schema:
        """The JSON Schema of all arguments."""
        return object_of(
            {each.name: each.schema for each in self.arguments},
            needed=[each.name for each in self.arguments if each.needed],
        )

    def wanted(self, arguments: Mapping[str, Any]) -> Intent:
        """Return what a call wants, its arguments checked by the schema. Raises UserError."""
        given = {
            each.detail: _plain(arguments[each.name])
            for each in self.arguments
            if each.name in arguments
        }
        return self.checked(self.intent(**{**self.fixed, **given}))

    def arguments_of(self, wanted: Intent) -> dict[str, Any] | None:
        """Return the arguments of the call that wants this, None where none does."""
        if type(wanted) is not self.intent:
            return None
        named = {each.detail: each.name for each in self.arguments}
        called = {**named, **{each.id_field: each.name for each in self.arguments if each.id_field}}
        said = {name: value for name, value in self._said(wanted) if name not in self.unsaid}
        if not said.keys() <= called.keys():
            return None
        made = {called[name]: said[name] for name in called if name in said}
        needed = {each.name for each in self.arguments if each.needed}
        return made if needed <= made.keys() else None

    def _said(self, wanted: Intent) -> Iterator[tuple[str, Any]]:
        """Yield the fields that are otherwise than without any argument, as JSON values."""
        known = fields(self.intent)  # type: ignore[arg-type]  # all are dataclasses
        usual = {**{each.name: _default(each) for each in known}, **self.fixed}
        row = encode(wanted)
        return ((name, row[name]) for name in usual if getattr(wanted, name) != usual[name])


def object_of(properties: Mapping[str, Schema], *, needed: Sequence[str] = ()) -> Schema:
    """Return the JSON Schema of an object with these values and no other."""
    needs = {"required": [*needed]} if needed else {}
    return {
        "type": "object",
        "properties": dict(properties),
        **needs,
        "additionalProperties": False,
    }


def text(description: str, *, examples: Sequence[str] = (), longest: int = LONGEST_NAME) -> Schema:
    """Return the schema of a text that is not empty."""
    shown = {"examples": [*examples]} if examples else {}
    return {
        "type": "string",
        "description": description,
        "minLength": 1,
        "maxLength": longest,
        **shown,
    }


def one_of(description: str, values: Sequence[str]) -> Schema:
    """Return the schema of one of these words."""
    return {"type": "string", "description": description, "enum": [*values]}


def whole(description: str, *, most: int, least: int = 1) -> Schema:
    """Return the schema of a whole number within bounds."""
    return {"type": "integer", "description": description, "minimum": least, "maximum": most}


def flag(description: str) -> Schema:
    """Return the schema of yes or no."""
    return {"type": "boolean", "description": description}


def texts(description: str, *, most: int) -> Schema:
    """Return the schema of some texts."""
    item = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    return {
        "type": "array",
        "description": description,
        "items": item,
        "minItems": 1,
        "maxItems": most,
    }


def period(default: str) -> ToolArgument:
    """Return the argument for days; `default` says which they are without it."""
    said = text(f"{_PERIOD} Without it: {default}.", examples=("last-30d", "this-quarter"))
    return ToolArgument("period", said)


def file(formats: Sequence[str]) -> ToolArgument:
    """Return the argument for the data as a file of one of these formats."""
    return ToolArgument("file", one_of(_FILE, formats), field="export")


Q = TypeVar("Q")


def as_typed(words: Callable[[Q], str], read: Callable[[Sequence[Token]], Q]) -> Callable[[Q], Q]:
    """Return what reads a question anew as a command's grammar has it.

    `words` give a question as it can be typed, `read` reads those; so an assistant is refused what
    a person is, in the same words.
    """

    def checked(question: Q) -> Q:
        return read(tokens(escape(words(question))))

    return checked


def canonical_period(typed: str) -> str:
    """Return a period as it can be kept; empty for none. Raises UserError."""
    return periods.canonical(typed) if typed else ""


def checked_address(typed: str) -> str:
    """Return an e-mail address. Raises UserError for anything else."""
    found = tokens(escape(typed))
    if len(found) != 1 or found[0].kind is not TokenKind.EMAIL:
        raise UserError(f"{quoted(typed)} isn't an e-mail address. For example: ada@example.com")
    return found[0].text


def _plain(value: Any) -> Any:
    """Return a JSON value as intents have it: lists are tuples there, and texts have no edges."""
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return value.strip() if isinstance(value, str) else value


def _default(one: Any) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
