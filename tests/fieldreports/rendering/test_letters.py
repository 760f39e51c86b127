import pytest

from bot.fieldreports.rendering.letters import LEFT_OUT, FontFile, Letters
from tests.fieldreports.rendering.fonts import FIRA, blocks

FONTS = (FIRA, blocks("中文"), blocks("👷♀🏽\u20e31"))


def pieces(text: str, *, shaped: bool = True) -> list[tuple[int, str]]:
    return list(Letters(FONTS, shaped=shaped).pieces(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Site 3", [(0, "Site 3")]),
        ("Łódź Việt", [(0, "Łódź Việt")]),
        ("中文 Site", [(1, "中文"), (0, " "), (0, "Site")]),
        ("Site\t \n中\x00文", [(0, "Site"), (0, " "), (1, "中文")]),
        ("", []),
    ],
    ids=["latin", "marks in latin", "two scripts", "one line", "nothing"],
)
def test_each_piece_has_the_first_font_with_its_letters(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Site 한국", [(0, "Site"), (0, " "), (0, LEFT_OUT)]),
        ("한국어 3", [(0, LEFT_OUT), (0, " "), (0, "3")]),
        ("中\u0337", [(1, "中")]),
    ],
    ids=["at the end", "at the start", "a mark alone"],
)
def test_what_no_font_has_is_left_out_for_all_to_see(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    ["👷\u200d♀\ufe0f", "👷🏽", "1\ufe0f\u20e3"],
    ids=["joined", "a skin tone", "a keycap"],
)
def test_an_emoji_of_several_characters_stays_one(text: str) -> None:
    assert pieces(f"a{text}b") == [(0, "a"), (2, text), (0, "b")]


def test_no_text_turns_around_what_stands_beside_it() -> None:
    assert pieces("a\u202eb\u2066c") == [(0, "abc")]


def test_half_a_character_is_none() -> None:
    assert pieces("a\ud800b") == [(0, "ab")]


def test_words_from_the_right_stay_together_without_outer_spaces() -> None:
    assert pieces("中 אתר סכנות 文") == [(1, "中"), (0, " "), (0, "אתר סכנות"), (0, " "), (1, "文")]


@pytest.mark.parametrize("text", ["موقع", "אתר", "हिन्दी"])
def test_a_script_that_would_be_drawn_wrongly_is_left_out(text: str) -> None:
    assert pieces(text, shaped=False) == [(0, LEFT_OUT)]


@pytest.mark.parametrize(("text", "drawn"), [("Řeka Ж", "Řeka Ж"), ("1\ufe0f", "1")])
def test_other_scripts_are_drawn_without_shaping(text: str, drawn: str) -> None:
    assert pieces(text, shaped=False) == [(0, drawn)]


def test_missing_letters_are_told_once_with_their_marks() -> None:
    assert Letters(FONTS, shaped=True).missing("한 국 한 Site 中\u0337") == ("한", "국", "中\u0337")


@pytest.mark.parametrize(
    ("end", "expected"),
    [(0, "…"), (1, "a…"), (2, "aṋ\u0337…"), (3, "aṋ\u0337…"), (9, "aṋ\u0337 b…")],
)
def test_a_shortened_text_keeps_letters_with_their_marks(end: int, expected: str) -> None:
    assert Letters(FONTS, shaped=True).shortened("aṋ\u0337 b", end) == expected


def test_what_is_no_font_has_no_letters() -> None:
    assert Letters([FontFile(b"<html>")], shaped=True).missing("ab") == ("a", "b")
