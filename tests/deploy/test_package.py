"""What is installed has all that the folders have: code, the manifest, the page of the sandbox."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.surface import ROOT
from tools.dockerfile import FILE, stages

FOLDERS = ("bot", "handlers", "sandbox")
NO_CACHE = shutil.ignore_patterns("__pycache__")


def copied(to: Path) -> None:
    """Copy what the image is built from: a build leaves its traces where it is done."""
    build = stages(FILE.read_text(encoding="utf-8"))[0]
    for path in (path for step in build.all("COPY") for path in step.paths[:-1]):
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, to / path, symlinks=True, ignore=NO_CACHE)
        else:
            shutil.copy(ROOT / path, to / path)


def test_an_installed_flowbot_lacks_nothing(tmp_path: Path) -> None:
    source, wheels = tmp_path / "source", tmp_path / "wheels"
    source.mkdir()
    copied(source)
    quietly = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")
    subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-m", "pip", "wheel", *quietly, "--wheel-dir", str(wheels), str(source)],
        check=True,
        capture_output=True,
    )
    [wheel] = wheels.iterdir()

    with ZipFile(wheel) as packed:
        inside = {each for each in packed.namelist() if each.startswith(FOLDERS)}
        assert packed.read("bot/manifest.yml") == (ROOT / "manifest.yml").read_bytes()
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    assert inside == {str(p.relative_to(ROOT)) for p in files if "__pycache__" not in p.parts}
