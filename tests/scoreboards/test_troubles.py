"""Scoreboards in bad weather: old figures say so, nothing is doubled, nothing is forced back."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.slack import Message
from tests.asking.seeing import labels, words
from tests.scoreboards.acting import NINE, TOMORROW, add, canvas, edits, press, told, whisper
from tests.stage import Stage

LATER = timedelta(minutes=6)
DAY = timedelta(days=1)
CHANGED = "| Completion | 66.7% | 55.6% | up 11.1 points |"


def last_direct(stage: Stage) -> Message:
    return stage.slack.messages(stage.slack.workspace.direct_message("UADA").id)[-1]


async def state(stage: Stage) -> str:
    [row] = await stage.rows("SELECT state FROM board_figures")
    return str(row["state"])


async def without_section(stage: Stage) -> str:
    """Let somebody take the section out of the canvas; return how it was."""
    await add(stage)
    before = canvas(stage)
    stage.slack.write_canvas("CTRAIN", "Only our text")
    await stage.at(TOMORROW)
    return before


# The vendor


async def test_after_three_tries_the_section_says_that_its_figures_are_old(stage: Stage) -> None:
    await add(stage)
    stage.momoflow.set_switch("answer_500", 1000)
    for tries in range(2):
        await stage.at(TOMORROW + tries * LATER)
    assert edits(stage) == 1

    await stage.at(TOMORROW + 2 * LATER)
    assert "| Completion | 55.6% |" in canvas(stage)
    assert "| As of | Mon 23 Nov, 08:30 |" in canvas(stage)
    assert "**These figures are old: MomoFlow isn't responding.**" in canvas(stage)
    [notice] = told(stage)
    assert "I couldn't update Onboarding" in notice
    assert "MomoFlow says: " in notice
    assert ". I'll try again tomorrow 09:00." in notice

    stage.momoflow.set_switch("answer_500", 0)
    await stage.at(TOMORROW + DAY)
    assert "These figures are old" not in canvas(stage)


async def test_a_key_that_is_refused_lets_it_rest_and_it_goes_on_once_that_is_mended(
    stage: Stage,
) -> None:
    await add(stage)
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(TOMORROW)
    assert await state(stage) == "stopped"
    assert "Onboarding is paused" in told(stage)[-1]

    stage.momoflow.set_switch("expired_key", value=False)
    await stage.after(minutes=20, step=60)
    assert await state(stage) == "active"
    assert CHANGED in canvas(stage)


# Slack


async def test_a_canvas_that_is_locked_is_written_shortly_after(stage: Stage) -> None:
    await add(stage)
    stage.slack.refuse("canvases.edit", error="canvas_editing_locked", times=2)
    await stage.at(TOMORROW)
    await stage.after(minutes=1, step=10)

    assert CHANGED in canvas(stage)
    assert told(stage) == []


async def test_somebody_who_writes_at_the_same_moment_is_no_hindrance(stage: Stage) -> None:
    await add(stage)
    stage.slack.refuse("canvases.edit", error="canvas_editing_failed")
    await stage.at(TOMORROW)

    assert CHANGED in canvas(stage)


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
@pytest.mark.parametrize("method", ["conversations.canvases.create", "canvases.edit"])
async def test_a_crash_between_the_edit_and_its_mark_doubles_nothing(
    stage: Stage, method: str, kind: str
) -> None:
    if method == "canvases.edit":
        stage.slack.write_canvas("CTRAIN", "Theirs")
    stage.slack.disturb(method, kind=kind)  # type: ignore[arg-type]  # one of two
    await add(stage)
    await stage.after(minutes=1, step=10)

    assert canvas(stage).count("(Flowbot 1)") == 1
    assert canvas(stage).count("## Onboarding") == 1


async def test_a_canvas_that_somebody_made_meanwhile_is_the_channels(stage: Stage) -> None:
    stage.slack.refuse("conversations.canvases.create", error="channel_canvas_already_exists")
    await add(stage)
    stage.slack.write_canvas("CTRAIN", "Theirs")
    await stage.after(minutes=1, step=10)

    assert canvas(stage).startswith("Theirs\n\n## Onboarding")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("canvas_disabled_user_team", "Slack has no channel canvases here"),
        ("team_tier_cannot_create_channel_canvases", "Slack has no channel canvases here"),
        ("missing_scope", "scopes canvases:write and canvases:read"),
    ],
)
async def test_where_there_are_no_canvases_it_rests_and_its_owner_is_told_once(
    stage: Stage, error: str, said: str
) -> None:
    stage.slack.refuse("conversations.canvases.create", error=error, times=50)
    await add(stage)
    await stage.after(hours=3, step=600)

    assert await state(stage) == "stopped"
    assert [said in each for each in told(stage)] == [True]


async def test_a_full_canvas_is_tried_again_after_a_day(stage: Stage) -> None:
    await add(stage)
    stage.slack.refuse("canvases.edit", error="canvas_too_large")
    await stage.at(TOMORROW)
    assert await state(stage) == "stopped"
    assert "The channel's canvas is full" in told(stage)[-1]

    await stage.after(hours=26, step=1800)
    assert await state(stage) == "active"
    assert "## Onboarding" in canvas(stage)
    assert edits(stage) == 2


# People


async def test_a_section_that_people_took_out_is_not_forced_back(stage: Stage) -> None:
    await without_section(stage)
    assert canvas(stage) == "Only our text"
    assert await state(stage) == "stopped"
    assert "Somebody took it out of the channel's canvas" in told(stage)[-1]
    assert "Stop" in labels(last_direct(stage))

    await stage.at(TOMORROW + DAY)
    assert canvas(stage) == "Only our text"
    assert len(told(stage)) == 1


async def test_who_wants_it_back_says_so(stage: Stage) -> None:
    await without_section(stage)
    await stage.command("/flow scoreboard now 1")

    assert canvas(stage).startswith("Only our text\n\n## Onboarding")
    assert await state(stage) == "active"


async def test_who_puts_it_back_in_the_canvas_has_it_going_on(stage: Stage) -> None:
    before = await without_section(stage)
    stage.slack.write_canvas("CTRAIN", before)
    await stage.after(minutes=20, step=60)

    assert await state(stage) == "active"
    assert CHANGED in canvas(stage)


async def test_its_owner_can_stop_what_rests(stage: Stage) -> None:
    await without_section(stage)
    await press(stage, last_direct(stage), "Stop")

    assert await stage.rows("SELECT id FROM board_figures") == []


# The channel


async def test_an_archived_channel_lets_it_rest_until_it_is_back(stage: Stage) -> None:
    await add(stage)
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()
    assert await state(stage) == "stopped"
    assert "archived" in told(stage)[-1]

    await stage.at(TOMORROW)
    assert edits(stage) == 1
    await stage.slack.admin.archive("CTRAIN", back=True)
    await stage.settle()
    await stage.at(TOMORROW + LATER)
    assert await state(stage) == "active"
    assert CHANGED in canvas(stage)


async def test_a_channel_that_another_organisation_reads_gets_no_new_figure(stage: Stage) -> None:
    await stage.command("/flow scoreboard add report onboarding", channel="CSHARED")

    assert "another organisation" in whisper(stage)
    assert stage.slack.workspace.canvas("CSHARED") is None


async def test_one_that_is_shared_later_rests_until_a_member_agrees(stage: Stage) -> None:
    await add(stage)
    await stage.slack.admin.share("CTRAIN")
    await stage.settle()
    assert await state(stage) == "shared"
    await stage.at(TOMORROW)
    assert edits(stage) == 1

    await press(stage, last_direct(stage), "They may see it: resume")
    await stage.at(TOMORROW + LATER)
    assert await state(stage) == "active"
    assert CHANGED in canvas(stage)


async def test_a_channel_whose_id_changes_keeps_its_scoreboard(stage: Stage) -> None:
    await add(stage)
    await stage.slack.admin.change_id("CTRAIN", "CNEW")
    await stage.settle()
    await stage.at(TOMORROW)

    assert CHANGED in canvas(stage, "CNEW")


# Who may


async def test_a_guest_may_not(stage: Stage) -> None:
    await stage.command("/flow scoreboard add report onboarding", user="UGUEST")

    assert "Guests" in stage.whispered("UGUEST")[-1] or "guest" in stage.whispered("UGUEST")[-1]
    assert await stage.rows("SELECT id FROM board_figures") == []


async def test_the_rules_of_admins_hold(stage: Stage) -> None:
    await stage.command("/flow policy order only @ada")
    await stage.command("/flow scoreboard add report onboarding", user="UGRACE")

    assert "An admin decided that" in stage.whispered("UGRACE")[-1]


async def test_who_did_what_is_on_record(stage: Stage) -> None:
    await add(stage)
    await stage.command("/flow scoreboard now")
    await stage.command("/flow scoreboard remove 1")
    rows = await stage.rows("SELECT action, user_id, came_to FROM audit ORDER BY id")

    assert [(each["action"], each["user_id"], each["came_to"]) for each in rows] == [
        ("Add to a scoreboard", "UADA", "done"),
        ("Update a scoreboard now", "UADA", "done"),
        ("Take off a scoreboard", "UADA", "done"),
    ]


# Repeated


async def test_a_repeated_delivery_and_a_second_firing_write_once(stage: Stage) -> None:
    await stage.command("/flow scoreboard add report onboarding", redeliver=2)
    assert len(stage.whispered()) == 1
    preview = stage.slack.ephemerals("UADA")[-1]
    await press(stage, preview, "Add to the canvas")
    await stage.at(NINE)
    await stage.bot.tick()
    await stage.settle()

    assert canvas(stage).count("(Flowbot 1)") == 1
    assert len(await stage.rows("SELECT id FROM jobs WHERE name = 'write_board_figure'")) == 2
    assert "Add to the canvas" in words(preview)


async def test_what_was_stopped_and_put_back_is_kept_up_to_date_again(stage: Stage) -> None:
    await add(stage)
    stage.slack.refuse("canvases.edit", error="canvas_too_large")
    await stage.at(TOMORROW)
    await press(stage, last_direct(stage), "Stop")
    assert "No longer updated" in canvas(stage)

    await press(stage, last_direct(stage), "Undo")
    await stage.at(TOMORROW + LATER)
    assert "Checked every weekday at 09:00" in canvas(stage)
    assert CHANGED in canvas(stage)


async def test_one_that_moves_to_another_channel_ends_in_the_first(stage: Stage) -> None:
    await add(stage)
    stage.slack.refuse("canvases.edit", error="canvas_too_large")
    await stage.at(TOMORROW)
    await stage.bot.parts.database.transaction(
        lambda tx: stage.bot.parts.troubles.rooms[-1].move(tx, [1], "CGENERAL", TOMORROW)
    )
    await stage.at(TOMORROW + LATER)

    assert "No longer updated" in canvas(stage)
    assert "Checked every weekday at 09:00" in canvas(stage, "CGENERAL")


async def test_more_than_slack_takes_in_a_minute_wait_for_their_turn(stage: Stage) -> None:
    flows = ("onboarding", "gdpr", '"ladder safety"')
    periods = ("", " last-7d", " last-30d", " last-90d", " this-month", " last-month")
    for line in (f"{flow}{period}" for flow in flows for period in periods):
        await add(stage, f"/flow scoreboard add report {line} weekdays 9:00")
    await stage.at(TOMORROW)
    await stage.after(minutes=3, step=20)

    assert canvas(stage).count("| As of | Tue 24 Nov, 09:00 |") >= 10
    assert canvas(stage).count("(Flowbot ") == len(flows) * len(periods)
    assert told(stage) == []


async def test_a_clock_that_was_ahead_puts_nothing_off_for_a_month(stage: Stage) -> None:
    await add(stage)
    await stage.bot.tick()
    month = 30 * DAY.total_seconds()
    stage.clock.set_forward(month)
    await stage.bot.tick()
    stage.clock.set_back(month)
    await stage.at(NINE)
    await stage.at(TOMORROW)

    assert "| As of | Tue 24 Nov, 09:00 |" in canvas(stage)


async def test_two_processes_that_claim_at_once_read_it_once(stage: Stage) -> None:
    await add(stage)
    stage.clock.advance(to=NINE)
    await asyncio.gather(*(tick() for tick in (*stage.bot.ticks, *stage.bot.ticks)))

    assert len(await stage.rows("SELECT id FROM jobs WHERE key LIKE 'board:1:2026%'")) == 1


@pytest.mark.parametrize("before", ["", "Theirs"])
async def test_where_slack_does_not_find_a_table_again_nothing_is_doubled(
    stage: Stage, before: str
) -> None:
    if before:
        stage.slack.write_canvas("CTRAIN", before)
    stage.slack.switches.tables_are_searched = False
    await add(stage)
    assert await state(stage) == "stopped"
    assert "Slack doesn't find the section again" in told(stage)[-1]

    await stage.after(hours=27, step=1800)
    assert canvas(stage).count("(Flowbot 1)") == 1
    assert len(told(stage)) == 1
