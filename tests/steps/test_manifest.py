"""The manifest of an app with steps: one that Slack takes, with exactly what is carried out."""

from pathlib import Path

from bot.assembly.features import FEATURES
from bot.steps.catalog import catalog_of
from sandbox.slack.manifest import read_manifest

ROOT = Path(__file__).parents[2]
LONGEST = 100


def test_slack_takes_it_and_it_has_all_steps() -> None:
    with_steps = read_manifest(ROOT / "manifest.steps.yml")
    without, known = read_manifest(ROOT / "manifest.yml"), catalog_of(FEATURES)

    assert {*with_steps.functions} == {*known.steps, *known.lists}
    assert [name for name, each in with_steps.functions.items() if each.lists_options] == [
        *known.lists
    ]
    assert with_steps.events - without.events == {"function_executed"}
    assert with_steps.scopes == without.scopes
    assert without.functions == {}


def test_each_step_reads_well_in_workflow_builder() -> None:
    for each in read_manifest(ROOT / "manifest.steps.yml").functions.values():
        assert each.title
        assert 0 < len(each.description) < LONGEST
        assert all(one.title for one in (*each.inputs, *each.outputs))
