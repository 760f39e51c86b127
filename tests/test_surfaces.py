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


def test_steps_and_workspaces_that_install_exclude_each_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {
        "SURFACES": "steps",
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "s",
        "SLACK_SIGNING_SECRET": "s",
        "SECRET_KEYS": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="Take steps out of SURFACES"):
        load_settings()

    assert main(["manifest", "--with", "steps", "--workspaces", "--http", "https://f.example.com"])
    assert "Slack lets nobody else install an app with steps" in capsys.readouterr().err
