from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from bot.slack.blocks.blocks import (
    actions,
    bold,
    bullets,
    button,
    channel,
    code,
    confirm,
    context,
    header,
    link,
    mention,
    message,
    moment,
    paragraph,
    plain,
    prose,
    says,
    section,
)
from bot.slack.blocks.budget import fit
from tests.slack.slack_rules import objections
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, long_text, vendor_text

HOSTS = {"app.example.com"}


def test_every_builder_gives_the_json_that_slack_documents() -> None:
    rendered = message(
        "Everything at once",
        header("Ladder Safety"),
        paragraph(
            bold("Bold"),
            plain(" plain "),
            code("/flow help"),
            mention("UADA"),
            channel("CTRAIN"),
            moment(datetime(2026, 11, 22, 15, 5, tzinfo=timezone(timedelta(hours=2)))),
            link("Report", "https://app.example.com/r", hosts=HOSTS),
        ),
        bullets((plain("one"),), (plain("two"),)),
        context("small", "", "print"),
        {"type": "divider"},
        section("Section"),
        actions(
            "buttons",
            button("Go", "go", value="v", style="primary", spoken="Go there"),
            button("Delete", "delete", asks=confirm(title="Sure?", text="Gone", yes="Y", no="N")),
        ),
    )
    assert as_json(rendered) == expected("blocks", rendered)


@settings(deadline=None)
@given(vendor_text | long_text)
def test_any_text_stays_text_within_its_limits(text: str) -> None:
    rendered = message(
        text,
        header(text),
        paragraph(plain(text), bold(text), code(text)),
        bullets((plain(text),)),
        context(text, text),
        section(text),
        actions("b", button(text, "a", spoken=text)),
        paragraph(link(text, text, hosts=HOSTS)),
    )
    assert [objections(page) for page in fit(rendered) if objections(page)] == []


def test_text_that_looks_like_markup_is_shown_as_typed() -> None:
    assert plain(EVIL) == {"type": "text", "text": EVIL}


def test_a_fallback_that_looks_like_markup_is_escaped() -> None:
    assert message("<!channel> & more").text == "&lt;!channel&gt; &amp; more"


@pytest.mark.parametrize(
    "url",
    [
        "http://app.example.com/r",
        "https://evil.example/r",
        "https://app.example.com@evil.example/r",
        "https://app.example.com.evil.example/r",
        "javascript:alert(1)",
        "https://app.example.com/\u202er",
        "https://[broken",
        "http://127.0.0.1:8080/r",
        "",
    ],
)
def test_a_link_that_is_not_trusted_is_only_its_label(url: str) -> None:
    assert link("Report", url, hosts=HOSTS) == {"type": "text", "text": "Report"}


def test_a_link_to_this_very_machine_needs_no_https_but_has_to_be_listed() -> None:
    url = "http://127.0.0.1:8080/r"
    linked = link("Room", url, hosts=["127.0.0.1"], local=True)
    assert linked == {"type": "link", "url": url, "text": "Room"}
    assert link("Room", url, hosts=HOSTS, local=True) == {"type": "text", "text": "Room"}
    assert link("Room", url, hosts=["127.0.0.1"]) == {"type": "text", "text": "Room"}


def test_a_long_paragraph_is_cut_and_what_follows_is_left_out() -> None:
    cut = paragraph(plain("x" * 2_000), bold("y" * 2_000), plain("z"))
    elements = cut["elements"][0]["elements"]
    assert [len(each["text"]) for each in elements] == [2_000, 1_000]


def test_a_paragraph_full_to_the_edge_ends_in_an_ellipsis() -> None:
    elements = paragraph(plain("x" * 3_000), plain("y"))["elements"][0]["elements"]
    assert [each["text"][-1] for each in elements] == ["x", "…"]


def test_an_empty_paragraph_shows_a_dash() -> None:
    assert paragraph() == paragraph(plain("\N{EN DASH}"))


def test_what_stands_in_backticks_in_our_sentences_is_set_as_code() -> None:
    assert prose("Try `/flow help` or `x`, not a lone `.") == (
        plain("Try "),
        code("/flow help"),
        plain(" or "),
        code("x"),
        plain(", not a lone `."),
    )


def test_the_fallback_of_our_sentences_has_commands_without_backticks() -> None:
    assert says("Try `/flow help`").text == "Try /flow help"


def test_a_button_whose_value_would_be_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="2000"):
        button("Go", "go", value="x" * 2_001)


def test_a_moment_has_a_fallback_in_utc() -> None:
    assert (
        moment(datetime(2026, 11, 22, 13, 5, tzinfo=UTC))["fallback"]
        == "Sun 22 Nov 2026, 13:05 UTC"
    )
