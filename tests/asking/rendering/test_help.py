from collections.abc import Callable

import pytest

from bot.asking.rendering.help import (
    analytics_help,
    events_help,
    export_help,
    flow_help,
    report_help,
    run_help,
)
from bot.digests.core.command import parse_flow
from bot.fieldreports.core.command import parse_analytics
from bot.runs.core.command import parse_run
from bot.slack.messages import Message
from bot.training.core.command import parse_report
from bot.webinars.core.command import parse_events
from bot.workflows.core.command import parse_export
from tests.slack.checks import refusals
from tests.snapshots import as_json, expected

PAGES = {
    "help_flow": flow_help(),
    "help_report": report_help(),
    "help_run": run_help(),
    "help_events": events_help(),
    "help_export": export_help(),
    "help_analytics": analytics_help(),
}
PARSERS: dict[str, Callable[[str], object]] = {
    "/flow": parse_flow,
    "/flow-report": parse_report,
    "/flow-run": parse_run,
    "/flow-events": parse_events,
    "/flow-export": parse_export,
    "/flow-analytics": parse_analytics,
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
