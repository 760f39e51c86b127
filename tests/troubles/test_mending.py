"""What owners do about orders that rest: another channel, another owner, an end with a way back."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.asking.seeing import labels, words
from tests.digests.forms import submit
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


async def resting(stage: Stage, *, watch: bool = True) -> None:
    """Let two digests and a watch of Ada rest, and one digest of Grace's."""
    for flow in ("onboarding", "gdpr"):
        await stage.command(f"/flow subscribe report {flow} daily 09:00 Europe/Berlin")
    await stage.command(
        "/flow subscribe report onboarding weekdays 10:00 Europe/Berlin", user="UGRACE"
    )
    if watch:
        await stage.command("/flow-run watch all", channel="CTRAIN")
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()


async def press(stage: Stage, label: str, *, user: str = "UADA", number: int = 0) -> None:
    shown = stage.said(f"D{user[1:]}")[number]
    found = next(
        each
        for block in shown.blocks
        for each in block.get("elements", ())
        if each.get("type") == "button" and each["text"]["text"] == label
    )
    await stage.slack.click(shown, action_id=found["action_id"], user=user)
    await stage.settle()


async def fill(stage: Stage, values: dict[str, dict[str, str]]) -> None:
    view = stage.slack.view_of("UADA")
    assert view is not None
    await stage.slack.submit(view, values=values)


async def orders(stage: Stage) -> list[tuple[str, str, str]]:
    rows = await stage.rows("SELECT creator, channel, state FROM subscriptions ORDER BY id")
    return [(each["creator"], each["channel"], each["state"]) for each in rows]


async def test_the_notice_has_a_button_for_each_way_out(stage: Stage) -> None:
    await resting(stage)

    [notice] = stage.said("DADA")
    assert labels(notice) == ["Look again", "Other channel", "Hand over", "Stop"]


async def test_where_flowbot_was_removed_the_button_says_how_to_invite_it(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00 Europe/Berlin")
    await stage.slack.admin.remove_app("CTRAIN")
    await stage.settle()
    await press(stage, "Invite")

    assert "Type /invite @Flowbot there" in stage.whispered()[-1]


async def test_all_of_ones_own_move_to_another_channel_at_once(stage: Stage) -> None:
    await resting(stage)
    await press(stage, "Other channel")
    await fill(stage, {"orders_channel": {"orders_channel": "CFIELD"}})
    await stage.settle()

    assert await orders(stage) == [
        ("UADA", "CFIELD", "active"),
        ("UADA", "CFIELD", "active"),
        ("UGRACE", "CTRAIN", "stopped"),
    ]
    assert "come here from now on" in stage.said("CFIELD")[-1].text
    [watch] = await stage.rows("SELECT channel, paused FROM watches")
    assert (watch["channel"], watch["paused"]) == ("CFIELD", "")
    await stage.at(NINE + DAY)
    assert len([each for each in stage.said("CFIELD") if " in Onboarding (" in each.text]) == 1


@pytest.mark.parametrize(
    ("channel", "why"), [("CRANDOM", "/invite @Flowbot"), ("CSHARED", "shared with another")]
)
async def test_they_move_to_no_channel_in_which_they_could_not_be_ordered(
    stage: Stage, channel: str, why: str
) -> None:
    await resting(stage, watch=False)
    await press(stage, "Other channel")
    await fill(stage, {"orders_channel": {"orders_channel": channel}})
    await stage.settle()

    assert {each[1:] for each in await orders(stage)} == {("CTRAIN", "stopped")}
    assert why in words(stage.slack.ephemerals("UADA")[-1])


async def test_they_are_handed_over_and_the_new_owner_hears_of_the_end(stage: Stage) -> None:
    await resting(stage)
    await press(stage, "Hand over")
    await fill(stage, {"orders_heir": {"orders_heir": "ULIN"}})
    await stage.settle()

    assert [each[0] for each in await orders(stage)] == ["ULIN", "ULIN", "UGRACE"]
    given = stage.said("DLIN")[0]
    assert given.text.startswith("ada handed 2 digests and 1 watch (")
    assert given.text.endswith("They rest now. That channel is archived.")
    assert labels(given) == ["Look again", "Other channel", "Hand over", "Stop"]
    await stage.slack.admin.archive("CTRAIN", back=True)
    await stage.settle()
    assert stage.said("DLIN")[-1].text.startswith("2 digests and 1 watch are back")


@pytest.mark.parametrize("heir", ["UGUEST", "UPARTNER", "UGONE", "UFLOWBOT"])
async def test_they_are_not_given_to_who_could_not_have_ordered_them(
    stage: Stage, heir: str
) -> None:
    await resting(stage, watch=False)
    await press(stage, "Hand over")
    await fill(stage, {"orders_heir": {"orders_heir": heir}})
    await stage.settle()

    assert [each[0] for each in await orders(stage)] == ["UADA", "UADA", "UGRACE"]


async def test_they_are_stopped_and_had_again_as_they_were(stage: Stage) -> None:
    await resting(stage)
    before = await stage.rows("SELECT id, kind, question, cron FROM subscriptions ORDER BY id")
    await press(stage, "Stop")
    assert [each[0] for each in await orders(stage)] == ["UGRACE"]
    assert await stage.rows("SELECT id FROM watches") == []
    assert stage.said("DADA")[-1].text.startswith("Stopped 2 digests and 1 watch (")

    await press(stage, "Undo", number=-1)
    after = await stage.rows("SELECT id, kind, question, cron FROM subscriptions ORDER BY id")
    assert after == before
    assert {each[2] for each in await orders(stage)} == {"stopped"}  # it is archived still
    await stage.slack.admin.archive("CTRAIN", back=True)
    await stage.settle()
    assert {each[2] for each in await orders(stage)} == {"active"}
    assert len(await stage.rows("SELECT id FROM watches WHERE paused = ''")) == 1


async def test_an_end_is_undone_once(stage: Stage) -> None:
    await resting(stage, watch=False)
    await press(stage, "Stop")
    shown = stage.said("DADA")[-1]
    for _ in range(2):
        await stage.slack.click(shown, action_id="do", user="UADA")
        await stage.settle()
        stage.clock.advance(seconds=30)

    assert len(await orders(stage)) == 3
    assert stage.whispered()[-1] == "That can't be undone any more."


async def test_a_window_about_what_goes_on_meanwhile_says_so(stage: Stage) -> None:
    await resting(stage, watch=False)
    await stage.slack.admin.archive("CTRAIN", back=True)
    await stage.settle()
    await press(stage, "Hand over")

    view = stage.slack.view_of("UADA")
    assert view is not None
    assert "Nothing of that rests any more" in words(view)


async def test_one_that_is_moved_to_another_time_still_rests_while_its_channel_is_closed(
    stage: Stage,
) -> None:
    await resting(stage, watch=False)
    await stage.command("/flow edit 1 to 10:00", channel="CGENERAL")
    assert (await orders(stage))[0] == ("UADA", "CTRAIN", "stopped")
    assert len([each for each in stage.said("DADA") if "paused" in each.text]) == 1

    await stage.slack.admin.archive("CTRAIN", back=True)
    await stage.settle()
    assert (await orders(stage))[0] == ("UADA", "CTRAIN", "active")


async def test_one_whose_schedule_nobody_could_read_goes_on_with_another(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00 Europe/Berlin")
    await stage.bot.database.execute("UPDATE subscriptions SET zone = 'Mars/Base'")
    await stage.at(NINE)
    assert [each[2] for each in await orders(stage)] == ["stopped"]

    await stage.command("/flow edit 1 daily 10:00 Europe/Berlin")
    assert [each[2] for each in await orders(stage)] == ["active"]
    await stage.at(NINE + timedelta(hours=1))
    assert len([each for each in stage.said() if " in Onboarding (" in each.text]) == 1


async def test_one_that_the_editor_moves_to_another_channel_goes_on_there(stage: Stage) -> None:
    await resting(stage, watch=False)
    await stage.command("/flow edit 1", channel="CGENERAL")
    done = await submit(stage, places=["CFIELD"])

    assert done.errors == {}
    assert (await orders(stage))[:2] == [
        ("UADA", "CFIELD", "active"),
        ("UADA", "CTRAIN", "stopped"),
    ]
    assert "paused" not in stage.said("CFIELD")[-1].text.casefold()
