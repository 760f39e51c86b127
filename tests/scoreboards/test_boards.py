"""Figures in a channel's canvas: shown first, kept up to date, and people's text around them."""

from datetime import timedelta

import pytest

from tests.asking.seeing import words
from tests.digests.forms import choose, shown, submit
from tests.scoreboards.acting import (
    ADD,
    NINE,
    TOMORROW,
    add,
    canvas,
    edits,
    press,
    whisper,
)
from tests.stage import Stage

CHANGED = "| Completion | 66.7% | 55.6% | up 11.1 points |"
"""What a day more brings forth."""
THEIRS = "# Our goals\n\nFewer overdue."


async def test_a_figure_is_shown_before_it_stands_in_the_canvas(stage: Stage) -> None:
    await stage.command(ADD)

    preview = stage.slack.ephemerals("UADA")[-1]
    assert "This would stand in the channel's canvas" in preview.text
    assert stage.slack.workspace.canvas("CTRAIN") is None

    await press(stage, preview, "Add to the canvas")
    assert "| Overdue | 5 | \N{EN DASH} | \N{EN DASH} |" in canvas(stage)
    assert "| As of | Mon 23 Nov, 08:30 |" in canvas(stage)
    assert "Checked every weekday at 09:00 | `/flow-report onboarding`" in canvas(stage)
    assert stage.said()[-1].text == (
        "Done. I'll keep Onboarding up to date in this channel's canvas, every weekday at 09:00. "
        "Next: today 09:00."
    )


async def test_a_figure_without_a_time_may_be_about_a_week(stage: Stage) -> None:
    await stage.command("/flow scoreboard add events week")

    assert "Checked every weekday at 09:00" in words(stage.slack.ephemerals("UADA")[-1])


async def test_what_was_added_leaves_no_button_to_add_it_again(stage: Stage) -> None:
    await add(stage)

    asked = words(stage.slack.ephemerals("UADA")[-1])
    assert asked.startswith("Add to the canvas")
    assert "This would stand" not in asked


async def test_what_says_nothing_new_is_not_written_again(stage: Stage) -> None:
    await add(stage)
    await stage.at(NINE)

    assert edits(stage) == 1


async def test_a_change_is_told_in_words_beside_the_figure_before(stage: Stage) -> None:
    await add(stage)
    await stage.at(TOMORROW)

    assert edits(stage) == 2
    assert CHANGED in canvas(stage)
    assert "no change |" in canvas(stage)
    assert "| As of | Tue 24 Nov, 09:00 | Mon 23 Nov, 08:30 |" in canvas(stage)


async def test_what_people_write_around_it_stays_and_so_does_where_they_put_it(
    stage: Stage,
) -> None:
    stage.slack.write_canvas("CTRAIN", THEIRS)
    await add(stage)
    assert canvas(stage).startswith(f"{THEIRS}\n\n## Onboarding\n\n| Figure")

    heading, _, table = canvas(stage).removeprefix(THEIRS).strip().partition("\n\n")
    moved = f"{table}\n\n# {heading.removeprefix('## ')} of Berlin\n\n{THEIRS}\n\n- and a list"
    stage.slack.write_canvas("CTRAIN", moved)
    await stage.at(TOMORROW)

    assert canvas(stage).startswith("| Figure | Now |")
    assert CHANGED in canvas(stage)
    assert canvas(stage).endswith(f"# Onboarding of Berlin\n\n{THEIRS}\n\n- and a list")
    assert canvas(stage).count("(Flowbot 1)") == 1


async def test_where_a_heading_holds_what_follows_the_heading_is_written_too(
    stage: Stage,
) -> None:
    stage.slack.switches.headings_hold_text = True
    stage.slack.write_canvas("CTRAIN", THEIRS)
    await add(stage)
    stage.slack.write_canvas("CTRAIN", f"{canvas(stage)}\n\n# More\n\nof theirs")
    await stage.at(TOMORROW)

    assert canvas(stage).startswith(f"{THEIRS}\n\n## Onboarding\n\n| Figure")
    assert CHANGED in canvas(stage)
    assert canvas(stage).endswith("# More\n\nof theirs")
    assert canvas(stage).count("(Flowbot 1)") == 1


async def test_the_form_is_that_of_a_digest_and_comes_to_the_same(stage: Stage) -> None:
    await stage.command("/flow scoreboard")
    view = shown(stage)
    assert view.raw["title"]["text"] == "Scoreboard"
    assert not any("digest_places" in block["block_id"] for block in view.blocks)

    await choose(stage, "flow", "onboarding")
    await choose(stage, "digest_often", "daily")
    await submit(stage)
    preview = stage.slack.ephemerals("UADA")[-1]
    assert "Checked every day at 09:00 (Berlin time)" in words(preview)

    await press(stage, preview, "Add to the canvas")
    assert "| Overdue | 5 |" in canvas(stage)


async def test_several_figures_have_a_section_each_in_one_canvas(stage: Stage) -> None:
    await add(stage)
    await add(stage, "/flow scoreboard add report gdpr mondays 10:00 London")
    await add(stage)  # the same once more

    assert "is on this channel's scoreboard already" in whisper(stage)
    assert [canvas(stage).count(f"(Flowbot {each})") for each in (1, 2, 3)] == [1, 1, 0]
    await stage.command("/flow scoreboard list")
    assert "2 figures on this channel's scoreboard" in whisper(stage)


async def test_one_is_read_at_once_when_somebody_wants_that(stage: Stage) -> None:
    await add(stage)
    await stage.at(NINE + timedelta(hours=18))
    await stage.command("/flow scoreboard now")

    assert "I'm reading Onboarding now" in whisper(stage)
    assert "| As of | Tue 24 Nov, 03:00 |" in canvas(stage)


async def test_what_is_taken_off_says_so_in_the_canvas_and_changes_no_more(stage: Stage) -> None:
    await add(stage)
    await stage.command("/flow scoreboard remove 1")

    assert "No longer updated since Mon 23 Nov" in canvas(stage)
    before = canvas(stage)
    await stage.at(TOMORROW)
    assert canvas(stage) == before


async def test_all_stop_after_it_was_shown_which(stage: Stage) -> None:
    await add(stage)
    await add(stage, "/flow scoreboard add report gdpr")
    await stage.command("/flow scoreboard stop")
    question = stage.slack.ephemerals("UADA")[-1]
    assert "I would stop updating 2 figures" in question.text
    assert len(await stage.rows("SELECT id FROM board_figures")) == 2

    await press(stage, question, "Stop updating")
    assert canvas(stage).count("No longer updated") == 2
    assert await stage.rows("SELECT id FROM board_figures") == []


async def test_home_has_a_row_of_each_with_a_way_to_stop_it(stage: Stage) -> None:
    await add(stage)
    await stage.slack.open_home(user="UADA")
    await stage.settle()
    home = stage.slack.home_of("UADA")
    assert home is not None
    assert "My scoreboards" in words(home)
    assert "every weekday at 09:00" in words(home)

    [stop] = [
        (block["block_id"], each["action_id"])
        for block in home.blocks
        for each in block.get("elements") or ()
        if block["type"] == "actions" and each.get("text", {}).get("text") == "Stop"
    ]
    await stage.slack.click(home, action_id=stop[1], block_id=stop[0], user="UADA")
    await stage.settle()
    assert await stage.rows("SELECT id FROM board_figures") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/flow scoreboard sing", "I didn't understand"),
        ("/flow scoreboard remove x", "Give the figure's number"),
        ("/flow scoreboard remove 7", "There's no figure 7"),
        ("/flow scoreboard stop", "nothing on this channel's scoreboard"),
        ("/flow scoreboard add report onboarding once on 2026-12-24 10:00", "comes again"),
        ('/flow scoreboard add report onboarding daily 9:00 note "x"', "nothing else"),
        ("/flow scoreboard add onbording", "as in /flow scoreboard add report onboarding"),
        ("/flow scoreboard add reprot onboarding", 'Did you mean "report"?'),
        ("/flow scoreboard add report gdpr in #field-reports", "Type this in the channel"),
        ("/flow scoreboard add report gdpr daily 9:00 in #general", "Type this in the channel"),
        ("/flow scoreboard stop 7", "There's no figure 7"),
        ("/flow scoreboard remove 7.", "There's no figure 7"),
        ("/flow scoreboard remove all", "nothing on this channel's scoreboard"),
    ],
)
async def test_what_cannot_be_done_says_what_would_work(stage: Stage, line: str, said: str) -> None:
    outcome = await stage.command(line)

    told = "".join((outcome.text, *stage.whispered(), *map(words, stage.slack.ephemerals("UADA"))))
    assert said in told
    assert "subscribe" not in told
    assert "`" not in told


async def test_it_is_for_channels(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UADA").id
    outcome = await stage.command("/flow scoreboard", channel=direct)

    assert "A scoreboard stands in a channel's canvas" in outcome.text


async def test_help_tells_of_it_with_a_button_that_opens_the_form(stage: Stage) -> None:
    await stage.command("/flow help")
    page = stage.slack.ephemerals("UADA")[-1]
    await press(stage, page, "Digests on a schedule")
    page = stage.slack.ephemerals("UADA")[-1]
    assert "/flow scoreboard" in words(page)

    await press(stage, page, "New scoreboard figure")
    assert shown(stage).raw["title"]["text"] == "Scoreboard"
