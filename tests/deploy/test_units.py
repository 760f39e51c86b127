"""The systemd units, as systemd itself judges them."""

import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.programs import program
from tests.surface import ROOT

UNITS = sorted((ROOT / "deploy").glob("*.service"))
MOST_EXPOSED = 14
"""In tenths: systemd counts from 0, which is closed, to 10, which is open."""


def service(unit: Path) -> dict[str, str]:
    """Return what stands in a unit's part about its service; of what comes twice, the last."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as the standard library says
    parser.read_string(unit.read_text(encoding="utf-8"))
    return dict(parser["Service"])


def test_there_is_one_for_all_and_two_for_the_split() -> None:
    names = [each.name for each in UNITS]
    assert names == ["flowbot-web.service", "flowbot-worker@.service", "flowbot.service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda each: each.name)
def test_each_starts_a_command_of_flowbots(unit: Path) -> None:
    path, *arguments = service(unit)["ExecStart"].split()
    assert path == "/opt/flowbot/bin/flowbot"
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0


def test_all_have_the_same_user_and_folder() -> None:
    """One file is written by each of them, so it has to be of one user."""
    shared = ("DynamicUser", "User", "StateDirectory", "WorkingDirectory", "EnvironmentFile")
    assert len({tuple(service(unit)[each] for each in shared) for unit in UNITS}) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda each: each.name)
def test_systemd_finds_nothing_wrong_and_little_open(unit: Path, tmp_path: Path) -> None:
    systemd = program("systemd-analyze", missing="no systemd-analyze here (Debian: systemd)")
    copy = tmp_path / unit.name
    text = unit.read_text(encoding="utf-8")
    # Flowbot is not installed where the unit looks for it.
    copy.write_text(text.replace("/opt/flowbot/bin/flowbot", "/bin/true"), encoding="utf-8")

    for words in (
        ("verify",),
        ("security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager"),
    ):
        judged = subprocess.run(  # noqa: S603  # the words are these
            [systemd, *words, str(copy)], capture_output=True, text=True, check=False
        )
        assert (judged.returncode, judged.stderr) == (0, ""), judged.stdout
