import re

import pytest

from sandbox.vendors.switches import Switch, Switches, choice, number, toggle

SWITCHES = (
    toggle("odd", "Be odd"),
    number("count", "How many", 2),
    choice("form", "Which form", "a", "b"),
)


class Told:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def switches() -> Switches:
    return Switches(SWITCHES, on_change=lambda: None)


def value(switches: Switches, name: str) -> object:
    return next(switch.value for switch in switches.all() if switch.name == name)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("odd", True, True),
        ("odd", "on", True),
        ("odd", "False", False),
        ("odd", "", False),
        ("count", 3, 3),
        ("count", "3", 3),
        ("count", 0.5, 0.5),
        ("form", "b", "b"),
    ],
)
def test_a_switch_takes_what_fits_it(
    switches: Switches, name: str, given: object, expected: object
) -> None:
    switches.set(name, given)
    assert value(switches, name) == expected


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("odd", "maybe", "Be odd is on or off; 'maybe' is neither."),
        ("odd", 1, "Be odd is on or off"),
        ("count", -1, "How many is a number from 0 to"),
        ("count", "nan", "How many is a number from 0 to"),
        ("count", "many", "How many is a number from 0 to"),
        ("count", True, "How many is a number from 0 to"),
        ("count", 10**400, "How many is a number from 0 to"),
        ("count", None, "How many is a number from 0 to"),
        ("form", "c", "Which form is one of a, b; 'c' is not."),
        ("form", ["a"], "Which form is one of a, b"),
        ("nothing", 1, "There is no switch 'nothing'. There are: odd, count, form."),
    ],
)
def test_nonsense_is_refused_in_words_and_changes_nothing(
    switches: Switches, name: str, given: object, words: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        switches.set(name, given)
    assert switches.all() == list(SWITCHES)


def test_a_counting_switch_runs_out(switches: Switches) -> None:
    assert [switches.used("count") for _ in range(3)] == [True, True, False]
    assert not switches.on("count")


def test_every_change_is_told() -> None:
    told = Told()
    switches = Switches(SWITCHES, on_change=told)
    switches.set("odd", value=True)
    switches.used("count")
    assert told.times == 2


def test_a_switch_shows_what_it_can_be(switches: Switches) -> None:
    assert switches.all()[2] == Switch("form", "Which form", "choice", "a", ("a", "b"))
