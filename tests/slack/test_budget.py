from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.blocks.budget import (
    CONTINUED,
    LEFT_OUT,
    LIMITS,
    clean,
    cut,
    escape,
    fallback,
    fit,
    text_length,
)
from bot.slack.messages import Block, Message

ANY_TEXT = st.text()


def block(text: str) -> Block:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


def chart() -> Block:
    return {"type": "data_visualization", "title": "T", "chart": {}}


def words(message: Message) -> list[str]:
    return [
        each["text"]["text"] if each["type"] == "section" else each["elements"][0]["text"]
        for each in message.blocks
    ]


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("a bit longer", 6, "a bit…"),
        ("", 5, "\N{EN DASH}"),
        (" \n", 5, "\N{EN DASH}"),
    ],
    ids=["fits", "too long", "cut after a word", "empty", "blank"],
)
def test_text_is_cut_by_characters_and_never_empty(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


def test_a_blank_can_be_something_else() -> None:
    assert cut("", 5, empty="") == ""


@settings(deadline=None)
@given(ANY_TEXT, st.integers(min_value=1, max_value=50))
def test_no_text_is_longer_than_its_limit(text: str, limit: int) -> None:
    assert 1 <= len(cut(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("a\ud800b", "ab"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("👩\u200d🔧 é", "👩\u200d🔧 é"),
    ],
    ids=["control", "bidi", "half of a pair", "breaks become spaces", "joined emoji stay"],
)
def test_characters_that_are_not_shown_are_dropped(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_newlines_can_be_kept() -> None:
    assert clean("a\r\nb\rc", newlines=True) == "a\nb\nc"


def test_exactly_three_characters_are_escaped_and_the_ampersand_first() -> None:
    assert escape("<a> & \"b\" 'c' &lt;") == "&lt;a&gt; &amp; \"b\" 'c' &amp;lt;"


@settings(deadline=None)
@given(ANY_TEXT.map(lambda text: text * 50))
def test_a_fallback_has_whole_entities_only(text: str) -> None:
    shown = fallback(text)
    bare = shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert 1 <= len(shown) <= 4_000
    assert not set(bare) & set("<>&")


def test_an_entity_at_the_edge_is_left_out_whole() -> None:
    assert fallback("x" * 3_997 + "&&&") == "x" * 3_997 + "…"


def test_only_shown_text_counts() -> None:
    shown: list[Any] = [{"type": "header", "block_id": "abc", "text": "four"}, ("one", 7)]
    assert text_length(shown) == 7


def test_a_message_that_fits_stays_as_it_is() -> None:
    message = Message("t", (block("a"), block("b")))
    assert fit(message) == (message,)


def test_a_message_without_blocks_stays_as_it_is() -> None:
    assert fit(Message("t")) == (Message("t"),)


def test_what_does_not_fit_goes_on_in_the_thread_and_the_message_says_so() -> None:
    first, second = fit(Message("A &amp; B", tuple(block("x" * 4_000) for _ in range(3))))
    assert words(first) == ["x" * 4_000, "x" * 4_000, CONTINUED]
    assert words(second) == ["x" * 4_000]
    assert second.text == "A &amp; B (continued, 2 of 2)"


def test_a_fallback_too_long_for_its_ending_is_cut_before_it() -> None:
    _, second = fit(Message("&amp;" * 800, tuple(block("x" * 6_000) for _ in range(2))))
    assert len(second.text) <= 4_000
    assert second.text.endswith("&amp;… (continued, 2 of 2)")


def test_more_than_fifty_blocks_are_spread() -> None:
    pages = fit(Message("t", tuple(block("a") for _ in range(120))))
    assert [len(page.blocks) for page in pages] == [50, 50, 21]


def test_a_message_has_two_charts_at_most() -> None:
    pages = fit(Message("t", (chart(), chart(), chart())))
    assert [sum("chart" in each for each in page.blocks) for page in pages] == [2, 1]


def test_a_block_too_large_for_any_message_is_replaced_by_a_line_that_says_so() -> None:
    (only,) = fit(Message("t", (block("a"), block("x" * 10_000))))
    assert words(only) == ["a", LEFT_OUT]


@settings(deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=11_000), max_size=130))
def test_every_page_keeps_the_limits_and_no_block_is_lost(sizes: list[int]) -> None:
    pages = fit(Message("t", tuple(block("x" * size) for size in sizes)))
    shown = [text for page in pages for text in words(page) if text != CONTINUED]
    assert all(len(page.blocks) <= 50 for page in pages)
    assert all(text_length(page.blocks) <= LIMITS.message_characters for page in pages)
    assert len(shown) == len(sizes)


def test_closing_blocks_end_the_message_itself() -> None:
    first, second = fit(
        Message("t", (block("x" * 6_000), block("y" * 6_000))), closing=[block("b")]
    )
    assert words(first) == ["x" * 6_000, CONTINUED, "b"]
    assert words(second) == ["y" * 6_000]


def test_closing_blocks_end_a_message_that_fits() -> None:
    (only,) = fit(Message("t", (block("a"),)), closing=[block("b")])
    assert words(only) == ["a", "b"]
