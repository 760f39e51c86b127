"""A feature made up in tests/parcels.py works from command to digest, with nothing else changed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assembly.features import FEATURES, blocks, load_settings
from bot.assembly.process import assemble
from bot.config import SettingsError, variables, with_environment, with_values
from bot.door.serving import listening, serving
from bot.feature import Parts, Wiring
from bot.mcp.rendering.calls import ToolCall
from bot.mcp.tools.catalog import Catalog
from bot.slack.dry_client import DrySlack
from sandbox.clock import SandboxClock
from sandbox.slack import View
from sandbox.world import World
from tests.asking.seeing import bytes_of, words
from tests.databases import prepared
from tests.parcels import FEATURE, PARCELS, AcmeSettings, AcmeStandIn, ParcelsQuestion
from tests.stage import MONDAY, Stage
from tools.papers import EXAMPLE, MANIFEST, SETTINGS, TOOLS, papers

ALL = (*FEATURES, FEATURE)
TEXT = "3 parcels"


@pytest.fixture
def key() -> str:
    return AcmeStandIn.api_key


@pytest.fixture
async def stage(tmp_path: Path, key: str) -> AsyncIterator[Stage]:
    """Yield a stage on which Acme is a sixth vendor."""
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(papers(features=ALL)[MANIFEST], encoding="utf-8")
    clock = SandboxClock(MONDAY)
    async with World(clock=clock, manifest=manifest) as world, AcmeStandIn(clock) as acme:
        general = {"database_url": prepared(tmp_path / "flowbot.db")}
        settings = with_values(load_settings(ALL), general=general)
        around = {**world.environment, **acme.environment, "ACME_API_KEY": key}
        settings = with_environment(settings, around)
        async with (
            assemble(settings, clock=clock, features=ALL) as bot,
            listening(settings, port=0) as endpoint,
            serving(settings, bot.process, endpoint),
        ):
            world.slack.connect(f"http://127.0.0.1:{endpoint.port}/slack/events")
            yield Stage(world, bot)


async def test_its_command_is_answered(stage: Stage) -> None:
    await stage.command("/flow-parcels list")

    [told] = stage.said()
    assert told.text == TEXT
    assert all(each in words(told) for each in PARCELS)


async def test_it_is_told_of_in_the_help(stage: Stage) -> None:
    await stage.command("/flow help")
    await stage.command("/flow-parcels help")
    everywhere, own = map(words, stage.slack.ephemerals("UADA"))

    assert "/flow-parcels list" in everywhere
    assert "/flow-parcels list csv" in own


async def test_its_file_comes_into_the_thread(stage: Stage) -> None:
    await stage.command("/flow-parcels list csv")

    [file] = stage.slack.files
    assert file.thread_ts == stage.said()[-1].ts
    *plain, formula = bytes_of(file).decode("utf-8-sig").splitlines()
    assert plain == ["Title", *PARCELS[:-1]]
    assert formula == f"'{PARCELS[-1]}"


async def test_nothing_found_is_told_and_has_no_file(stage: Stage) -> None:
    await stage.command("/flow-parcels Nowhere")
    await stage.command("/flow-parcels Nowhere csv")

    shown, exported = map(words, stage.said())
    assert "Acme has no parcel of that name." in shown
    assert "Acme has no rows for this, so there is no file" in exported
    assert stage.slack.files == []


async def test_its_form_opens_lists_and_is_answered(stage: Stage) -> None:
    await stage.slack.shortcut("find_parcel")
    await stage.settle()
    form = shown(stage)
    found = await stage.slack.options(form, action_id="acme_parcel", query="Hull")
    chosen = found.options[0]["value"]
    values = {"acme_parcel": {"acme_parcel": chosen}, "conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(form, values=values)
    await stage.settle()

    assert chosen == PARCELS[1]
    assert stage.said()[-1].text == "1 parcels"


async def test_a_form_also_opens_by_command(stage: Stage) -> None:
    await stage.command("/flow-parcels form")

    assert shown(stage).callback_id == "find_parcel"


async def test_its_answer_can_be_exported_and_subscribed_to(stage: Stage) -> None:
    await stage.command("/flow-parcels list")
    told = stage.said()[-1]

    await stage.slack.message_shortcut("export_data", message=told)
    await stage.slack.submit(shown(stage), values={"format": {"format": "csv"}})
    await stage.settle()
    await stage.slack.message_shortcut("subscribe_to_this", message=told)
    await stage.slack.submit(shown(stage), values={})
    await stage.settle()

    assert len(stage.slack.files) == 1
    assert "parcels list" in stage.said()[-1].text


async def test_it_comes_as_a_digest(stage: Stage) -> None:
    await stage.command("/flow subscribe parcels list daily 09:00 Europe/Berlin")
    before = len(stage.said())

    await stage.at(MONDAY.replace(hour=8, minute=0))

    assert [each.text for each in stage.said()[before:]] == [TEXT]


async def test_a_kind_that_is_not_there_is_told_with_its_name(stage: Stage) -> None:
    outcome = await stage.command("/flow subscribe parcel list daily 09:00")

    assert 'Did you mean "parcels"?' in outcome.text


@pytest.mark.parametrize("key", [""])
async def test_without_a_key_it_says_which_variable_to_set(stage: Stage) -> None:
    await stage.command("/flow-parcels list")

    assert stage.whispered() == [
        "Acme isn't set up here. Your Flowbot admin needs to set ACME_API_KEY."
    ]


@pytest.mark.parametrize("key", ["wrong"])
async def test_a_refused_key_is_told_in_words(stage: Stage) -> None:
    await stage.command("/flow-parcels list")

    assert "Acme rejected Flowbot's key" in stage.whispered()[0]


def test_a_key_that_is_set_keeps_sample_data_away(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables(blocks(ALL)):
        monkeypatch.delenv(name, raising=False)
    assert not load_settings(ALL).has_vendor

    monkeypatch.setenv("ACME_API_KEY", "a key")
    assert load_settings(ALL).has_vendor


def test_a_wrong_value_of_it_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_BASE_URL", "hunter2")

    with pytest.raises(SettingsError, match="ACME_BASE_URL should be a host root"):
        load_settings(ALL)


def test_the_papers_are_made_for_it_too() -> None:
    made = papers(features=ALL)
    features = yaml.safe_load(made[MANIFEST])["features"]

    commands = {each["command"]: each["description"] for each in features["slash_commands"]}
    assert commands["/flow-parcels"] == "Parcels: what is on its way"
    assert features["shortcuts"][-1]["description"] == "Choose a parcel: any of them"
    assert "ACME_API_KEY=\n" in made[EXAMPLE]
    assert "| `ACME_API_KEY` | the key of the Acme account |" in made[SETTINGS]


@pytest.mark.parametrize(
    ("forgotten", "named"),
    [
        ({"composers": {}}, "composer of ParcelsQuestion"),
        ({"services": ()}, "service Parcels for the form find_parcel"),
        ({"tasks": ()}, "task for RenewParcels of the form find_parcel"),
    ],
)
async def test_a_part_that_its_wiring_forgot_is_told_with_the_room(
    path: Path, forgotten: dict[str, Any], named: str
) -> None:
    async def build(parts: Parts, settings: AcmeSettings) -> Wiring:
        return replace(await FEATURE.build(parts, settings), **forgotten)

    lacking = (replace(FEATURE, build=build),)
    settings = with_values(load_settings(lacking), general={"database_url": f"sqlite:///{path}"})
    slack = DrySlack(token="", api_url=settings.slack.api_url, folder=path.parent)
    with pytest.raises(LookupError, match=f"bot/parcels: build returns no {named}"):
        async with assemble(settings, clock=SandboxClock(MONDAY), slack=slack, features=lacking):
            pass


def shown(stage: Stage) -> View:
    """Return the window that is open."""
    view = stage.slack.view_of("UADA")
    assert view is not None
    return view


def test_what_assistants_may_ask_of_it_needs_no_more_than_its_room() -> None:
    known = Catalog(ALL)
    tool = next(each for each in known.tools if each.name == "list_parcels")

    assert tool.reads
    assert tool.wanted({"name": "Leeds", "file": "csv"}) == ParcelsQuestion("Leeds", "csv")
    assert known.call_of(ParcelsQuestion("Leeds")) == ToolCall("list_parcels", {"name": "Leeds"})
    assert "list_parcels" in papers(features=ALL)[TOOLS]
