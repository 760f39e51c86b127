from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.fieldreports.rendering.heatmaps import Heading, HeatCell, HeatGrid, heat_map
from bot.fieldreports.rendering.letters import can_shape
from bot.fieldreports.rendering.pictures import Color, Picture
from tests.fieldreports.rendering.fonts import FIRA, blocks

WHITE = (255, 255, 255)
INK = (0, 0, 0)
RED = (200, 0, 0)
EMPTY = (46, 54, 67)
FULL = (168, 218, 255)
NO_LETTER = "\uffff"
shaped = pytest.mark.skipif(not can_shape(), reason="Pillow finds no libfribidi")
HEADING = Heading("Site hazards", "1 Nov to 30 Nov 2026")


def pixels(png: bytes) -> list[list[Color]]:
    """Return a picture's pixels, row by row; no transparency."""
    with Image.open(BytesIO(png)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
        raw, (wide, high) = picture.tobytes(), picture.size
    rows = [raw[y * 3 * wide : (y + 1) * 3 * wide] for y in range(high)]
    return [[(row[x], row[x + 1], row[x + 2]) for x in range(0, 3 * wide, 3)] for row in rows]


def drawing(wide: int, high: int) -> Picture:
    return Picture((wide, high), WHITE, [FIRA, blocks("中🚧")])


def colors(picture: Picture) -> set[Color]:
    return {pixel for row in pixels(picture.png()) for pixel in row}


def columns(picture: Picture) -> list[int]:
    """Return in which columns something is drawn."""
    rows = pixels(picture.png())
    return [x for x in range(len(rows[0])) if any(row[x] != WHITE for row in rows)]


def drawn_map(*grids: HeatGrid) -> bytes:
    return heat_map(grids, HEADING, fonts=[FIRA])


def drawn(text: str) -> bytes:
    picture = drawing(300, 40)
    picture.text((2, 8), text, height=20, color=INK)
    return picture.png()


def test_a_rectangle_fills_its_pixels_and_no_others() -> None:
    picture = drawing(4, 3)
    picture.rectangle((1, 1), (2, 9), RED)
    assert pixels(picture.png()) == [
        [WHITE] * 4,
        [WHITE, RED, RED, WHITE],
        [WHITE, RED, RED, WHITE],
    ]


def test_a_rectangle_of_no_size_is_not_drawn() -> None:
    picture = drawing(4, 3)
    picture.rectangle((1, 1), (-2, 2), RED)
    assert colors(picture) == {WHITE}


@pytest.mark.parametrize("at", [(-9, -9), (9, 0), (0, 9)])
def test_what_is_outside_is_not_drawn(at: tuple[int, int]) -> None:
    picture = drawing(4, 3)
    picture.rectangle(at, (2, 2), RED)
    picture.text((at[0] * 9, at[1] * 9), "Flow", height=6, color=INK)
    assert colors(picture) == {WHITE}


def test_text_is_drawn_with_smooth_edges() -> None:
    picture = drawing(60, 30)
    picture.text((2, 2), "Mo", height=18, color=INK)
    shades = {pixel[0] for pixel in colors(picture)}
    assert {0, 255} < shades


def test_a_space_draws_nothing() -> None:
    picture = drawing(60, 30)
    picture.text((2, 2), "   ", height=18, color=INK)
    assert colors(picture) == {WHITE}


def test_centred_text_is_as_far_from_both_sides() -> None:
    picture = drawing(61, 20)
    picture.text((30, 4), "H", height=12, color=INK, align=0.5)
    found = columns(picture)
    assert abs(min(found) - (60 - max(found))) <= 1


@pytest.mark.parametrize(
    "name",
    [
        *("Łódź", "Опасности", "Ωραίο", "ქართ", "中", "🚧"),
        *(pytest.param(each, marks=shaped) for each in ("موقع", "אתר", "हिन्दी", "ไทย")),
    ],
)
def test_a_name_in_any_script_is_drawn(name: str) -> None:
    others = (drawn(NO_LETTER * len(name)), drawn("…"), drawn(""))
    assert drawn(name) not in others


@shaped
def test_letters_that_join_are_joined() -> None:
    assert drawing(9, 9).width("بيت", height=20) < sum(
        drawing(9, 9).width(each, height=20) for each in "بيت"
    )


def test_letters_that_no_font_has_become_dots() -> None:
    assert drawn("한국어") == drawn("한") == drawn("…")


def test_pictures_of_one_size_become_as_large_as_letters_and_of_their_colour() -> None:
    picture = drawing(60, 60)
    picture.text((10, 20), "🚧", height=20, color=RED)
    rows = pixels(picture.png())
    assert rows[25][25] == RED
    assert columns(picture) == list(range(10, 39))
    assert drawing(1, 1).width("🚧", height=20) == pytest.approx(20 / 0.69)


@pytest.mark.parametrize("text", ["A very long name", "中" * 50, "M" * 9_999], ids=len)
def test_a_text_without_room_is_shortened(text: str) -> None:
    picture = drawing(300, 40)
    picture.text((0, 8), text, height=20, color=INK, room=100)
    found = columns(picture)
    assert 70 < max(found) <= 100
    assert colors(picture) != {WHITE}


def test_no_text_has_no_width() -> None:
    picture = drawing(1, 1)
    assert picture.width("", height=20) == 0.0
    assert picture.width("HH", height=20) > picture.width("H", height=20) > 0


def test_the_same_is_drawn_again() -> None:
    first, second = (drawn_map(HeatGrid("Days", ((HeatCell(3),),))) for _ in range(2))
    assert first == second


def test_a_map_says_what_it_is_of() -> None:
    grid = HeatGrid("Days", ((HeatCell(3),),))
    maps = {
        heat_map([grid], Heading(*of), fonts=[FIRA]) for of in (("a", "b"), ("a", ""), ("", "b"))
    }
    assert len(maps) == 3


@given(st.text(max_size=500))
def test_any_name_stays_in_its_room(name: str) -> None:
    picture = drawing(300, 40)
    picture.text((0, 8), name, height=20, color=INK, room=200)
    assert max(columns(picture), default=0) <= 210


def test_each_cell_of_a_heat_map_has_the_colour_of_its_count() -> None:
    rows = pixels(drawn_map(HeatGrid("", (tuple(map(HeatCell, (0, 5, 10))),))))
    y = 108 + 4
    empty, half, full = (rows[y][x] for x in (40, 450, 860))
    assert (empty, full) == (EMPTY, FULL)
    assert sum(full) > sum(half) > sum(empty)


def luminance(color: Color) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [each / 255 for each in color]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("share", range(0, 101, 5))
def test_every_number_stands_out_from_its_cell(share: int) -> None:
    rows = pixels(drawn_map(HeatGrid("", ((HeatCell(share), HeatCell(100)),))))
    cell = [row[40:440] for row in rows[112:520]]
    background = cell[0][0]
    assert max(contrast(background, each) for row in cell for each in row) >= 4.3


def test_a_map_does_not_dazzle_on_a_dark_page_and_is_a_card_on_a_light_one() -> None:
    corner = pixels(drawn_map(HeatGrid("", ((HeatCell(1),),))))[0][0]
    assert contrast(corner, (26, 29, 33)) < 1.5  # Slack's dark page
    assert contrast(corner, WHITE) > 10


def test_grids_stand_side_by_side_with_their_rows() -> None:
    days = HeatGrid("Days", tuple((HeatCell(n),) for n in (0, 5)), ("Mon", "Tue"))
    hours = HeatGrid("Hours", ((HeatCell(5, "00:00"), HeatCell(0, "01:00")),), share=2)
    rows = pixels(drawn_map(days, hours))
    upper, lower = ([rows[y][x] for x in (130, 380, 800)] for y in (108 + 60, 108 + 300))
    assert (upper, lower) == ([EMPTY, FULL, EMPTY], [FULL, FULL, EMPTY])


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=24))
def test_any_counts_make_a_picture_of_the_same_size(counts: list[int]) -> None:
    cells = tuple(HeatCell(count, f"{number:02}:00") for number, count in enumerate(counts))
    with Image.open(BytesIO(drawn_map(HeatGrid("Reports", (cells,))))) as picture:
        assert picture.size == (900, 566)
