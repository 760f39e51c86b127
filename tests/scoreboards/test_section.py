"""What is written into canvases: nothing of others can be markup there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.subscription import Subscription
from bot.assembly.features import FEATURES, kinds_of
from bot.scoreboards.core.shown import NOTHING_SHOWN
from bot.scoreboards.model import BoardFigure
from bot.scoreboards.rendering.safe import safe
from bot.scoreboards.rendering.section import written_section
from bot.training.question import ReportQuestion
from sandbox.slack.canvases.markdown import parts_of
from tests.scoreboards.acting import NINE

KINDS = kinds_of(FEATURES)
MARKUP = re.compile(r"[|\[\]<>`*~\\\n]|@\w|#\w|://|www\.\w|mailto:\w|(?<!\w)_|_(?!\w)")


@pytest.mark.parametrize(
    "name",
    [
        "![](@UADA)",
        "![x](https://evil.example/pixel.png)",
        "[click](https://evil.example)",
        "<@UADA> <!channel> <https://evil.example|x>",
        "# Heading\n## Another",
        "a | b",
        "@channel #general www.evil.example mailto:x@evil.example",
        "**bold** _italic_ ~~gone~~ `code`",
        "ends with a backslash \\",
    ],
)
def test_no_name_is_markup_whatever_slack_makes_of_backslashes(name: str) -> None:
    assert not MARKUP.search(safe(name))


@given(st.text(alphabet=st.sampled_from("ab|[]()<>`*_~#@!\\:/.w\n- "), max_size=40))
def test_no_text_is_markup(name: str) -> None:
    assert not MARKUP.search(safe(name))


def test_an_ordinary_name_stays_as_it_is() -> None:
    assert safe("Onboarding (2026): 5 of 7, last-7d flow_id") == (
        "Onboarding (2026): 5 of 7, last-7d flow_id"
    )


def test_a_name_full_of_markup_makes_one_heading_and_one_table() -> None:
    name = "![x](https://e.example)\n# | <@UADA>"
    order = Subscription(
        id=7,
        channel="CTRAIN",
        kind=KINDS["report"],
        question=ReportQuestion(name),
        cron="0 9 * * *",
        words="every day at 09:00 | [x](y)",
        zone="Europe/Berlin",
        creator="UADA",
        created_at=NINE,
    )
    one = BoardFigure(order)
    shown = NOTHING_SHOWN.renewed({"completion": 50.0}, NINE)
    section = written_section(one, shown, note=f"These figures are old: {name}")

    parts = parts_of(section.markdown)
    assert [each.kind for each in parts] == ["h2", "table"]
    assert "(Flowbot 7)" in parts[1].text
    assert "](" not in section.markdown
    assert "@U" not in section.markdown
