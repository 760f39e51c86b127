"""Everything that reads and writes rows of a workspace, found by itself, and what to give it."""

import dataclasses
import importlib
import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import SecretStr

from bot.asking.question import Question, QuestionKind
from bot.asking.subscription import Subscription
from bot.assembly.features import FEATURES, kinds_of
from bot.codec import dumps
from bot.digests.store import SubscriptionStore
from bot.jobs.request import Intent
from bot.runs.core.history import Usual
from bot.runs.core.user_input import UserInput
from bot.slack.messages import Message
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.leases import Lease, Leases
from bot.store.secret_keys import SecretKeys
from bot.training.question import ReportQuestion
from bot.troubles.intents import LookAtPlace
from sandbox.clock import SandboxClock

RAISED: Final = "raised "
_MADE_UP: Final = re.compile(r"\b[0-9a-f]{16}\b")
ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 11, 23, 8, tzinfo=UTC)
KINDS: Final = kinds_of(FEATURES)
MODULES: Final = (
    *(
        path
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if "store" in {path.stem, path.parent.name} and path.stem != "__init__"
        if path.relative_to(ROOT).parts[1] not in {"store", "workspaces", "doctor"}
    ),
    ROOT / "bot/workspaces/store/connections.py",
    ROOT / "bot/store/credentials.py",
    ROOT / "bot/outbox/claims.py",
)
"""Where statements about a workspace's rows are. Installations and such belong to no workspace."""
HOLDER: Final = "us"
"""Whoever has the jobs and the lease of that name."""
NOT_CALLED: Final = {
    "of_row",  # reads no row of the database
    "owners_in",  # below, by a table's name
    "others_wrote",
    "find_token",  # asked of all workspaces, by what nobody else has
}
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "C1 C2 C3": ("channel", "old", "new", "subject", "place", "beginning"),
    "U1 U2": ("user", "owner", "creator", "by", "person", "heir", "who", "created_by", "asked_by"),
    "k1 k2": ("key", "outbox_key", "parent_key", "token"),
    "e1 e2": ("id", "execution_id", "flow_id", "target_id"),
    "main": ("queue", "lane"),
    "active": ("state",),
    "UTC": ("zone",),
    "onboarding gdpr": ("name", "vendor", "kind"),
    "subscriptions": ("table",),
    "claim-1": ("claim",),
    HOLDER: ("holder",),
    "TRUE": ("condition",),
    "e": ("typed",),
    "1.0 2.0": ("ts",),
}
_WORD: Final = {name: words.split() for words, names in WORDS.items() for name in names}
_NUMBER: Final = {
    "limit": (1, 20),
    "most": (1, 20),
    "page": (0, 1),
    "crashes": (0, 1),
    "attempts": (1, 1),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """A function of a transaction, or a method of a store that `owner` makes."""

    name: str
    function: Callable[..., Any]
    owner: type | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """What it is to be given, by name."""
        hints = get_type_hints(self.function)
        named = inspect.signature(self.function).parameters.values()
        return {
            each.name: hints[each.name]
            for each in named
            if each.kind is not each.VAR_KEYWORD
            and each.name not in {"self", "tx", "_", "database"}
        }

    async def run(self, database: Database, given: Mapping[str, Any]) -> str:
        """Return what comes of it, as text, whatever that is."""
        try:
            return _MADE_UP.sub("...", repr(await self._run(database, given)))
        except Exception as error:  # noqa: BLE001  # compared with what comes of it elsewhere
            return f"{RAISED}{type(error).__name__}"

    async def _run(self, database: Database, given: Mapping[str, Any]) -> object:
        bound = self.function if self.owner is None else self._method(database)
        takes = list(inspect.signature(bound).parameters.values())
        if takes and takes[0].annotation is Transaction:
            found: object = await database.transaction(lambda tx: bound(tx, **given))
        else:
            first = (database,) if takes and takes[0].annotation is Database else ()
            found = bound(*first, **given)
        found = await found if inspect.isawaitable(found) else found
        return sorted(map(repr, found)) if isinstance(found, set) else found

    def _method(self, database: Database) -> Callable[..., Any]:
        assert self.owner is not None
        names = inspect.signature(self.owner).parameters
        resources = {
            "database": database,
            "subscriptions": SubscriptionStore(database, KINDS),
            "kinds": KINDS,
            "clock": SandboxClock(NOW),
            "keys": SecretKeys(SecretStr("")),
            "lease": _lease(database),
            "ahead": lambda: timedelta(0),
            "recorded": lambda: None,
            "holder": HOLDER,
            "queue": "main",
        }
        made = self.owner(**{name: resources[name] for name in names})
        method: Callable[..., Any] = getattr(made, self.function.__name__)
        return method


def _lease(database: Database) -> Lease:
    leases = Leases(database)
    leases.owner = HOLDER
    return Lease(leases, HOLDER)


def calls() -> list[Call]:
    """Return everything there is to call."""
    return [call for path in MODULES for call in _calls_of(path)]


def _calls_of(path: Path) -> Iterable[Call]:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    own = {
        name: each
        for name, each in vars(module).items()
        if not name.startswith("_") and getattr(each, "__module__", "") == module.__name__
    }
    for name, each in own.items():
        if inspect.isclass(each):
            yield from _methods_of(each)
        elif inspect.isfunction(each) and name not in NOT_CALLED:
            takes = [one.annotation for one in inspect.signature(each).parameters.values()]
            if takes and takes[0] in {Transaction, Database}:
                yield Call(f"{module.__name__}.{name}", each)


def _methods_of(owner: type) -> Iterable[Call]:
    if "database" not in getattr(vars(owner).get("__init__"), "__annotations__", {}):
        return
    for name, each in vars(owner).items():
        if inspect.isfunction(each) and not name.startswith("_") and name not in NOT_CALLED:
            yield Call(f"{owner.__name__}.{name}", each, owner)


def arguments(call: Call) -> st.SearchStrategy[dict[str, Any]]:
    """Return what a call may be given."""
    return st.fixed_dictionaries(
        {name: value(hint, name) for name, hint in call.parameters.items()}
    )


def value(hint: Any, name: str = "") -> st.SearchStrategy[Any]:
    """Return values of a type, few enough to meet each other, by the name of what they are for."""
    for own in (_OWN.get((name, hint)), _OWN.get(hint)):
        if own is not None:
            return own
    shaped = _SHAPES.get(get_origin(hint))
    return shaped(get_args(hint), name) if shaped else _plain(hint, name)


def _plain(hint: Any, name: str) -> st.SearchStrategy[Any]:
    if hint is str:
        return st.sampled_from(_WORD.get(name, ["", "x"]))
    if hint is int:
        return st.integers(*_NUMBER.get(name, (1, 9)))
    kind = get_origin(hint) or hint
    if dataclasses.is_dataclass(kind):
        return _built(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return st.just(LookAtPlace("C1"))


def _any_of(inner: tuple[Any, ...], name: str) -> st.SearchStrategy[Any]:
    return st.one_of(*(value(each, name) for each in inner))


def _many(inner: tuple[Any, ...], name: str) -> st.SearchStrategy[list[Any]]:
    return st.lists(value(inner[0], name), min_size=1, max_size=2, unique_by=repr)


def _mapping(inner: tuple[Any, ...], name: str) -> st.SearchStrategy[Any]:
    return st.dictionaries(value(inner[0], "name"), value(inner[1], name), max_size=2)


def _built(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    fields = [each for each in dataclasses.fields(kind) if each.init]
    drawn = {each.name: value(hints[each.name], each.name) for each in fields}
    return st.fixed_dictionaries(drawn).map(lambda given: kind(**given))


MOMENTS: Final = st.sampled_from([NOW + timedelta(minutes=each) for each in (-60, 0, 60)])
_SHAPES: Final[Mapping[Any, Callable[[tuple[Any, ...], str], st.SearchStrategy[Any]]]] = {
    Union: _any_of,
    UnionType: _any_of,
    tuple: lambda inner, name: _many(inner, name).map(tuple),
    **dict.fromkeys((list, Sequence, Iterable, Collection), _many),
    dict: _mapping,
    Mapping: _mapping,
    type: lambda _, __: st.just(dict),
}
_ROW: Final = {
    "channel": "C1",
    "kind": "report",
    "question": dumps(ReportQuestion("onboarding")),
    "cron": "0 9 * * *",
    "words": "",
    "zone": "UTC",
    "creator": "U1",
    "created_at": stamp(NOW),
}
_OWN: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    # A number that was given before, so to nobody else: it is given once for all workspaces.
    ("row", Row): st.integers(501, 503).map(lambda number: {"id": number, **_ROW}),
    ("payload", dict[str, Any]): st.just({"text": "Hello", "blocks": []}),
    QuestionKind[Any]: st.just(KINDS["report"]),
    Question: st.just(ReportQuestion("onboarding")),
    bool: st.booleans(),
    float: st.just(1.0),
    object: st.just("x"),
    type(None): st.none(),
    datetime: MOMENTS,
    timedelta: st.sampled_from([timedelta(0), timedelta(minutes=5)]),
    Any: st.just({"channel": "C1"}),
    Message: st.just(Message("Hello")),
    UserInput: st.just(UserInput("Hello")),
    Usual: st.none(),
    Intent: st.just(LookAtPlace("C1")),
    Callable[[Transaction], None]: st.just(lambda _: None),
    Callable[[Subscription], datetime | None]: st.just(lambda _: NOW),
}
