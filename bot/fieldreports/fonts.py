"""Fonts for pictures: one that is always there, and the system's for what that one lacks.

FiraGO comes as a Python package, so that a picture looks the same on every machine. It has Latin,
Cyrillic, Greek, Arabic, Hebrew, Devanagari, Georgian and Thai. Chinese, Japanese, Korean, emoji and
other scripts are drawn where fontconfig knows a font that has them.
"""

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot import log
from bot.fieldreports.rendering.letters import FontFile, Letters, can_shape

_PATIENCE: Final = 5
"""Seconds; fontconfig takes some milliseconds, and longer once after fonts were installed."""


def system_font(letters: str) -> FontFile | None:
    """Return the font of the system that has most of `letters`, if fontconfig can tell."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    wanted = f"sans-serif:charset={' '.join(f'{ord(each):x}' for each in letters)}"
    try:
        done = subprocess.run(  # noqa: S603 - the program that was looked for, and numbers
            [program, "--format=%{file}\n%{index}", wanted],
            capture_output=True,
            check=True,
            text=True,
            timeout=_PATIENCE,
        )
        path, face = done.stdout.split("\n")
        return FontFile(Path(path).read_bytes(), int(face))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.get().info("fonts_unknown", error=type(error).__name__)
        return None


def fonts_for(
    text: str, find: Callable[[str], FontFile | None] = system_font
) -> tuple[FontFile, ...]:
    """Return FiraGO, and further fonts where a text has letters that it lacks.

    Takes as long as reading their files does, so it is no call for the event loop.
    """
    from pymupdf_fonts import myfont  # noqa: PLC0415  # unpacks the font when it is imported

    fonts, shaped = [FontFile(myfont("figo"))], can_shape()
    lacking = Letters(fonts, shaped=shaped).missing(text)
    while lacking and (font := find("".join(lacking))):
        still = Letters([*fonts, font], shaped=shaped).missing(text)
        if len(still) == len(lacking):
            break
        fonts.append(font)
        lacking = still
    if lacking:
        scripts = {unicodedata.name(each[0], "UNKNOWN").split()[0] for each in lacking}
        log.get().info("letters_without_font", scripts=sorted(scripts))
    return tuple(fonts)
