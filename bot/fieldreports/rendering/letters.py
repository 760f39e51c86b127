"""Which of the fonts at hand draws which letters of a text, and what stands where none can.

Pillow is imported by the functions that need it: most starts never draw a picture.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LEFT_OUT: Final = "…"
"""Stands for letters that cannot be drawn, and for the end of a text that is too long."""
_LONGEST: Final = 400  # characters of a text that are looked at; a picture has room for far fewer
_NO_CHARACTER: Final = "\uffff"  # Unicode promises that it never becomes one
_PROBE_SIZE: Final = 16
_STRIKE: Final = 109  # pixels: the only size that Noto Color Emoji has
_ZERO_WIDTH_JOINER: Final = "\u200d"
_JOINERS: Final = {"\u200c", _ZERO_WIDTH_JOINER, *map(chr, range(0xFE00, 0xFE10))}
"""Characters without a shape of their own that say how their neighbours look."""
_SHAPELESS: Final = {"Cc", "Cf", "Cs"}
"""Categories of Unicode. Some of Cf turn texts around: a name must not do that to the rest."""
_PARTS: Final = re.compile(r"^ | $|\S(?:.*\S)?")
"""Outer spaces by themselves: a text from the right would have them on the other side."""
_RIGHT_TO_LEFT: Final = {"R", "AL"}
_SKIN_TONES: Final = {*map(chr, range(0x1F3FB, 0x1F400))}


@dataclass(frozen=True, slots=True)
class FontFile:
    """What is in the file of a font, and which face of it is meant if it is a collection."""

    content: bytes
    face: int = 0


def opened(font: FontFile, size: float, *, shaped: bool) -> tuple["FreeTypeFont", float]:
    """Return a font, and by how much to scale what it draws so that it is of `size` pixels.

    `shaped` joins and orders letters as their script asks for. Raises OSError for what is no font.
    """
    from PIL import ImageFont  # noqa: PLC0415

    layout = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    try:
        return ImageFont.truetype(BytesIO(font.content), size, font.face, "", layout), 1.0
    except OSError:  # instead of outlines it may have pictures of one size
        face = ImageFont.truetype(BytesIO(font.content), _STRIKE, font.face, "", layout)
        return face, size / _STRIKE


def can_shape() -> bool:
    """Return whether Pillow found the system's libraries for scripts that need shaping."""
    from PIL import features  # noqa: PLC0415

    return features.check("raqm") is True


class Letters:
    """The letters of some fonts; each is drawn by the first font that has it with its marks."""

    def __init__(self, fonts: Sequence[FontFile], *, shaped: bool) -> None:
        """Without `shaped`, a text that needs shaping is left out: it would be drawn wrongly."""
        self._shaped = shaped
        self._probes = [_Probe(font) for font in fonts]

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the letters of a text that no font has with all their marks, each once."""
        letters = dict.fromkeys(self._letters(text))
        return tuple(each for each in letters if self._drawn(each)[1] != each)

    def pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield a text as pieces, each with the number of the font that draws it."""
        drawn = map(self._drawn, self._letters(text))
        for number, found in groupby(drawn, key=lambda each: each[0]):
            if number is None:
                yield 0, LEFT_OUT
            else:
                for part in _PARTS.findall("".join(letter for _, letter in found)):
                    yield number, part

    def shortened(self, text: str, end: int) -> str:
        """Return the first `end` letters, with their marks, and LEFT_OUT."""
        return "".join(islice(self._letters(text), end)).rstrip() + LEFT_OUT

    def _drawn(self, letter: str) -> tuple[int | None, str]:
        """Return the font of a letter, and the letter, without its marks if it has to be so."""
        for text in (letter, letter[0]):
            for number, probe in enumerate(self._probes):
                if all(map(probe.has, text)):
                    return number, text
        return None, ""

    def _letters(self, text: str) -> Iterator[str]:
        """Yield the letters of a text as one line, each with what is drawn together with it."""
        together = ""
        for character in self._legible(text):
            if together and not _joins(together[-1], character):
                yield together
                together = ""
            together += character
        if together:
            yield together

    def _legible(self, text: str) -> str:
        """Return a text as one line, without what has no shape."""
        whole = unicodedata.normalize("NFC", text[:_LONGEST])
        kept = _JOINERS if self._shaped else set()
        line = "".join(each for each in whole if each in kept or each.isspace() or _has_shape(each))
        wrong = not self._shaped and any(map(_needs_shaping, line))
        return LEFT_OUT if wrong else " ".join(line.split())


class _Probe:
    """Says whether a font has a character: one that it lacks looks as no character at all does."""

    def __init__(self, font: FontFile) -> None:
        self._known = dict.fromkeys((" ", *_JOINERS), True)
        self._font: FreeTypeFont | None = None
        try:
            self._font, _ = opened(font, _PROBE_SIZE, shaped=False)
        except OSError:
            return
        self._nothing = self._look(self._font, _NO_CHARACTER)

    def has(self, character: str) -> bool:
        if self._font is None:
            return False
        if character not in self._known:
            self._known[character] = self._look(self._font, character) != self._nothing
        return self._known[character]

    @staticmethod
    def _look(font: "FreeTypeFont", character: str) -> tuple[tuple[int, int], bytes]:
        mask = font.getmask(character)
        return mask.size, bytes(mask)


def _has_shape(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character) not in _SHAPELESS


def _needs_shaping(character: str) -> bool:
    return _is_mark(character) or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _joins(before: str, character: str) -> bool:
    """Return whether a character is drawn together with the one before it, by the same font."""
    if character == " ":  # so that words written from the right stand in their order
        return unicodedata.bidirectional(before) in _RIGHT_TO_LEFT
    part = character in _JOINERS or character in _SKIN_TONES or _is_mark(character)
    return part or before == _ZERO_WIDTH_JOINER
