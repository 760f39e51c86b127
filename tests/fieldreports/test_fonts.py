"""Fonts for pictures: FiraGO always, the system's for letters that it lacks."""

import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.fieldreports.fonts import fonts_for, system_font
from bot.fieldreports.rendering.letters import FontFile
from tests.fieldreports.rendering.fonts import FIRA, blocks


class System:
    """Fonts of a system that remembers what it was asked for."""

    def __init__(self, *fonts: FontFile) -> None:
        self.asked: list[str] = []
        self._fonts = list(fonts)

    def find(self, letters: str) -> FontFile | None:
        self.asked.append(letters)
        return self._fonts.pop(0) if self._fonts else None


@pytest.mark.parametrize("name", ["Site hazards", "Опасности", "خطر", ""])
def test_no_other_font_is_looked_for_where_firago_is_enough(name: str) -> None:
    system = System()
    assert fonts_for(name, system.find) == (FIRA,)
    assert system.asked == []


def test_each_further_font_is_asked_for_what_is_still_missing() -> None:
    some, more = blocks("中文"), blocks("🚧")
    system = System(some, more)
    assert fonts_for("中🚧 Site 文", system.find) == (FIRA, some, more)
    assert system.asked == ["中🚧文", "🚧"]


@pytest.mark.parametrize("useless", [FIRA, FontFile(b"no font")])
def test_a_font_that_does_not_help_ends_the_search(useless: FontFile) -> None:
    with capture_logs() as logs:
        assert fonts_for("中 한", System(useless, blocks("中")).find) == (FIRA,)
    assert logs == [
        {"event": "letters_without_font", "scripts": ["CJK", "HANGUL"], "log_level": "info"}
    ]


def program(folder: Path, script: str) -> None:
    file = folder / "fc-match"
    file.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    file.chmod(0o700)


def test_fontconfig_is_asked_for_a_font_with_the_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a font.ttc").write_bytes(b"the font")
    program(
        tmp_path,
        "import pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "(here / 'asked').write_text(sys.argv[2])\n"
        "print(here / 'a font.ttc', 2, sep='\\n', end='')",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}")
    assert system_font("中🚧") == FontFile(b"the font", 2)
    assert (tmp_path / "asked").read_text() == "sans-serif:charset=4e2d 1f6a7"


@pytest.mark.parametrize(
    "script",
    ["raise SystemExit(1)", "print('gone.ttf', 0, sep='\\n', end='')", "print('?')", "no python"],
    ids=["it fails", "its font is gone", "it says something else", "it cannot run"],
)
def test_without_an_answer_of_fontconfig_there_is_no_font(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}")
    assert system_font("中") is None


def test_without_fontconfig_there_is_no_font(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}")
    assert system_font("中") is None


def test_the_start_imports_neither_pillow_nor_a_font() -> None:
    code = (
        "import sys, bot.cli.main, bot.assembly.compose, bot.slack_app, handlers;"
        "print([each for each in ('PIL', 'pymupdf_fonts') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603 - this Python
    assert done.stdout == "[]\n"
