"""Which features there are, in the order in which people are told of them."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final, cast

from bot.asking.question import QuestionKinds
from bot.config import Settings, VendorBlocks, load
from bot.feature import Feature

ROOMS: Final = ("training", "runs", "webinars", "workflows", "fieldreports")
"""The folders in `bot`, each with a module `feature` that holds a FEATURE."""
Features = tuple[Feature[Any], ...]
FEATURES: Final[Features] = tuple(
    cast("Feature[Any]", import_module(f"bot.{room}.feature").FEATURE) for room in ROOMS
)


def blocks(features: Iterable[Feature[Any]] = FEATURES) -> VendorBlocks:
    """Return the settings of features, by their names."""
    return {each.name: each.settings for each in features}


def kinds_of(features: Iterable[Feature[Any]] = FEATURES) -> QuestionKinds:
    """Return every kind of question that features have."""
    return QuestionKinds(kind for each in features for kind in each.kinds)


def load_settings(features: Iterable[Feature[Any]] = FEATURES) -> Settings:
    """Read all settings from the environment and `.env`. Raises SettingsError."""
    return load(blocks(features))
