"""Whatever a name is for, it is found by the same rules: the same ways of typing it, for all."""

from collections.abc import Callable

import pytest

from tests.asking.seeing import picked, words
from tests.examples import Findable, examples
from tests.stage import Stage

_ACCENTS = str.maketrans("aeiou", "áèïôû")
_WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~"))}


def _turned(name: str) -> str:
    return " ".join(word[:3] for word in reversed(name.split()))


TYPED: dict[str, Callable[[str], str]] = {
    "in another case": str.swapcase,
    "by its beginning": lambda name: name[:5],
    "by its last word": lambda name: name.split()[-1],
    "by beginnings of its words, turned": _turned,
    "with accents that it does not have": lambda name: name.translate(_ACCENTS),
    "in wide letters": lambda name: name.translate(_WIDE),
    "with hyphens between its words": lambda name: "-".join(name.split()),
}

FINDABLE = {what: each for room in examples().values() for what, each in room.findable.items()}


@pytest.mark.parametrize("thing", FINDABLE.values(), ids=FINDABLE)
async def test_a_thing_is_found(stage: Stage, thing: Findable) -> None:
    for count, (how, typed) in enumerate(TYPED.items(), start=1):
        await stage.command(thing.command.format(typed(thing.name)))

        said = stage.said()
        assert len(said) == count, f"not found {how}: {stage.whispered()[-1:]}"
        assert said[-1].text.startswith(thing.begins), how


async def test_a_watched_flow_is_found(stage: Stage) -> None:
    for how, typed in TYPED.items():
        await stage.command('/flow-run watch "Invoice run"')
        await stage.command(f'/flow-run unwatch "{typed("Invoice run")}"')

        assert stage.said()[-1].text.startswith("I no longer post here about Invoice run."), how


async def test_a_room_is_found(stage: Stage) -> None:
    for how, typed in TYPED.items():
        await stage.command(f'/flow-events sign-on "{typed("Help desk")}"')

        form = stage.slack.view_of("UADA")
        assert form is not None
        assert "I can't find a room" not in words(form), how
        assert "Help desk" in words(form), how


async def test_a_word_of_several_names_gives_a_pick_list(stage: Stage) -> None:
    await stage.command("/flow-report name roof safety flow_gdpr01")

    await stage.command("/flow-report safety")

    [asked] = stage.slack.ephemerals("UADA")
    assert asked.text == '2 flows match "safety". Which one? ladder safety, roof safety'


async def test_what_was_chosen_takes_the_place_of_the_choices(stage: Stage) -> None:
    await stage.command("/flow-export campaign step 1 yesterday show")
    before = len(stage.slack.ephemerals("UADA"))

    await picked(stage, "Spring campaign")

    assert len(stage.slack.ephemerals("UADA")) == before
    assert words(stage.slack.ephemerals("UADA")[-1]) == "Spring campaign"
    assert stage.said()[-1].text.startswith("Spring campaign, step 1")


@pytest.mark.parametrize(
    "typed",
    ["wer ist überfällig in onboarding?", "combien de retards pour onboarding svp"],
)
async def test_a_name_that_stands_in_other_words_is_offered(stage: Stage, typed: str) -> None:
    await stage.command(f"/flow-report {typed}")

    offered = stage.slack.ephemerals("UADA")[-1]
    assert offered.text.endswith('Did you mean "onboarding"?')
