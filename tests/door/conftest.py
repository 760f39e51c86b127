"""The same world as the command line has."""

from tests.cli.conftest import settings, world

__all__ = ["settings", "world"]
