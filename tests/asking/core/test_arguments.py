import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import (
    MAX_LENGTH,
    Token,
    TokenKind,
    joined,
    nearest,
    nearest_names,
    quoted,
    tokens,
    unknown,
    without_privately,
)
from bot.errors import UserError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  onboarding\tlast-30d\n", (Token("onboarding"), Token("last-30d"))),
        ("<@U12AB|ada>", (Token("U12AB", TokenKind.USER),)),
        ("<@W12AB>", (Token("W12AB", TokenKind.USER),)),
        ("<#C1|general>", (Token("C1", TokenKind.CHANNEL),)),
        ("<mailto:a@b.example|a@b.example>", (Token("a@b.example", TokenKind.EMAIL),)),
        ("a@b.example", (Token("a@b.example", TokenKind.EMAIL),)),
        ("<http://flow.example|flow.example>", (Token("flow.example"),)),
        ("<https://flow.example/x>", (Token("https://flow.example/x"),)),
        ("<!channel>", (Token("@channel"),)),
        ("<!subteam^S1|@ops>", (Token("@ops"),)),
        ("<@not-an-id>", (Token("@not-an-id"),)),
        ("R&amp;D &lt;b&gt; &amp;lt;", (Token("R&D"), Token("<b>"), Token("&lt;"))),
        ("a < b", (Token("a"), Token("<"), Token("b"))),
        ('"Ladder  Safety" x', (Token("Ladder Safety", TokenKind.QUOTED), Token("x"))),
        ("“Ladder Safety”", (Token("Ladder Safety", TokenKind.QUOTED),)),
        ("„Ladder Safety“", (Token("Ladder Safety", TokenKind.QUOTED),)),
        ('"ask <@U1|ada> or <#C1>"', (Token("ask ada or #C1", TokenKind.QUOTED),)),
        ('"" x', (Token("x"),)),
        ("a\u202eb\u200b\x00c", (Token("abc"),)),
        ("Cafe\u0301", (Token("Café"),)),
        ("\u2018Ladder Safety\u2019 x", (Token("Ladder Safety", TokenKind.QUOTED), Token("x"))),
        ("'Ada's flow', x", (Token("Ada's flow", TokenKind.QUOTED), Token(","), Token("x"))),
        ("\u00bbLadder Safety\u00ab", (Token("Ladder Safety", TokenKind.QUOTED),)),
        ("`Ladder Safety`.", (Token("Ladder Safety", TokenKind.QUOTED),)),
        ("rock\u2019n roll", (Token("rock\u2019n"), Token("roll"))),
        ("?", (Token("?"),)),
        ("<|x>", (Token("x"),)),
        ("<|>", (Token("|"),)),
        ("due:<@U1>", (Token("due:"), Token("U1", TokenKind.USER))),
    ],
)
def test_text_as_slack_sends_it_becomes_tokens(text: str, expected: tuple[Token, ...]) -> None:
    assert tokens(text) == expected


def test_an_open_quotation_mark_is_explained() -> None:
    with pytest.raises(UserError, match='not closed, at "“Ladder"') as caught:
        tokens("“Ladder Safety last-30d")
    assert 'as in "Ladder Safety"' in str(caught.value)


def test_text_beyond_the_limit_is_refused() -> None:
    assert len(tokens("x" * MAX_LENGTH)) == 1
    with pytest.raises(UserError, match="1,000 characters"):
        tokens("x" * (MAX_LENGTH + 1))


def test_privately_is_taken_off_the_end_only() -> None:
    assert without_privately(tokens("onboarding Privately")) == ((Token("onboarding"),), True)
    assert without_privately(tokens("privately onboarding"))[1] is False
    assert without_privately(tokens('onboarding "privately"'))[1] is False
    assert without_privately(()) == ((), False)


def test_only_bare_words_can_be_keywords() -> None:
    assert [each.word for each in tokens('Overdue "Overdue" <@U1>')] == ["overdue", "", ""]


def test_tokens_join_to_a_name() -> None:
    assert joined(tokens("Ladder  Safety")) == "Ladder Safety"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("overdu", "overdue"), ("OVREDUE", "overdue"), ("xlxs", "xlsx"), ("banana", "")],
)
def test_the_nearest_word_is_what_was_probably_meant(word: str, expected: str) -> None:
    assert nearest(word, ("overdue", "xlsx", "pending")) == expected


def test_an_unknown_word_is_answered_with_what_works() -> None:
    near = unknown("overdu", ("overdue",), works="Try overdue.")
    assert str(near) == 'I didn\'t understand "overdu". Did you mean "overdue"? Try overdue.'
    assert str(unknown("zz", ("overdue",), works="So.")) == 'I didn\'t understand "zz". So.'


def test_a_long_word_is_shortened_in_a_reply() -> None:
    assert quoted("x" * 60) == f'"{"x" * 60}"'
    assert quoted("x" * 61) == f'"{"x" * 59}…"'


@given(st.text(max_size=200))
def test_any_text_becomes_clean_tokens_or_a_user_error(text: str) -> None:
    try:
        found = tokens(text)
    except UserError:
        return
    assert all(each.text and "\u202e" not in each.text for each in found)
    assert all(each.text.isprintable() or not each.text.isascii() for each in found)


@given(st.text(st.characters(exclude_characters="<>&\"'`.:;!?", codec="ascii"), max_size=80))
def test_plain_words_come_back_as_typed(text: str) -> None:
    kept = "".join(each for each in text if each.isprintable() or each.isspace())
    assert [each.text for each in tokens(text)] == kept.split()


def test_the_nearest_of_thousands_is_found_among_those_that_share_letters() -> None:
    many = [f"Newsletter {number} of the site" for number in range(5_000)]
    assert nearest_names("sprng campain", [*many, "Spring campaign"]) == ("Spring campaign",)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hazrads", ("Site hazards",)),
        ("hazards site", ("Site hazards",)),
        ("lits running", ("list",)),
        ("Site", ("Site hazards", "Site reports")),
        ("list", ()),
        ("", ()),
    ],
    ids=["a word", "another order", "a word of the command", "a part", "not itself", "nothing"],
)
def test_names_are_near_by(typed: str, expected: tuple[str, ...]) -> None:
    assert nearest_names(typed, ["Site hazards", "Site reports"], words=["list"]) == expected
