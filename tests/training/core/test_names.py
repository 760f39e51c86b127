import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import MARKS
from bot.asking.core.finder import NearError, PickError
from bot.errors import UserError
from bot.training.core import names as flows
from bot.training.core.names import MAX_NAME, NamedFlow, checked_name, is_id, known_as

NAMES = {
    "Onboarding": "flow_1",
    "Onboarding Plus": "flow_2",
    "Ladder Safety": "flow_3",
    "Ladder Rescue": "flow_4",
    "Leitersicherheit": "flow_3",
}


def resolve(typed: str, names: dict[str, str]) -> tuple[NamedFlow, ...]:
    """Return the flow, or those that there are to pick from."""
    try:
        return (flows.resolve(typed, names),)
    except PickError as several:
        return tuple(NamedFlow(each.detail, each.name) for each in several.choices)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("onboarding", NamedFlow("flow_1", "Onboarding")),
        ("onboarding p", NamedFlow("flow_2", "Onboarding Plus")),
        ("LADDER S", NamedFlow("flow_3", "Ladder Safety")),
        ("rescue", NamedFlow("flow_4", "Ladder Rescue")),
        ("saf lad", NamedFlow("flow_3", "Ladder Safety")),
        ("leiter", NamedFlow("flow_3", "Leitersicherheit")),
        ("flow_4", NamedFlow("flow_4", "Ladder Rescue")),
        ("flow_999", NamedFlow("flow_999", "flow_999")),
        ("8f14e45f", NamedFlow("8f14e45f", "8f14e45f")),
    ],
)
def test_a_flow_is_found_by_name_beginning_or_id(typed: str, expected: NamedFlow) -> None:
    assert resolve(typed, NAMES) == (expected,)


def test_two_names_of_one_flow_are_not_ambiguous() -> None:
    names = {"Fire drill": "flow_1", "Fire exercise": "flow_1"}
    assert resolve("fire", names) == (NamedFlow("flow_1", "Fire drill"),)


def test_a_name_comes_before_an_id_that_looks_the_same() -> None:
    names = {"Other": "ab-1", "ab-1": "flow_2"}
    assert resolve("AB-1", names) == (NamedFlow("flow_2", "ab-1"),)
    assert resolve("ab-1", names) == (NamedFlow("flow_2", "ab-1"),)


def test_an_id_that_is_a_word_of_a_name_is_that_id() -> None:
    names = {"Copy of flow_12": "flow_3", "Safety 2026": "flow_4"}
    assert resolve("flow_1", names) == (NamedFlow("flow_1", "flow_1"),)
    assert resolve("2026", names) == (NamedFlow("flow_4", "Safety 2026"),)


def test_a_kept_id_is_never_taken_for_the_beginning_of_a_name() -> None:
    names = {"ab_12 training": "flow_2"}
    assert known_as("ab_12", names) == NamedFlow("ab_12", "ab_12")
    assert known_as("flow_2", names) == NamedFlow("flow_2", "ab_12 training")


def test_an_ambiguous_beginning_gives_the_candidates() -> None:
    assert resolve("ladder", NAMES) == (
        NamedFlow("flow_4", "Ladder Rescue"),
        NamedFlow("flow_3", "Ladder Safety"),
    )


def test_too_many_candidates_ask_for_more_of_the_name() -> None:
    names = {f"Step {number:03}": f"flow_{number}" for number in range(101)}
    with pytest.raises(UserError, match='fits 101 flows, such as "Step 000", "Step 001"'):
        resolve("step", names)


def test_an_unknown_name_is_answered_with_the_nearest_to_choose() -> None:
    with pytest.raises(UserError) as caught:
        flows.resolve("Onbording", NAMES)
    assert str(caught.value) == (
        'I can\'t find a flow called "Onbording". Did you mean "Onboarding" or "Onboarding Plus"?'
    )
    assert isinstance(caught.value, NearError)
    assert [each.name for each in caught.value.choices] == ["Onboarding", "Onboarding Plus"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("onboarding done", 'I found "Onboarding", but didn\'t understand "done".'),
        ("Ladder Safety x y", 'I found "Ladder Safety", but didn\'t understand "x y".'),
        ("flow_9 30d", 'I found "flow_9", but didn\'t understand "30d".'),
    ],
)
def test_a_word_too_much_after_a_known_flow_is_named(typed: str, says: str) -> None:
    with pytest.raises(NearError) as caught:
        flows.resolve(typed, NAMES)
    assert says in str(caught.value)
    assert len(caught.value.choices) == 1


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("first aid", 'name "first aid" <flow id>'),
        ("???", "name onboarding <flow id>"),
        ("", "name onboarding <flow id>"),
    ],
)
def test_the_example_can_be_typed(typed: str, example: str) -> None:
    with pytest.raises(UserError) as caught:
        resolve(typed, {})
    assert example in str(caught.value)


@pytest.mark.parametrize("name", ["Onboarding", "Sicherheit 2026", "सुरक्षा", "安全", "a-b_c.d"])
def test_a_name_may_be_of_any_script(name: str) -> None:
    assert checked_name(name, reserved={"overdue"}) == name


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Overdue", "is a word of this command"),
        ("flow_abc", "looks like a flow id"),
        ("asgn_12ab", "looks like a flow id"),
        ("<!channel>", "cannot be a name. A name has letters, digits, spaces, - _ and . and not"),
        ("a/b", "and not /"),
        ("--", "cannot be a name"),
        ("x" * (MAX_NAME + 1), "at most 60 characters; this one has 61"),
    ],
)
def test_an_awkward_name_is_refused_with_the_rule(name: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        checked_name(name, reserved={"overdue"})
    assert says in str(caught.value)


def test_an_id_is_one_word_with_a_digit_or_an_underscore() -> None:
    assert [each for each in ("flow_x", "12ab", "safety", "flow 1", "") if is_id(each)] == [
        "flow_x",
        "12ab",
    ]


@given(st.text(max_size=80), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4))
def test_any_text_is_a_flow_or_a_user_error(typed: str, names: dict[str, str]) -> None:
    try:
        found = resolve(typed, names)
    except UserError:
        return
    assert found
    ids = {*names.values(), typed, typed.rstrip(MARKS), ""}  # all flows have no id
    assert all(each.flow_id in ids for each in found)


@given(st.text(max_size=80))
def test_any_name_is_taken_as_it_is_or_refused(name: str) -> None:
    try:
        assert checked_name(name, reserved=()) == name
    except UserError:
        assert name != "Onboarding"
