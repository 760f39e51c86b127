"""Help is alive: real names, buttons that do what they say, and only what is switched on."""

from pathlib import Path
from typing import Any

import pytest

from bot.assembly.features import FEATURES, ROOMS
from bot.digests.core.command import NAME
from bot.errors import Reason, VendorError
from bot.feature import Feature
from bot.slack.blocks.problems import vendor_sentence
from bot.slack.messages import Message as Rendered
from bot.talk.pages import help_pages
from sandbox.slack import Message, Outcome
from tests.asking.seeing import words
from tests.asking.test_vendor_failures import without_key
from tests.slack.checks import refusals
from tests.snapshots import as_json, expected
from tests.stage import Stage
from tests.talk.dead_ends import came_of, lines_of

COMMANDS = (NAME, *(each.command.name for each in FEATURES))
PAGES = [
    (command, number)
    for command, page in help_pages(FEATURES).items()
    for number in range(len(page.groups))
]
EVERY_PAGE = pytest.mark.parametrize(
    ("command", "number"), PAGES, ids=[f"{command} {number}" for command, number in PAGES]
)


@pytest.fixture
async def ordered(known: Stage) -> Stage:
    """Return a stage on which names for help are known, and a digest is ordered."""
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    return known


async def page_of(stage: Stage, command: str, number: int = 0) -> Rendered:
    return await stage.bot.talk.desk.page(command, number, channel="CTRAIN", may=lambda _: True)


@EVERY_PAGE
async def test_help_shows_by_example_what_can_be_typed(
    ordered: Stage, command: str, number: int
) -> None:
    page = await page_of(ordered, command, number)
    name = f"help{command.removeprefix('/flow').replace('-', '_') or '_flow'}_{number}"

    assert as_json(page) == expected(name, page)
    assert refusals(page) == []


@EVERY_PAGE
async def test_no_example_is_a_dead_end(ordered: Stage, command: str, number: int) -> None:
    lines = lines_of(await page_of(ordered, command, number))

    assert lines
    for line in lines:
        typed = line.replace("@name", "@grace")
        assert (line, await came_of(ordered, ordered.command(typed))) == (line, "something")


@EVERY_PAGE
async def test_no_button_is_a_dead_end(ordered: Stage, command: str, number: int) -> None:
    await press_all(ordered, await help_of(ordered, command, number))


@pytest.mark.parametrize("command", COMMANDS)
async def test_before_any_name_is_known_help_says_so_and_lists(stage: Stage, command: str) -> None:
    await stage.rows("DELETE FROM aliases RETURNING 1")
    shown = (await stage.command(f"{command} help")).message

    assert shown is not None
    for line in lines_of(shown):
        assert (line, await came_of(stage, stage.command(line))) == (line, "something")
    await press_all(stage, shown)


async def help_of(stage: Stage, command: str, number: int) -> Message:
    """Return a group of a command's help as it is shown in the channel."""
    shown = (await stage.command(f"{command} help")).message
    assert shown is not None
    if not number:
        return shown
    others = [
        (block["block_id"], each["action_id"])
        for block in shown.blocks
        if block["type"] == "actions"
        for each in block["elements"]
        if '"group":' in each["value"]
    ]
    await pressing(stage, shown, *others[number - 1])
    return stage.slack.ephemerals("UADA")[-1]


async def press_all(stage: Stage, shown: Message) -> None:
    """Press each button, and see to it that something comes of it."""
    for block in (each for each in shown.blocks if each["type"] == "actions"):
        for element in block["elements"]:
            pressed = pressing(stage, shown, block["block_id"], element["action_id"])
            label = element["text"]["text"]
            assert (label, await came_of(stage, pressed)) == (label, "something")


async def pressing(stage: Stage, shown: Message, block: str, action: str) -> Outcome:
    outcome = await stage.slack.click(shown, block_id=block, action_id=action)
    await stage.settle()
    return outcome


# What is switched off


@pytest.mark.parametrize("feature", FEATURES, ids=ROOMS)
async def test_what_is_off_says_so_in_a_direct_message(
    stage: Stage, path: Path, feature: Feature[Any]
) -> None:
    async with without_key(stage, path, feature) as keyless:
        direct = keyless.slack.workspace.direct_message("UADA").id
        line = f"{feature.command.name.removeprefix('/')} anything"
        await keyless.slack.say(line, user="UADA", channel=direct)
        await keyless.settle()

        assert keyless.whispered() == [vendor_sentence(VendorError(feature.vendor, Reason.OFF))]


@pytest.mark.parametrize("feature", FEATURES, ids=ROOMS)
async def test_a_service_that_is_off_is_advertised_nowhere(
    stage: Stage, path: Path, feature: Feature[Any]
) -> None:
    async with without_key(stage, path, feature) as keyless:
        says = vendor_sentence(VendorError(feature.vendor, Reason.OFF))
        shown = (await keyless.command("/flow help")).message
        assert shown is not None
        assert feature.command.name not in words(shown)
        for line in (feature.command.name, f"{feature.command.name} help"):
            assert (line, (await keyless.command(line)).text) == (line, says)


@pytest.mark.parametrize("feature", FEATURES, ids=ROOMS)
async def test_no_form_of_a_service_that_is_off_opens(
    stage: Stage, path: Path, feature: Feature[Any]
) -> None:
    async with without_key(stage, path, feature) as keyless:
        for form in (each for each in feature.forms if each.shortcut):
            await keyless.slack.shortcut(form.callback)
            view = keyless.slack.view_of("UADA")
            assert view is not None
            assert vendor_sentence(VendorError(feature.vendor, Reason.OFF)) in words(view)


@pytest.mark.parametrize(
    ("feature", "order"),
    [
        (FEATURES[0], "report flow_onb001"),
        (FEATURES[1], "runs all last-7d"),
        (FEATURES[2], "events future"),
        (FEATURES[3], "export workflows"),
        (FEATURES[4], "analytics channels"),
    ],
    ids=ROOMS,
)
async def test_no_digest_of_a_service_that_is_off_is_ordered(
    stage: Stage, path: Path, feature: Feature[Any], order: str
) -> None:
    async with without_key(stage, path, feature) as keyless:
        await keyless.command(f"/flow subscribe {order} weekdays 09:00")

        assert keyless.whispered() == [vendor_sentence(VendorError(feature.vendor, Reason.OFF))]
        assert await keyless.rows("SELECT id FROM subscriptions") == []
