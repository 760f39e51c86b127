"""Surfaces: only those that are switched on are there."""

import pytest

from bot.assembly.features import load_settings
from bot.cli.main import main
from bot.config import SettingsError


def test_a_surface_that_nobody_knows_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURFACES", "smoke-signals")

    with pytest.raises(SettingsError, match="SURFACES") as refused:
        load_settings()

    assert "further places in Slack" in str(refused.value)


def test_the_manifest_names_the_place_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--with", "smoke-signals"]) == 1

    assert "--with smoke-signals: there is no such place" in capsys.readouterr().err
