"""Surfaces: only those that are switched on are there."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.assembly.features import load_settings
from bot.assembly.surfaces import surfaces_named, with_surfaces
from bot.cli.main import main
from bot.config import SettingsError
from bot.config.own import SURFACES
from bot.doctor.scopes import unused
from bot.slack.manifest import declared

STARTED = """
import asyncio, sys
from pathlib import Path
from tests.stage import open_stage

async def run():
    async with open_stage(Path(sys.argv[1])) as stage:
        await stage.command("/flow help")
        await stage.command("/flow-report onboarding")
        print(*sys.modules, sep="\\n")

asyncio.run(run())
"""
"""A program without any surface, which has answered."""


def test_a_surface_that_nobody_knows_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURFACES", "smoke-signals")

    with pytest.raises(SettingsError, match="SURFACES") as refused:
        load_settings()

    assert "further places in Slack" in str(refused.value)


def test_nothing_of_a_surface_that_is_off_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  # our own words, in a process that has imported nothing
        [sys.executable, "-c", STARTED, str(tmp_path / "off.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stdout.split()
    rooms = tuple(f"{folder}.{name}" for name in SURFACES for folder in ("bot", "handlers"))

    assert "bot.surface" in loaded
    assert [each for each in loaded if each.startswith(rooms)] == []


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


def test_the_doctor_knows_every_scope_that_places_ask_for() -> None:
    manifest = with_surfaces(declared(), surfaces_named(SURFACES), "https://flowbot.example.com")

    assert unused(manifest["oauth_config"]["scopes"]["bot"]) == ()
