from collections.abc import Callable
from functools import partial

import pytest

from bot.asking.rendering.help import help_message
from bot.cli.features import FEATURES, help_of, kinds_of
from bot.digests.core.command import parse_flow
from bot.slack.messages import Message
from tests.slack.checks import refusals
from tests.snapshots import as_json, expected

PAGES = {"help_flow": help_of()} | {
    each.command.name.replace("/flow-", "help_"): help_message(each.command.help)
    for each in FEATURES
}
PARSERS: dict[str, Callable[[str], object]] = {
    "/flow": partial(parse_flow, kinds=kinds_of()),
    **{each.command.name: each.command.parse for each in FEATURES},
}


def commands(page: Message) -> list[str]:
    """Return what the examples of a page say to type."""
    return [
        item["elements"][0]["text"]
        for block in page.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_list"
        for item in element["elements"]
    ]


EXAMPLES = sorted(
    {
        command
        for page in PAGES.values()
        for command in commands(page)
        if command.partition(" ")[0] in PARSERS and "@" not in command
    }
)


@pytest.mark.parametrize("name", PAGES)
def test_help_shows_by_example_what_can_be_typed(name: str) -> None:
    assert as_json(PAGES[name]) == expected(name, PAGES[name])
    assert refusals(PAGES[name]) == []


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_example_of_the_help_can_be_typed(command: str) -> None:
    word, _, rest = command.partition(" ")
    PARSERS[word](rest)
