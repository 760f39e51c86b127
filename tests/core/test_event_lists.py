from bot.core.choices import Choice
from bot.core.event_lists import event_choices, operator_choices, room_choices
from bot.model.webinars import Operator
from tests.rendering.event_samples import EVENT, ODD, ROOMS


def test_events_are_told_apart_by_when_they_begin() -> None:
    assert event_choices((EVENT, ODD)) == (
        Choice("aB3dE6gH9jK", "Quarterly update", "2026-12-04 15:00 Europe/Amsterdam"),
        Choice("oDdOdDoDd12", "oDdOdDoDd12", "soon, perhaps"),
    )


def test_namesakes_are_told_apart_without_their_addresses() -> None:
    operators = (Operator(1, "Ada", "ada@example.com", company="Example Ltd"), Operator(2, ""))
    assert operator_choices(operators) == (
        Choice("1", "Ada", "Example Ltd"),
        Choice("2", "Operator 2", "no. 2"),
    )


def test_rooms_are_named_by_their_titles() -> None:
    assert room_choices(ROOMS) == (Choice("7", "Open office"), Choice("8", "Lounge"))
