"""The form of a digest: ordered for one or several places, edited, wrong in each of its fields."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.asking.seeing import words
from tests.digests.forms import (
    blocks_of,
    choose,
    held,
    new,
    of_answer,
    pressed,
    shown,
    submit,
)
from tests.digests.test_menus import press
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
ROWS = "SELECT channel, words, zone, note FROM subscriptions ORDER BY id"


async def orders(stage: Stage) -> list[dict[str, Any]]:
    return await stage.rows(ROWS)


async def test_of_an_answer_it_says_what_goes_where_and_when(stage: Stage) -> None:
    view = await of_answer(stage)

    said = words(view)
    assert "Send\nGdpr, overdue" in said
    assert held(view, "digest_places") == ["CTRAIN"]
    assert "today 09:00, tomorrow 09:00, Wed 25 Nov 09:00 (Berlin time)" in said
    assert "It would have been sent 20 times in the last 30 days." in said


async def test_as_it_opens_it_orders_every_weekday_at_nine(stage: Stage) -> None:
    await of_answer(stage)
    assert (await submit(stage)).errors == {}

    assert stage.said()[-1].text == (
        "Done. I'll post Gdpr, overdue every weekday at 09:00 (Berlin time). "
        "Next: today 09:00, tomorrow 09:00, Wed 25 Nov 09:00"
    )
    assert "Done. I'll post" in words(shown(stage))


@pytest.mark.parametrize(
    ("often", "more", "said"),
    [
        ("daily", {}, "every day at 09:00"),
        ("weekly", {"day": "thursday"}, "every Thursday at 09:00"),
        ("fortnightly", {"day": "friday"}, "every other Friday at 09:00"),
        ("monthly", {"date": "last"}, "on the last day of each month at 09:00"),
        ("first", {}, "on the first weekday of each month at 09:00"),
        ("last", {"which": "friday"}, "on the last Friday of each month at 09:00"),
        ("quarterly", {"time": "16:00"}, "on day 1 of each quarter at 16:00"),
        ("typed", {"schedule": "mon and thu 8:30 London"}, "Thursday at 08:30 (London time)"),
        ("typed", {"schedule": "cron 0 9 * * 1-5"}, "(cron 0 9 * * 1-5)"),
    ],
)
async def test_what_is_chosen_or_written_is_ordered(
    stage: Stage, often: str, more: dict[str, str], said: str
) -> None:
    await of_answer(stage)
    await choose(stage, "digest_often", often)
    assert (await submit(stage, **more)).errors == {}

    assert said in stage.said()[-1].text


async def test_the_next_runs_follow_each_choice_in_the_readers_zone(stage: Stage) -> None:
    view = await of_answer(stage)
    found = await stage.slack.options(view, action_id="digest_zone", query="toky")
    assert [each["value"] for each in found.options] == ["Asia/Tokyo"]

    await choose(stage, "digest_zone", "Asia/Tokyo")
    view = await choose(stage, "digest_often", "weekly")
    assert "Mon 30 Nov 01:00, Mon 7 Dec 01:00, Mon 14 Dec 01:00 (Berlin time)" in words(view)
    await submit(stage)
    assert "every Monday at 09:00 (Tokyo time)" in stage.said()[-1].text


async def test_what_was_typed_is_kept_on_every_change_of_the_window(stage: Stage) -> None:
    view = await of_answer(stage)
    view = shown(stage)
    for block, value in (("note", "for the round"), ("digest_places", ["CTRAIN", "CFIELD"])):
        await stage.slack.click(view, action_id=block, value=value)
    await choose(stage, "digest_time", "07:15")
    await choose(stage, "digest_often", "weekly")
    await choose(stage, "digest_day", "tuesday")
    await choose(stage, "digest_often", "typed")
    view = await choose(stage, "digest_often", "weekly")

    kept = {name: held(view, name) for name in ("note", "digest_time", "digest_day")}
    assert kept == {"note": "for the round", "digest_time": "07:15", "digest_day": "tuesday"}
    assert held(view, "digest_places") == ["CTRAIN", "CFIELD"]


async def test_a_change_of_service_swaps_only_the_fields_that_follow(stage: Stage) -> None:
    view = await new(stage)
    await stage.slack.click(view, action_id="note", value="for the round")
    before = blocks_of(shown(stage))
    view = await choose(stage, "digest_kind", "events")

    assert before[:4] == ["digest_kind", "flow", "digest_figure", "digest_period"]
    assert blocks_of(view) == ["digest_kind", "event", "digest_figure", *before[4:]]
    assert "Upcoming webinars" in words(view)
    assert held(view, "note") == "for the round"


async def test_a_digest_is_chosen_from_service_thing_and_figure(stage: Stage) -> None:
    view = await new(stage)
    await stage.slack.options(view, action_id="flow", query="gdpr")
    await choose(stage, "flow", "gdpr")
    await stage.slack.click(
        shown(stage), action_id="digest_figure", block_id="digest_figure:report", value="overdue"
    )
    outcome = await submit(stage, places=["CTRAIN"])

    assert outcome.errors == {}
    assert stage.said()[-1].text.startswith("Done. I'll post Gdpr, overdue every weekday")


async def test_several_places_get_one_each(stage: Stage) -> None:
    await of_answer(stage)
    await submit(stage, places=["CTRAIN", "CFIELD"], note="for the round")

    rows = await orders(stage)
    assert [(each["channel"], each["note"]) for each in rows] == [
        ("CTRAIN", "for the round"),
        ("CFIELD", "for the round"),
    ]
    assert stage.said("CFIELD")[-1].text.startswith("Done. I'll post Gdpr, overdue")
    assert words(shown(stage)).count("Done.") == 2


async def test_of_several_places_all_or_none_is_ordered(stage: Stage) -> None:
    await of_answer(stage)
    wrong = (await submit(stage, places=["CTRAIN", "CRANDOM", "CSHARED", "GLEADS"])).errors

    assert list(wrong) == ["digest_places"]
    [said] = wrong.values()
    assert "#random: I'm not in this channel yet." in said
    assert "#partners: This channel is shared with another organisation" in said
    assert "#training" not in said
    assert await orders(stage) == []

    assert (await submit(stage, places=["CTRAIN", "CFIELD"])).errors == {}
    assert len(await orders(stage)) == 2


async def test_it_goes_to_oneself_and_to_nobody_else(stage: Stage) -> None:
    await of_answer(stage)
    wrong = (await submit(stage, places=["UGRACE"])).errors
    assert wrong["digest_places"].startswith("I send digests to channels, or to you.")

    assert (await submit(stage, places=["UADA"])).errors == {}
    assert [each["channel"] for each in await orders(stage)] == ["UADA"]


async def test_while_slack_does_not_say_who_reads_a_place_nothing_is_ordered(stage: Stage) -> None:
    await of_answer(stage)
    stage.slack.refuse("conversations.info", error="fatal_error", times=1)
    wrong = (await submit(stage, places=["CTRAIN", "CFIELD"], note="for the round")).errors
    assert list(wrong) == ["digest_places"]
    assert "Try again" in wrong["digest_places"]

    stage.clock.advance(seconds=10)
    assert (await submit(stage)).errors == {}
    assert [each["note"] for each in await orders(stage)] == ["for the round"] * 2


async def test_a_guest_may_not_open_it(stage: Stage) -> None:
    await stage.slack.shortcut("new_digest", user="UGUEST")

    assert "Guests cannot order digests." in words(shown(stage, "UGUEST"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("whenever", 'I can\'t read "whenever" as a schedule'),
        ("mondays 9:00 and so on", "I can't read"),
        ("cron * * * * *", "runs more often than once an hour"),
        ("cron 0 0 31 2 *", "cannot run"),
        ("once on 2020-01-01 10:00", "has passed"),
        ("mondays 9:00 Atlantis/Nowhere", "I can't find the time zone"),
        ("mondays", "At what time of day?"),
    ],
)
async def test_what_cannot_be_read_is_said_beside_it_and_nothing_is_lost(
    stage: Stage, text: str, said: str
) -> None:
    await of_answer(stage)
    await choose(stage, "digest_often", "typed")
    wrong = (await submit(stage, schedule=text, note="for the round")).errors

    assert list(wrong) == ["schedule"]
    assert said in wrong["schedule"]
    assert await orders(stage) == []
    assert held(shown(stage), "note") == "for the round"


async def test_a_note_of_10000_characters_is_refused_beside_it(stage: Stage) -> None:
    await of_answer(stage)
    wrong = (await submit(stage, note="x" * 10_000)).errors

    assert list(wrong) == ["note"]
    assert await orders(stage) == []


async def test_a_thing_that_was_not_chosen_is_asked_for(stage: Stage) -> None:
    await new(stage)
    assert list((await submit(stage, places=["CTRAIN"])).errors) == ["flow"]

    await choose(stage, "digest_kind", "runs")
    await choose(stage, "digest_figure", "one")
    assert list((await submit(stage)).errors) == ["flow_to_run"]


async def test_a_form_sent_twice_orders_once(stage: Stage) -> None:
    view = await of_answer(stage)
    both = await asyncio.gather(stage.slack.submit(view), stage.slack.submit(view))
    await stage.settle()

    assert [each.errors for each in both] == [{}, {}]
    assert len(await orders(stage)) == 1
    assert len([each for each in stage.said() if each.text.startswith("Done.")]) == 1


async def edited(stage: Stage, order: str, number: int = 1) -> None:
    await stage.command(order)
    await stage.command(f"/flow edit {number}")


async def test_edit_shows_all_that_a_digest_is(stage: Stage) -> None:
    await edited(
        stage, '/flow subscribe report gdpr overdue last friday 16:30 London note "for the round"'
    )
    view = shown(stage)

    assert view.title == "Edit digest 1"
    assert "Gdpr, overdue" in words(view)
    names = ("digest_often", "digest_which", "digest_time", "digest_zone", "digest_places", "note")
    assert [held(view, name) for name in names] == [
        *("last", "friday", "16:30", "Europe/London", ["CTRAIN"], "for the round")
    ]


async def test_an_edit_changes_everything_at_once_and_is_undone(stage: Stage) -> None:
    await edited(stage, "/flow subscribe report gdpr overdue weekdays 09:00")
    before = await orders(stage)
    await pressed(stage, "Something else")
    await choose(stage, "digest_kind", "events")
    await choose(stage, "digest_often", "daily")
    done = await submit(stage, time="07:00", places=["CFIELD"], note="early")

    assert done.errors == {}
    assert await orders(stage) == [
        {
            "channel": "CFIELD",
            "words": "every day at 07:00",
            "zone": "Europe/Berlin",
            "note": "early",
        }
    ]
    [row] = await stage.rows("SELECT id, kind, creator FROM subscriptions")
    assert row == {"id": 1, "kind": "events", "creator": "UADA"}
    assert stage.said("CFIELD")[-1].text.startswith("Changed. I'll post")
    assert "somewhere else from now on" in stage.said()[-1].text

    await press(stage, stage.said("CFIELD")[-1], "Undo")
    assert await orders(stage) == before


@pytest.mark.parametrize(
    ("asked", "kind", "figure", "thing", "period"),
    [
        ("report gdpr overdue last-30d", "report", "overdue", "gdpr", "last-30d"),
        ("report gdpr by week", "report", "by week", "gdpr", "any"),
        ("runs all last-7d", "runs", "all", None, "last-7d"),
        ("runs list failed", "runs", "failed", None, "last-7d"),
        (
            'analytics "Site hazards" reads last-30d',
            "analytics",
            "reads",
            "Site hazards",
            "last-30d",
        ),
    ],
)
async def test_something_else_begins_with_what_the_digest_is_about(
    stage: Stage, asked: str, kind: str, figure: str, thing: str | None, period: str
) -> None:
    await edited(stage, f"/flow subscribe {asked} weekdays 09:00")
    view = await pressed(stage, "Something else")

    names = ("digest_kind", "digest_figure", "digest_period")
    assert [held(view, name) for name in names] == [kind, figure, period]
    assert thing is None or f"'text': '{thing}'" in str(view.blocks)
    before = await stage.rows("SELECT question FROM subscriptions")
    assert (await submit(stage, note="new")).errors == {}
    assert await stage.rows("SELECT question FROM subscriptions") == before


async def test_an_edit_of_the_note_keeps_the_weeks_of_every_other_monday(stage: Stage) -> None:
    await edited(stage, "/flow subscribe report gdpr every 2 weeks on monday 09:00")
    [before] = await stage.rows("SELECT cron FROM subscriptions")
    stage.clock.advance(seconds=8 * 86_400)
    await stage.command("/flow edit 1")
    await submit(stage, note="new")

    assert await stage.rows("SELECT cron FROM subscriptions") == [before]


async def test_a_schedule_that_no_choice_says_stays_as_it_is(stage: Stage) -> None:
    await edited(stage, "/flow subscribe report gdpr daily 09:00 and 17:00")
    assert held(shown(stage), "digest_often") == "same"

    await submit(stage, note="new")
    [row] = await orders(stage)
    assert (row["words"], row["note"]) == ("every day at 09:00 and 17:00", "new")


async def test_an_edit_says_how_often_it_really_came(stage: Stage) -> None:
    await stage.command("/flow subscribe report gdpr daily 09:00")
    for day in range(3):
        await stage.at(NINE + timedelta(days=day))
    await stage.command("/flow edit 1")

    assert "It came 3 times." in words(shown(stage))


async def test_a_digest_that_rests_says_so_when_it_is_edited(stage: Stage) -> None:
    await stage.command("/flow subscribe report gdpr daily 09:00")
    await stage.command("/flow pause 1")
    await stage.command("/flow edit 1")
    await submit(stage, note="new")

    told = stage.said()[-1]
    assert "Paused." in told.text
    assert "Next:" not in told.text
    await press(stage, told, "Resume now")
    assert await stage.rows("SELECT state, note FROM subscriptions") == [
        {"state": "active", "note": "new"}
    ]


async def test_a_schedule_of_holidays_alone_is_said_to_come_never(stage: Stage) -> None:
    await of_answer(stage)
    await pressed(stage, "Conditions, file, quiet hours")
    await choose(stage, "digest_often", "typed")
    wrong = (await submit(stage, schedule="cron 0 9 25 12 *", holidays="Germany")).errors

    never = "It would never come: all its times fall on holidays in Germany."
    assert wrong == {"digest_holidays": never}


async def test_a_digest_of_another_channel_is_not_shown(stage: Stage) -> None:
    await stage.command("/flow subscribe report gdpr daily 09:00")
    await stage.command("/flow edit 1", channel="CFIELD", user="ULIN")

    assert stage.slack.view_of("ULIN") is None
    assert stage.whispered("ULIN") == ["There's no digest 1 in this channel."]


async def test_where_the_vendor_refuses_the_form_is_there_again_with_all_in_it(
    stage: Stage,
) -> None:
    view = await new(stage)
    await stage.slack.options(view, action_id="flow", query="flow_none99")
    await choose(stage, "flow", "flow_none99")
    await submit(stage, places=["CTRAIN", "CFIELD"], note="for the round")

    view = shown(stage)
    assert "flow_none99" in words(view)
    assert held(view, "flow") == "flow_none99"
    assert (held(view, "note"), held(view, "digest_places")) == (
        "for the round",
        ["CTRAIN", "CFIELD"],
    )
    assert await orders(stage) == []

    await stage.slack.options(view, action_id="flow", query="gdpr")
    await choose(stage, "flow", "gdpr")
    await submit(stage)
    assert len(await orders(stage)) == 2
