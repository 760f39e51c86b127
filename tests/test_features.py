"""What every feature must have: whoever adds one and forgets a part is told here which."""

import ast
import re
import tomllib
from typing import Any

import pytest

from bot.assembly.features import FEATURES, ROOMS, kinds_of
from bot.config import variable_of
from bot.feature import Feature
from handlers import forms_of
from sandbox.vendors import stand_ins
from tests.stage import Stage
from tests.surface import ROOT, nodes

EVERY_FEATURE = pytest.mark.parametrize("feature", FEATURES, ids=ROOMS)
VARIABLE = re.compile(r"[A-Z]+(?:_[A-Z]+)+")


def variables_of(feature: Feature[Any]) -> set[str]:
    return {variable_of(feature.settings, name) for name in feature.settings.model_fields}


def test_every_room_with_a_feature_is_one_of_the_features() -> None:
    rooms = {path.parent.name for path in (ROOT / "bot").glob("*/feature.py")}

    assert rooms == set(ROOMS)
    assert [each.name for each in FEATURES] == list(ROOMS)


def test_the_import_rules_hold_the_features_apart() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [layers] = [
        each["layers"]
        for each in contracts["tool"]["importlinter"]["contracts"]
        if each["type"] == "layers"
    ]
    apart = [set(layer.split(" | ")) for layer in layers if "bot.training" in layer]

    assert apart == [{f"bot.{room}" for room in ROOMS}]


def test_every_vendor_has_a_local_one() -> None:
    assert {each.name for each in stand_ins()} == {each.vendor.name for each in FEATURES}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_client_that_keeps_the_contract(room: str) -> None:
    classes = (node for node in nodes(f"tests/{room}") if isinstance(node, ast.ClassDef))
    bases = (base for each in classes for base in each.bases)
    assert {"ReaderContract", "ClientContract"} & {ast.unparse(each) for each in bases}


async def test_every_form_has_its_service_and_the_work_it_asks_for(stage: Stage) -> None:
    known = set(stage.bot.services.tasks.intents)
    for form in forms_of(FEATURES):
        assert isinstance(stage.bot.services.of(form.service), form.service), form.callback
        assert (form.callback, form.renew is None or type(form.renew) in known) == (
            form.callback,
            True,
        )


def test_no_two_features_share_a_name_or_a_command() -> None:
    for names in (
        [each.name for each in FEATURES],
        [each.vendor.name for each in FEATURES],
        [each.command.name for each in FEATURES],
        [kind.name for each in FEATURES for kind in each.kinds],
        [form.callback for form in forms_of(FEATURES)],
    ):
        assert len(names) == len(set(names))


# Settings


@EVERY_FEATURE
def test_what_a_feature_that_is_off_asks_for_is_one_of_its_settings(feature: Feature[Any]) -> None:
    asked = set(VARIABLE.findall(feature.vendor.variables))

    assert asked
    assert asked - variables_of(feature) == set()


@EVERY_FEATURE
def test_the_local_vendor_gives_its_credential_and_its_addresses(
    stage: Stage, feature: Feature[Any]
) -> None:
    given = set(stage.vendor(feature.vendor.name).environment)
    credential, _, _ = feature.vendor.variables.partition("(")  # others would do as well
    addresses = {each for each in variables_of(feature) if each.endswith("_URL")}

    assert {*VARIABLE.findall(credential), *addresses} - given == set()
    assert given - variables_of(feature) == set()


# Words


@EVERY_FEATURE
def test_the_example_of_the_help_is_one_of_the_own_command(feature: Feature[Any]) -> None:
    assert feature.command.help.lead.typed.split()[0] == feature.command.name


@pytest.mark.parametrize("kind", [*kinds_of()], ids=lambda kind: kind.name)
def test_each_kind_has_options_or_asks_itself_what_it_is_about(kind: Any) -> None:
    """Without options a name would swallow whatever follows a digest's schedule."""
    assert kind.options or kind.asks
    assert kind.command in kind.which
