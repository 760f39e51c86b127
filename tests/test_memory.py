from datetime import timedelta

import pytest

from bot.memory import Memory
from sandbox.clock import SandboxClock
from tests.stage import MONDAY


def test_of_too_many_values_the_one_put_first_goes() -> None:
    memory = Memory[str, int](2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        assert memory.put(key, value) == value
    assert [memory.get(key) for key in "abc"] == [3, None, 4]


@pytest.mark.parametrize(("minutes", "expected"), [(0, 1), (9, 1), (10, None), (11, None)])
def test_a_value_is_forgotten_when_it_is_old(minutes: int, expected: int | None) -> None:
    clock = SandboxClock(MONDAY)
    memory = Memory[str, int](2, age=timedelta(minutes=10), now=clock.now)
    memory.put("a", 1)
    clock.advance(seconds=60 * minutes)
    assert memory.get("a") == expected


def test_a_value_put_again_is_as_young_as_it_was() -> None:
    clock = SandboxClock(MONDAY)
    memory = Memory[str, int](2, age=timedelta(minutes=10), now=clock.now)
    memory.put("a", 1)
    clock.advance(seconds=360)
    memory.put("a", 2)
    clock.advance(seconds=360)
    assert memory.get("a") == 2


def test_what_is_old_is_not_held_any_longer() -> None:
    clock = SandboxClock(MONDAY)
    memory = Memory[str, int](9, age=timedelta(minutes=10), now=clock.now)
    for key in "abc":
        memory.put(key, 1)
    clock.advance(seconds=600)
    memory.put("d", 1)
    assert list(memory._kept) == ["d"]


def test_a_clock_that_was_set_back_makes_nothing_young_again() -> None:
    clock = SandboxClock(MONDAY)
    memory = Memory[str, int](9, age=timedelta(minutes=10), now=clock.now)
    memory.put("a", 1)
    clock.set_back(3600)
    assert memory.get("a") is None

    memory.put("b", 2)
    assert memory.get("b") == 2
