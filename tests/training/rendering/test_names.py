from bot.training.rendering.names import named, names_list, unnamed
from tests.snapshots import as_json, expected


def test_names_are_listed_with_their_ids() -> None:
    rendered = names_list({"ladder safety": "flow_safe01", "onboarding": "flow_onb001"})
    assert as_json(rendered) == expected("names", rendered)


def test_no_names_yet_shows_how_to_give_one() -> None:
    assert names_list({}).text == (
        "No flow has a name yet. To name one: /flow-report name onboarding flow_123abc"
    )


def test_a_new_name_shows_a_command_to_try() -> None:
    assert named("ladder safety", "flow_safe01").text == (
        'ladder safety is now the name of flow_safe01. Try /flow-report "ladder safety" last-30d'
    )


def test_a_moved_name_says_what_it_stood_for() -> None:
    assert "It stood for flow_old before." in named("onboarding", "f_1", before="flow_old").text


def test_the_same_name_again_is_not_a_move() -> None:
    assert "before" not in named("onboarding", "f_1", before="f_1").text


def test_a_forgotten_name_shows_how_to_give_it_again() -> None:
    assert unnamed("onboarding", "flow_onb001").text == (
        "onboarding is no longer a name. To give it again: /flow-report name onboarding flow_onb001"
    )
