from typing import Any

from bot.slack.messages import Message
from bot.training.rendering.names import named, names_list, unnamed
from tests.asking.seeing import label
from tests.snapshots import as_json, expected


def labels(message: Message) -> list[str]:
    """Return what the buttons of a message say."""
    rows: list[Any] = [each for each in message.blocks if each["type"] == "actions"]
    return [label(each) for row in rows for each in row["elements"]]


def test_names_are_listed_with_their_ids_and_a_report_of_each() -> None:
    rendered = names_list({"ladder safety": "flow_safe01", "onboarding": "flow_onb001"})
    assert as_json(rendered) == expected("names", rendered)


def test_many_names_are_a_table_and_one_button_to_choose() -> None:
    rendered = names_list({f"flow {number}": f"flow_{number}" for number in range(6)})
    assert [each["type"] for each in rendered.blocks].count("data_table") == 1
    assert labels(rendered) == ["Choose a flow", "All flows", "Assign"]


def test_no_names_yet_shows_how_to_give_one() -> None:
    assert names_list({}).text == (
        "No flow has a name yet. Give a flow its name with its id in MomoFlow: "
        "/flow-report name onboarding flow_123abc"
    )


def test_a_new_name_has_its_report_behind_a_button() -> None:
    rendered = named("ladder safety", "flow_safe01")
    assert rendered.text == "Done. ladder safety is now the name of flow_safe01."
    assert labels(rendered) == ["Show report", "Undo"]


def test_a_moved_name_says_what_it_stood_for() -> None:
    assert "It stood for flow_old before." in named("onboarding", "f_1", before="flow_old").text


def test_the_same_name_again_is_not_a_move() -> None:
    again = named("onboarding", "f_1", before="f_1")
    assert "before" not in again.text
    assert labels(again) == ["Show report"]


def test_a_forgotten_name_can_be_given_again() -> None:
    rendered = unnamed("onboarding", "flow_onb001")
    assert rendered.text == "Done. flow_onb001 is no longer called onboarding."
    assert labels(rendered) == ["Undo"]
