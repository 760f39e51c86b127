"""Fonts for tests: the one that the bot brings, and one made up here, of pictures in one size."""

from pymupdf_fonts import myfont

from bot.fieldreports.rendering.letters import FontFile

FIRA = FontFile(myfont("figo"))
_SIZE = 109
_HEAD = f"""STARTFONT 2.1
FONT -test-blocks-medium-r-normal--{_SIZE}-{_SIZE}0-72-72-c-{_SIZE}0-iso10646-1
SIZE {_SIZE} 72 72
FONTBOUNDINGBOX {_SIZE} {_SIZE} 0 0
STARTPROPERTIES 4
FONT_ASCENT {_SIZE}
FONT_DESCENT 0
CHARSET_REGISTRY "ISO10646"
CHARSET_ENCODING "1"
ENDPROPERTIES
"""


def blocks(characters: str) -> FontFile:
    """Return a font that has `characters` alone, each a filled square, in the size of emoji."""
    drawn = "".join(_glyph(ord(each), rows=_SIZE) for each in characters)
    count = f"CHARS {len(characters) + 1}\n"
    return FontFile(f"{_HEAD}{count}{_glyph(0, rows=1)}{drawn}ENDFONT\n".encode())


def _glyph(code: int, *, rows: int) -> str:
    bitmap = f"{'F' * 28}\n" * rows
    return (
        f"STARTCHAR U{code:04X}\nENCODING {code}\nSWIDTH 1000 0\nDWIDTH {_SIZE} 0\n"
        f"BBX {_SIZE} {rows} 0 0\nBITMAP\n{bitmap}ENDCHAR\n"
    )
