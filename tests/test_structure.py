"""What must agree across files: manifest, listeners, scopes, jobs, settings, their words."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assembly.features import FEATURES, blocks, load_settings
from bot.assembly.surfaces import surfaces_named, with_surfaces
from bot.config import variables
from bot.config.own import SURFACES
from bot.digests.core import command as flow_command
from bot.jobs.request import Intent
from bot.jobs.tasks import UnreadableIntent
from bot.talk.pages import help_pages
from sandbox.slack.manifest import Manifest, read_manifest
from sandbox.slack.manifest_rules import problems
from tests.stage import open_stage
from tests.surface import ROOT, Surface, constants, nodes

MANIFEST = ROOT / "manifest.yml"

READ = {"channels:read", "groups:read", "im:read", "mpim:read"}
SCOPES = {
    "apps.connections.open": {""},  # with a token of its own, which has connections:write
    "auth.test": {""},
    "apps.uninstall": {""},
    "auth.revoke": {""},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": {""},
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history"},
    "conversations.info": READ,
    "conversations.members": READ,
    "conversations.replies": {"channels:history", "groups:history"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.lookupByEmail": {"users:read.email"},
    "users.conversations": {"channels:read", "groups:read"},  # of these two kinds
    "users.list": {"users:read", "users:read.email"},
    "users.info": {"users:read", "users:read.email"},  # the address is read with the person
    "views.open": {""},
    "views.publish": {""},
    "views.push": {""},
    "views.update": {""},
}
"""Which bot scopes Slack's reference asks for each method; "" where it asks for none."""
OF_SURFACES: dict[str, dict[str, set[str]]] = {
    "links": {"chat.unfurl": {"links:write"}, "entity.presentDetails": {""}},
    "scoreboards": {
        "canvases.edit": {"canvases:write"},
        "canvases.sections.lookup": {"canvases:read"},
        "conversations.canvases.create": {"canvases:write"},
    },
}
"""The same of methods that a surface alone calls, which asks for their scopes where it is on."""
_CHANNELS, _GROUPS = {"channels:read"}, {"groups:read"}
EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_archive": _CHANNELS,
    "channel_deleted": _CHANNELS,
    "channel_id_changed": set(),
    "channel_left": _CHANNELS,
    "channel_rename": _CHANNELS,
    "channel_shared": _CHANNELS | _GROUPS,
    "channel_unarchive": _CHANNELS,
    "channel_unshared": _CHANNELS | _GROUPS,
    "group_archive": _GROUPS,
    "group_deleted": _GROUPS,
    "group_left": _GROUPS,
    "group_rename": _GROUPS,
    "group_unarchive": _GROUPS,
    "entity_details_requested": set(),
    "link_shared": {"links:read"},
    "member_joined_channel": _CHANNELS | _GROUPS | {"mpim:read"},
    "message.im": {"im:history"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
"""What Slack sends an event for; of those in channels any one of the scopes, for its kind."""
FAMILIES = (
    "api|apps|auth|bots|canvases|chat|conversations|entity|files|reactions|team|usergroups|users"
    "|views"
)
METHOD = re.compile(rf"(?:{FAMILIES})(?:\.[a-z]+)?\.[a-zA-Z]+")
NO_METHODS = {"files.upload"}
"""What `flowbot ask` prints in place of the three calls of an upload."""


@pytest.fixture
def surface() -> Surface:
    return Surface()


@pytest.fixture
def manifest() -> Manifest:
    return read_manifest(MANIFEST)


def raw_manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return loaded


def methods_called() -> set[str]:
    return {name for name in constants("bot", "handlers") if METHOD.fullmatch(name)} - NO_METHODS


# The manifest and the listeners


def test_the_manifest_lists_exactly_the_commands_that_are_answered(
    surface: Surface, manifest: Manifest
) -> None:
    assert sorted(surface.names["command"]) == sorted(manifest.commands)


@pytest.mark.parametrize("kind", ["global", "message"])
def test_the_manifest_lists_exactly_the_shortcuts_that_are_answered(
    surface: Surface, manifest: Manifest, kind: str
) -> None:
    declared = [each.callback_id for each in manifest.shortcuts if each.type == kind]
    assert sorted(surface.names[kind]) == sorted(declared)


def test_the_manifest_subscribes_to_exactly_the_events_that_are_heard(
    surface: Surface, manifest: Manifest
) -> None:
    heard = {"message.im" if each == "message" else each for each in surface.names["event"]}
    assert heard == manifest.events


def test_nothing_is_registered_twice(surface: Surface) -> None:
    for kind, names in surface.names.items():
        assert len(names) == len(set(names)), kind


def test_every_method_that_is_called_is_known_with_its_scopes() -> None:
    assert methods_called() == set(SCOPES).union(*OF_SURFACES.values())


@pytest.mark.parametrize("name", OF_SURFACES)
def test_a_surface_asks_for_exactly_the_scopes_that_it_uses(name: str) -> None:
    (before, heard), (after, hears) = (
        (
            set(each["oauth_config"]["scopes"]["bot"]),
            set(each["settings"]["event_subscriptions"]["bot_events"]),
        )
        for each in (raw_manifest(), with_surfaces(raw_manifest(), surfaces_named([name])))
    )
    used = *OF_SURFACES[name].values(), *(EVENT_SCOPES[each] for each in hears - heard)
    assert after - before == set[str]().union(*used) - {""}


def test_the_manifest_asks_for_exactly_the_scopes_that_the_code_uses(manifest: Manifest) -> None:
    scopes = raw_manifest()["oauth_config"]["scopes"]
    used = set[str]().union(*SCOPES.values(), *(EVENT_SCOPES[each] for each in manifest.events))

    assert set(scopes["bot"]) | set(scopes["bot_optional"]) == used - {""} | {"commands"}
    assert set(scopes["bot"]) & set(scopes["bot_optional"]) == set()


def test_reading_channels_is_optional() -> None:
    scopes = raw_manifest()["oauth_config"]["scopes"]

    assert [each for each in scopes["bot"] if each.endswith(":history")] == ["im:history"]


def test_the_manifest_says_of_each_command_what_its_room_says() -> None:
    said = {each.command.name: each.command for each in FEATURES}
    rooms = {name: (each.description, each.usage_hint) for name, each in said.items()}
    rooms[flow_command.NAME] = (flow_command.DESCRIPTION, flow_command.USAGE_HINT)
    listed = raw_manifest()["features"]["slash_commands"]

    assert {each["command"]: (each["description"], each["usage_hint"]) for each in listed} == rooms


def test_the_manifest_keeps_slacks_rules() -> None:
    assert list(problems(raw_manifest())) == []


def test_every_command_and_shortcut_is_told_of_in_the_help_and_the_papers(
    manifest: Manifest,
) -> None:
    told = str(help_pages(FEATURES)[flow_command.NAME])
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    for command in manifest.commands:
        assert command in told
        assert f"| `{command} " in readme
        assert f": `{command}`" in commands
    for shortcut in manifest.shortcuts:
        assert f"**{shortcut.name}**" in " ".join(commands.split())


def test_commands_can_be_typed_in_direct_messages() -> None:
    home = raw_manifest()["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False


def test_mentions_in_commands_arrive_as_ids() -> None:
    for command in raw_manifest()["features"]["slash_commands"]:
        assert command["should_escape"] is True, command["command"]


# Jobs


async def test_everything_that_can_be_wanted_has_a_service(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "bot.db", surfaces=",".join(SURFACES)) as stage:
        done = {each.job for each in stage.bot.services.tasks.intents}
    assert {each.job for each in intents()} - {UnreadableIntent.job} == done


def test_what_can_be_wanted_has_a_word_of_its_own() -> None:
    words: dict[str, set[str]] = {}
    for each in intents():
        words.setdefault(each.job, set()).add(each.__qualname__)
    assert {word: names for word, names in words.items() if len(names) > 1} == {}


def intents(of: type[Intent] = Intent) -> Iterator[type[Intent]]:
    """Yield every intent of the bot with a word of its own; features made up in tests have more.

    Those of surfaces are among them, as their listeners are looked at here, too.
    """
    for each in of.__subclasses__():
        if "job" in vars(each) and each.__module__.startswith("bot."):
            yield each
        yield from intents(each)


# SQL

SQL = re.compile(
    r"\b(SELECT\s.*\bFROM\b|SELECT 1|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA|"
    r"(CREATE|ALTER|DROP)\s+(TABLE|INDEX))\b",
    re.DOTALL,
)


def test_sql_stands_in_stores_alone() -> None:
    paths = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    with_sql = [path for path in paths if any(map(SQL.search, constants(str(path))))]

    assert ROOT / "bot/outbox/store.py" in with_sql
    assert [
        each for each in with_sql if not {"store", "statements"} & {each.stem, *each.parts}
    ] == []


# Names


def test_no_class_has_the_name_of_another() -> None:
    classes = (node for node in nodes("bot", "handlers") if isinstance(node, ast.ClassDef))
    names = Counter(node.name for node in classes)

    assert [name for name, times in names.items() if times > 1] == []


PARTICIPLE = re.compile(r"_?([A-Z][a-z]*(ed|ing)|Found|Given|Held|Kept|Known|Made|Sent|Shown|Told)")
NOUNS = {"Deed", "Finding", "Heading", "Thing", "Wiring"}
"""Of this form, and things all the same."""


def test_no_class_is_named_by_a_bare_participle() -> None:
    found = tuple(nodes("bot", "handlers"))
    classes = {node.name for node in found if isinstance(node, ast.ClassDef)}
    targets = [name for node in found if isinstance(node, ast.Assign) for name in node.targets]
    names = classes | {each.id for each in targets if isinstance(each, ast.Name)}

    assert {name for name in names if PARTICIPLE.fullmatch(name)} == NOUNS


# Sizes

MOST_LINES = 400
MOST_MODULES = 20
"""In a folder, its own docstring's aside: a reader sees them all at once."""


def test_no_file_is_longer_than_one_can_read_at_a_time() -> None:
    paths = (path for place in ("bot", "handlers") for path in (ROOT / place).rglob("*.py"))
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}

    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_folder_has_more_modules_than_one_can_see_at_a_time() -> None:
    paths = (path for place in ("bot", "handlers") for path in (ROOT / place).rglob("*.py"))
    folders = Counter(path.parent for path in paths if path.stem != "__init__")

    assert {path: count for path, count in folders.items() if count > MOST_MODULES} == {}


# Settings and what is written about them


def test_the_example_holds_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)

    assert sorted(named) == sorted(variables(blocks()))


def test_the_example_changes_nothing_when_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in variables(blocks()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    defaults = load_settings()

    (tmp_path / ".env").write_bytes((ROOT / ".env.example").read_bytes())
    assert load_settings() == defaults


def test_the_papers_explain_every_setting_and_no_other() -> None:
    paper = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z]+(?:_[A-Z]+)*)` \| (.+) \|$", paper, flags=re.MULTILINE))

    assert sorted(rows) == sorted(variables(blocks()))
    for name, expected in variables(blocks()).items():
        assert rows[name].startswith(expected), name
