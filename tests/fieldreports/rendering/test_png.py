import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fieldreports.rendering.heatmaps import HeatCell, HeatGrid, heat_map
from bot.fieldreports.rendering.png import Color, Picture
from bot.fieldreports.rendering.strokes import advance, lines_of, width

WHITE = (255, 255, 255)
INK = (0, 0, 0)
RED = (200, 0, 0)


def pixels(png: bytes) -> list[list[Color]]:
    """Return a picture's pixels, read as any reader of PNG would, its checksums included."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, shape = 8, b"", (0, 0)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert checksum == zlib.crc32(kind + body)
        if kind == b"IHDR":
            shape = struct.unpack(">II", body[:8])
            assert body[8:] == bytes((8, 2, 0, 0, 0))
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    wide, high = shape
    raw = zlib.decompress(data)
    stride = 1 + 3 * wide
    rows = [raw[y * stride : (y + 1) * stride] for y in range(high)]
    assert all(row[0] == 0 for row in rows)
    return [[(row[x], row[x + 1], row[x + 2]) for x in range(1, stride, 3)] for row in rows]


def colors(picture: Picture) -> set[Color]:
    return {pixel for row in pixels(picture.png()) for pixel in row}


def test_a_rectangle_fills_its_pixels_and_no_others() -> None:
    picture = Picture((4, 3), WHITE)
    picture.rectangle((1, 1), (2, 9), RED)
    assert pixels(picture.png()) == [
        [WHITE] * 4,
        [WHITE, RED, RED, WHITE],
        [WHITE, RED, RED, WHITE],
    ]


@pytest.mark.parametrize("at", [(-9, -9), (9, 0), (0, 9)])
def test_what_is_outside_is_not_drawn(at: tuple[int, int]) -> None:
    picture = Picture((4, 3), WHITE)
    picture.rectangle(at, (2, 2), RED)
    picture.text((at[0] * 9, at[1] * 9), "Flow", height=6, color=INK)
    assert colors(picture) == {WHITE}


def test_text_is_drawn_with_smooth_edges() -> None:
    picture = Picture((60, 30), WHITE)
    picture.text((2, 2), "Mo", height=18, color=INK)
    shades = {pixel[0] for pixel in colors(picture)}
    assert {0, 255} < shades


def test_a_space_draws_nothing() -> None:
    picture = Picture((60, 30), WHITE)
    picture.text((2, 2), "   ", height=18, color=INK)
    assert colors(picture) == {WHITE}


def test_centred_text_is_as_far_from_both_sides() -> None:
    picture = Picture((61, 20), WHITE)
    picture.text((30, 4), "H", height=12, color=INK, align=0.5)
    columns = [x for row in pixels(picture.png()) for x, pixel in enumerate(row) if pixel != WHITE]
    assert abs(min(columns) - (60 - max(columns))) <= 1


def test_a_letter_that_is_not_there_is_a_box() -> None:
    assert lines_of("€") == lines_of("\0")
    assert lines_of("€")


def test_no_text_has_no_width() -> None:
    assert width("") == 0.0
    assert width("HH") > advance("H") > 0


def test_each_cell_of_a_heat_map_has_the_colour_of_its_count() -> None:
    rows = pixels(heat_map([HeatGrid("", (tuple(map(HeatCell, (0, 5, 10))),))]))
    y = 36 + 56 + 4
    empty, half, full = (rows[y][x] for x in (50, 600, 1150))
    assert (empty, full) == ((240, 242, 245), (9, 64, 116))
    assert sum(full) < sum(half) < sum(empty)


def test_grids_stand_side_by_side_with_their_rows() -> None:
    days = HeatGrid("Days", tuple((HeatCell(n),) for n in (0, 5)), ("Mon", "Tue"))
    hours = HeatGrid("Hours", ((HeatCell(5, "00:00"), HeatCell(0, "01:00")),), share=2)
    rows = pixels(heat_map([days, hours]))
    upper, lower = ([rows[y][x] for x in (200, 450, 1_000)] for y in (36 + 56 + 60, 36 + 56 + 300))
    empty, full = (240, 242, 245), (9, 64, 116)
    assert (upper, lower) == ([empty, full, empty], [full, full, empty])


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=24))
def test_any_counts_make_a_picture_of_the_same_size(counts: list[int]) -> None:
    cells = tuple(HeatCell(count, f"{number:02}:00") for number, count in enumerate(counts))
    png = heat_map([HeatGrid("Reports", (cells,))])
    assert struct.unpack(">II", png[16:24]) == (1_200, 520)
