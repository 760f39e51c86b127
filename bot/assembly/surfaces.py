"""Which surfaces are on. Their rooms are imported here, and only where they are."""

from collections.abc import Iterable
from importlib import import_module
from typing import cast

from bot.assembly.features import FEATURES
from bot.config import Settings
from bot.config.own import GeneralSettings
from bot.surface import Manifest, Surface


def surfaces_of(settings: Settings) -> tuple[Surface, ...]:
    """Return the surfaces that the settings switch on."""
    return surfaces_named(settings.general.surfaces.split(","))


def surfaces_named(names: Iterable[str]) -> tuple[Surface, ...]:
    """Return surfaces by their names, which exist, in the order given and each once."""
    return tuple(
        cast("Surface", import_module(f"bot.{name}.surface").SURFACE)
        for name in dict.fromkeys(filter(None, names))
    )


def with_surfaces(
    manifest: Manifest,
    surfaces: Iterable[Surface],
    root: str = "",
    *,
    general: GeneralSettings | None = None,
) -> Manifest:
    """Return the app's manifest with what surfaces need in it, and what `general` says of them.

    `root` is where Slack reaches Flowbot over HTTP, empty with Socket Mode.
    """
    for each in surfaces:
        manifest = each.manifest(manifest, root)
        if functions := each.functions(FEATURES):
            manifest = {**manifest, "functions": functions}
        manifest = each.by_settings(manifest, general) if general else manifest
    return manifest
