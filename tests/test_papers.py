"""The papers hold: links lead somewhere, examples work, and they say what the code says."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.assembly.features import FEATURES, ROOMS
from bot.feature import Feature
from sandbox.slack.manifest import read_manifest
from tests.stage import Stage
from tools.papers import papers

ROOT = Path(__file__).parent.parent
PAPERS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
}
EXAMPLES = [
    example
    for paper in ("docs/commands.md", "README.md")
    for example in re.findall(r"^(?:\| `)?(/flow[^`\n]*)", PAPERS[paper], flags=re.MULTILINE)
]
A_RUN = "3f2a"
A_FLOW = "flow_123abc"
LARGEST_README = 8_000
MOST_WORDS = 20


def prose(paper: str) -> str:
    """Return a paper without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", PAPERS[paper], flags=re.MULTILINE | re.DOTALL)


def fenced(paper: str) -> list[str]:
    """Return the fenced blocks of a paper."""
    return re.findall(r"^```\w*\n(.*?)^```", PAPERS[paper], flags=re.MULTILINE | re.DOTALL)


def links(paper: str) -> list[tuple[str, str]]:
    """Return text and target of the links and pictures that lead into the project."""
    found = re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", prose(paper))
    return [(text, target) for text, target in found if not target.startswith("https://")]


def anchors(paper: str) -> set[str]:
    """Return what a link may name after "#": the headings, as GitHub writes them."""
    headings = re.findall(r"^#+ (.+)$", prose(paper), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_readme_can_be_read_in_a_minute_or_two() -> None:
    assert len(PAPERS["README.md"].encode()) < LARGEST_README


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_leads_to_something(paper: str) -> None:
    for text, target in links(paper):
        path, _, anchor = target.partition("#")
        led_to = ((ROOT / paper).parent / path).resolve() if path else ROOT / paper
        assert (target, led_to.exists()) == (target, True)
        if anchor:
            assert (text, anchor in anchors(str(led_to.relative_to(ROOT)))) == (text, True), target


def test_every_paper_of_the_docs_is_linked_from_the_readme() -> None:
    linked = {target.partition("#")[0] for _, target in links("README.md")}
    others = {paper for paper in PAPERS if not paper.startswith("docs/surfaces/")}
    assert others - {"README.md"} <= linked


def test_the_checklist_of_a_vendor_names_what_a_room_has() -> None:
    """Hold the checklist to the rooms: each module that it names is in most of them.

    It may stand in a folder of the room, by what it is for, but for what only renders.
    """
    steps = prose("CONTRIBUTING.md").partition("## Add a vendor")[2].partition("\n## ")[0]
    named = re.findall(r"\*\*`(?:bot/parcels/)?([a-z_/]+(?:\.py|/))`\*\*", steps)
    rooms = [ROOT / "bot" / room for room in ROOMS]

    assert {"model.py", "settings.py", "question.py", "help.py", "feature.py"} <= set(named)
    for name in (each for each in named if not each.startswith(("sandbox", "tests"))):
        deeper = (path.parent for path in ROOT.glob(f"bot/*/*/{name}") if name.endswith(".py"))
        inside = {folder.parent for folder in deeper if folder.name not in {"rendering", "core"}}
        have = [room.name for room in rooms if (room / name).exists() or room in inside]
        assert (name, len(have) > len(rooms) // 2) == (name, True)


@pytest.mark.parametrize("paper", papers())
def test_what_is_said_of_the_features_is_made_from_them(paper: str) -> None:
    assert (ROOT / paper).read_text(encoding="utf-8") == papers()[paper], "run make papers"


async def test_every_example_is_answered(stage: Stage) -> None:
    for example in EXAMPLES:
        before = heard(stage)
        outcome = await stage.command(alive(example, stage))
        assert (example, outcome.status, heard(stage) != before) == (example, 200, True)
        assert (example, outcome.text if "help" not in example else "") == (example, "")
        assert (example, await troubles(stage)) == (example, [])


def heard(stage: Stage) -> tuple[object, ...]:
    """Return what changes with any answer: messages, words for one alone, a form, a cancelled run.

    What a cancel changes is the run's card, and that some seconds later.
    """
    cancelled = sum(run.canceled for run in stage.smartflows.engine.index.runs.values())
    return len(stage.said()), len(stage.whispered()), stage.slack.view_of("UADA"), cancelled


def alive(example: str, stage: Stage) -> str:
    """Return an example as it reaches the bot: mentions are ids, a run and a flow are real ones."""
    newest = next(reversed(stage.smartflows.engine.index.runs))
    meant = {"@ada": "<@UADA|ada>", A_RUN: newest[:8], A_FLOW: "flow_onb001"}
    for word, real in meant.items():
        example = example.replace(word, real)
    return example


async def troubles(stage: Stage) -> list[dict[str, Any]]:
    """Return the jobs that went wrong; a name that fits several things to pick from is none."""
    return await stage.rows(
        "SELECT name, error FROM jobs WHERE error != '' AND error NOT LIKE '%could be%'"
    )


@pytest.mark.parametrize("command", read_manifest(ROOT / "manifest.yml").commands)
def test_each_command_has_three_examples_and_a_picture(command: str) -> None:
    titled = (each.partition("\n") for each in PAPERS["docs/commands.md"].split("\n## "))
    [section] = [body for title, _, body in titled if f": `{command}`" in title]
    assert len([each for each in EXAMPLES if each.split()[0] == command]) >= 3
    assert f"| `{command} " in section
    assert "](pictures/" in section


@pytest.mark.parametrize("feature", FEATURES, ids=ROOMS)
def test_the_papers_written_by_hand_name_each_vendor(feature: Feature[Any]) -> None:
    title, command = feature.vendor.title, feature.command.name
    introduction, _, _ = PAPERS["README.md"].partition("\n## ")
    table, _, _ = PAPERS["docs/commands.md"].partition("\n## ")
    [kinds] = re.findall(r"^\| kind of question \|.*", PAPERS["docs/design.md"], flags=re.MULTILINE)

    assert title in introduction, "the introduction of README.md"
    assert re.search(rf"`{command}`\]\(#.*\| {title} \|", table), "the table of docs/commands.md"
    assert f"`{command}`" in PAPERS["CHANGELOG.md"], "CHANGELOG.md"
    assert [each.name for each in feature.kinds if f"`{each.name}`" not in kinds] == []


def test_every_picture_says_what_it_shows() -> None:
    pictures = [
        (paper, text, target)
        for paper in PAPERS
        for text, target in re.findall(r"!\[(.*?)\]\((.*?)\)", PAPERS[paper])
    ]
    assert len(pictures) >= 5
    assert [each for each in pictures if len(each[1]) <= 20] == []


def test_every_make_that_is_told_of_is_a_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    lines = [line for paper in PAPERS for block in fenced(paper) for line in block.splitlines()]
    told = {line.removeprefix("$ ") for line in lines if re.match(r"(\$ )?make\b", line)}
    told |= {each for paper in PAPERS for each in re.findall(r"`(make [^`]+)`", prose(paper))}

    assert {"make run", "make test"} <= told
    assert {word for each in told for word in each.split()[1:]} <= targets


def test_the_design_shows_the_layers_as_they_are_held() -> None:
    contracts = settings()["importlinter"]["contracts"]
    [layers] = [each["layers"] for each in contracts if each["type"] == "layers"]
    assert "\n".join([*layers, ""]) in fenced("docs/design.md")


def test_the_design_shows_every_folder_of_the_bot() -> None:
    tree = "\n".join(fenced("docs/design.md"))
    folders = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert set(re.findall(r"^  (\w+)/ ", tree, flags=re.MULTILINE)) == folders


def test_the_glossary_is_short_enough_to_be_learnt() -> None:
    glossary = PAPERS["docs/design.md"].partition("## Glossary")[2]
    words = re.findall(r"^\| ([a-z][a-z ]*) \|", glossary, flags=re.MULTILINE)
    assert 1 < len(set(words) - {"word"}) <= MOST_WORDS
    assert len(words) == len(set(words))


def settings() -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(loaded["tool"])
