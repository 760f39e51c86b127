"""What comes back from Slack is known on both ends: rendered by a room, heard by a handler."""

import ast
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

import pytest

from bot.digests.ids import REDRAWS
from bot.slack.blocks.ids import Callback
from tests.surface import LISTENING, ROOT, Surface, nodes


def enums_of_ids() -> Iterator[type[StrEnum]]:
    """Yield the enums in every module with the name `ids`."""
    for path in sorted((ROOT / "bot").rglob("ids.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum:
                yield each


IDS = {each.__name__: each for each in enums_of_ids()}


def id_of(node: ast.AST) -> StrEnum | None:
    """Return the id of an expression such as `TrainingAction.FLOW`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        enum = IDS.get(node.value.id)
        return enum[node.attr] if enum else None
    return None


def ids_in(*places: str) -> list[StrEnum]:
    return [each for node in nodes(*places) if (each := id_of(node))]


TAKES_ID = {
    "button": 1,
    "chooser": 0,
    "feedback_buttons": 0,
    "menu": 0,
    "modal": 0,
    "searched_select": 0,
}
"""Builders of what calls the app back, and at which position they take its id."""


def given_to(function: str) -> list[ast.expr]:
    """Return what rendering gives to a builder as an id."""
    calls = (node for node in nodes("bot") if isinstance(node, ast.Call))
    named = (each for each in calls if getattr(each.func, "id", "") == function)
    return [each.args[TAKES_ID[function]] for each in named]


def ids_given_to(function: str) -> set[StrEnum]:
    return {found for each in given_to(function) if (found := id_of(each))}


@pytest.fixture
def surface() -> Surface:
    return Surface(LISTENING)


def test_every_button_has_a_handler_and_every_handler_a_button(surface: Surface) -> None:
    builders = ("button", "chooser", "feedback_buttons", "menu")
    given = set().union(*map(ids_given_to, builders), REDRAWS)
    assert given == set(surface.names["action"]) - {".+"}  # the last is for buttons of the past


def test_every_searched_list_has_its_suggestions(surface: Surface) -> None:
    searched = ids_given_to("searched_select")
    rendered = ids_in(*map(str, (ROOT / "bot").rglob("rendering")))
    assert searched <= set(surface.names["options"]) <= set(rendered)


def test_every_form_has_a_handler_and_every_handler_a_form(surface: Surface) -> None:
    assert ids_given_to("modal") - {Callback.NOTICE} == set(surface.names["view"])


def test_no_id_is_written_out_where_it_is_rendered() -> None:
    given = [each for function in TAKES_ID for each in given_to(function)]
    assert [ast.unparse(each) for each in given if isinstance(each, ast.Constant)] == []


@pytest.mark.parametrize("enum", IDS.values(), ids=IDS)
def test_every_id_is_used(enum: type[StrEnum]) -> None:
    used = {each for each in ids_in("bot", "handlers") if isinstance(each, enum)}
    assert used == set(enum)


def test_no_id_is_given_twice_in_all_rooms() -> None:
    ids = Counter(each.value for enum in IDS.values() for each in enum.__members__.values())
    assert [each for each, times in ids.items() if times > 1] == []
