"""Ordering digests, and changing them, by typing."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.admission import NOT_THERE
from tests.asking.seeing import choices, labels, words
from tests.digests.test_menus import press
from tests.stage import MONDAY, Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""09:00 in Berlin on the stage's first day."""
DAY = timedelta(days=1)


async def last_reply(stage: Stage, channel: str = "CTRAIN") -> str:
    return stage.said(channel)[-1].text


async def test_the_reply_shows_the_next_three_runs_and_their_zone(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding weekdays 09:00")

    [reply] = stage.said()
    assert reply.text == (
        "Done. I'll post Onboarding every weekday at 09:00 (Berlin time). "
        "Next: today 09:00, tomorrow 09:00, Wed 25 Nov 09:00"
    )
    assert {"type": "channel", "channel_id": "CTRAIN"} in reply.blocks[0]["elements"][0]["elements"]
    assert labels(reply) == ["Send now", "Edit", "Stop"]


async def test_without_a_zone_the_schedule_is_read_in_the_zone_of_who_typed_it(
    stage: Stage,
) -> None:
    await stage.command(DAILY, user="UGRACE")

    assert "(New York time). Next: today 09:00" in await last_reply(stage)


async def test_a_zone_that_was_typed_counts(stage: Stage) -> None:
    await stage.command(f"{DAILY} Asia/Tokyo")

    assert "(Tokyo time). Next: tomorrow 09:00" in await last_reply(stage)


async def test_ordering_the_same_twice_gives_the_same_number(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command(DAILY)

    first, second = stage.said()
    assert first.text == second.text
    assert len(await stage.rows("SELECT * FROM subscriptions")) == 1


async def test_ordering_a_paused_one_again_resumes_it(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow pause 1")
    await stage.command(DAILY)

    await stage.at(NINE)
    assert "in Onboarding (" in (await last_reply(stage))
    assert len(await stage.rows("SELECT * FROM subscriptions")) == 1


async def test_one_delivery_repeated_by_slack_is_one_subscription_and_one_reply(
    stage: Stage,
) -> None:
    await stage.command(DAILY, redeliver=2)

    assert len(stage.said()) == 1
    assert len(await stage.rows("SELECT * FROM subscriptions")) == 1


async def test_the_list_shows_what_a_channel_gets_and_how_to_change_it(stage: Stage) -> None:
    await stage.command(f'{DAILY} note "for the Monday round"')
    await stage.command("/flow subscribe report gdpr overdue monthly last 17:00")
    await stage.command("/flow list")

    [listed] = stage.slack.ephemerals("UADA")
    assert listed.text.startswith(
        "2 digests in #training: 1: Onboarding, every day at 09:00, Active · next today 09:00; "
    )
    assert "2: Gdpr, overdue, on the last day of each month at 17:00" in listed.text
    assert "for the Monday round" in str(listed.blocks)
    assert list(choices(listed, beside="Onboarding")) == [
        *("Send now", "Snooze or mute", "Pause", "Edit", "Stop")
    ]


@pytest.mark.parametrize("line", ["<#CTRAIN|training>", "digests in <#CTRAIN|training>"])
async def test_the_list_of_another_channel_is_for_who_sees_it(stage: Stage, line: str) -> None:
    await stage.command(DAILY)
    await stage.command(f"/flow list {line}", channel="CGENERAL")
    await stage.command("/flow list <#GLEADS|leads>", user="ULIN")
    await stage.command("/flow list <#CGENERAL|general>", user="UGUEST")

    assert stage.whispered()[-1].startswith("1 digest in #training: 1: Onboarding")
    assert stage.whispered("ULIN") == stage.whispered("UGUEST") == [NOT_THERE]


async def test_the_list_of_an_empty_channel_says_how_to_begin(stage: Stage) -> None:
    await stage.command("/flow list", channel="CGENERAL")

    [said] = stage.whispered()
    assert said.startswith("No digests in #general yet.")
    shown = stage.slack.ephemerals("UADA")[-1]
    assert "Who is overdue, weekdays 09:00" in labels(shown)
    await stage.slack.click(shown, action_id="type_line", user="UADA")
    await stage.settle()
    assert (await last_reply(stage, "CGENERAL")).startswith("Done. I'll post ")


@pytest.mark.parametrize("directly", [False, True])
async def test_a_guest_is_offered_no_order_but_what_can_be_asked(
    stage: Stage, *, directly: bool
) -> None:
    direct = stage.slack.workspace.direct_message("UGUEST").id
    channel = direct if directly else "CTRAIN"
    await stage.command("/flow list", user="UGUEST", channel=channel)

    shown = stage.slack.ephemerals("UGUEST")[-1]
    assert shown.text.endswith(
        "yet. Guests cannot order digests. Ask a full member of the workspace to subscribe."
    )
    assert labels(shown) == ["What I can do"]
    await press(stage, shown, "What I can do", user="UGUEST")
    help_ = [*stage.slack.ephemerals("UGUEST"), *stage.said(channel)][-1]
    assert "/flow-report" in words(help_)


async def test_the_list_of_all_shows_what_one_ordered_elsewhere(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow list all", channel="CGENERAL", user="UGRACE")
    assert stage.whispered("UGRACE")[-1].startswith("No digests of yours yet.")

    await stage.command("/flow subscribe report gdpr mondays 9:00", user="UGRACE")
    await stage.command("/flow list all", channel="CGENERAL", user="UGRACE")
    assert stage.whispered("UGRACE")[-1].startswith("1 digest of yours: 2: Gdpr")


async def test_an_admin_sees_the_digests_of_the_whole_workspace_and_may_end_them(
    stage: Stage,
) -> None:
    await stage.command(DAILY, user="UGRACE")
    await stage.command("/flow list all", channel="CGENERAL")
    assert stage.whispered()[-1].startswith("1 digest in this workspace: 1: Onboarding")
    assert "CTRAIN" in str(stage.slack.ephemerals("UADA")[-1].blocks)

    await stage.command("/flow remove 1", channel="CGENERAL")
    assert await stage.rows("SELECT id FROM subscriptions") == []
    assert stage.said("CGENERAL") == []  # of another channel's digest only who asks is told
    assert stage.whispered()[-1] == "Stopped Onboarding."


async def test_a_removed_one_says_no_more(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow remove 1")
    assert await last_reply(stage) == "Stopped Onboarding."

    count = len(stage.said())
    await stage.at(NINE + DAY)
    assert len(stage.said()) == count


async def test_a_paused_one_is_silent_until_it_is_resumed(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow pause 1")
    assert await last_reply(stage) == "Paused Onboarding until somebody resumes it."
    assert labels(stage.said()[-1]) == ["Resume now", "Stop"]

    count = len(stage.said())
    await stage.at(NINE)
    assert len(stage.said()) == count

    await stage.command("/flow resume 1")
    assert (await last_reply(stage)).startswith("Resumed Onboarding. Next: tomorrow 09:00.")
    await stage.at(NINE + DAY)
    assert "in Onboarding (" in (await last_reply(stage))
    assert "Late" not in str(stage.said()[-1].blocks)


async def test_a_snoozed_one_wakes_by_itself(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow snooze 1 2d")
    assert "until Wed 25 Nov. Next: Wed 25 Nov 09:00." in await last_reply(stage)

    count = len(stage.said())
    await stage.at(NINE)
    await stage.at(NINE + DAY)
    assert len(stage.said()) == count

    await stage.at(NINE + 2 * DAY)
    assert len(stage.said()) == count + 1
    await stage.command("/flow list")
    assert "every day at 09:00, Active" in stage.whispered()[-1]


async def test_one_cannot_be_snoozed_until_a_day_that_has_passed(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow snooze 1 until 2026-11-01")

    assert "That day has passed" in stage.whispered()[-1]


async def test_now_sends_one_at_once_and_leaves_the_schedule_as_it_is(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow now 1")
    assert "in Onboarding (" in (await last_reply(stage))

    await stage.at(NINE)
    assert len(stage.said()) == 3


async def test_the_history_tells_what_became_of_each_digest(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow history 1")
    assert "Not sent yet: Onboarding. Next: today 09:00." in stage.whispered()[-1]

    await stage.at(NINE)
    await stage.at(NINE + DAY)
    await stage.command("/flow history 1")
    assert "Onboarding: 2 of 2 digests sent" in stage.whispered()[-1]


@pytest.mark.parametrize("verb", ["remove", "pause", "resume", "now", "history"])
async def test_a_number_of_no_subscription_is_answered_with_those_there_are(
    stage: Stage, verb: str
) -> None:
    await stage.command(DAILY)
    await stage.command(f"/flow {verb} 9")

    assert stage.whispered() == ["There's no digest 9 in this channel."]
    assert labels(stage.slack.ephemerals("UADA")[0]) == ["See this channel's digests"]


async def test_another_channels_digest_is_not_changed_by_somebody_else(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow remove 1", user="UGRACE", channel="CGENERAL")

    assert stage.whispered("UGRACE")[-1].startswith("There's no digest 1 in this channel")
    await stage.at(NINE)
    assert "in Onboarding (" in (await last_reply(stage))


async def test_where_the_bot_is_no_member_it_asks_to_be_invited(stage: Stage) -> None:
    await stage.command(DAILY, channel="CRANDOM")

    [said] = stage.whispered()
    assert "/invite @Flowbot" in said
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_once_invited_it_takes_the_order(stage: Stage) -> None:
    await stage.command(DAILY, channel="CRANDOM")
    await stage.slack.invite("CRANDOM")
    await stage.command(DAILY, channel="CRANDOM")

    await stage.settle()
    assert any(each.text.startswith("Done. ") for each in stage.said("CRANDOM"))


async def test_a_guest_cannot_order_a_digest(stage: Stage) -> None:
    await stage.command(DAILY, user="UGUEST")

    assert stage.whispered("UGUEST") == [
        "Guests cannot order digests. Ask a full member of the workspace to subscribe."
    ]
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_a_channel_shared_with_others_gets_no_digest(stage: Stage) -> None:
    await stage.command(DAILY, channel="CSHARED")

    [said] = stage.whispered()
    assert said.startswith("This channel is shared with another organisation")
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_two_who_order_the_same_at_once_share_one(stage: Stage) -> None:
    for user in ("UADA", "UGRACE"):
        await stage.slack.command(f"{DAILY} Europe/Berlin", user=user, channel="CTRAIN")
    await stage.settle()

    assert len(await stage.rows("SELECT * FROM subscriptions")) == 1
    assert len({each.text for each in stage.said()}) == 1


async def test_a_flow_nobody_named_cannot_be_ordered(stage: Stage) -> None:
    await stage.command("/flow subscribe report onbording daily 09:00")

    [said] = stage.whispered()
    assert "onboarding" in said
    assert stage.clock.now() < MONDAY + timedelta(minutes=1)
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_many_who_order_at_once_get_no_more_than_a_channel_takes(stage: Stage) -> None:
    for minute in range(51):
        await stage.slack.command(f"{DAILY[:-2]}{minute:02}", channel="CTRAIN")
    await stage.settle()

    assert len(await stage.rows("SELECT * FROM subscriptions")) == 50
    assert "50 digests, which is the most" in stage.whispered()[-1]


async def test_an_id_that_is_not_there_cannot_be_subscribed_to(stage: Stage) -> None:
    await stage.command("/flow subscribe report flow_nowhere1 daily 09:00")
    assert "MomoFlow doesn't know" in stage.whispered()[-1]
    assert await stage.rows("SELECT id FROM subscriptions") == []

    stage.momoflow.set_switch("answer_500", 1000)
    await stage.command("/flow subscribe report flow_nowhere1 daily 09:00")
    assert len(await stage.rows("SELECT id FROM subscriptions")) == 1


async def test_a_smart_flow_that_is_not_there_can_be_neither_ordered_nor_watched(
    stage: Stage,
) -> None:
    unknown = "3f2a0000-0000-4000-8000-000000000000"
    for typed in (f"/flow subscribe runs {unknown} daily 09:00", f"/flow-run watch {unknown}"):
        await stage.command(typed)
        assert "I can't find a Smart Flow called" in stage.whispered()[-1]
    assert await stage.rows("SELECT id FROM subscriptions UNION SELECT id FROM watches") == []


async def test_a_digest_may_be_for_another_channel(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding to #general every monday at 9")

    assert "every Monday at 09:00" in await last_reply(stage, "CGENERAL")
    assert stage.said() == []
    assert stage.whispered() == ["The answer is in another channel."]
    [row] = await stage.rows("SELECT channel FROM subscriptions")
    assert row["channel"] == "CGENERAL"


async def test_a_digest_for_a_channel_that_the_bot_is_not_in_is_refused(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding mondays 9 to #random")

    assert "/invite @Flowbot" in stage.whispered()[-1]
    assert await stage.rows("SELECT channel FROM subscriptions") == []


async def test_a_digest_may_be_for_oneself_and_for_nobody_else(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding mondays 9:00 to me")
    [row] = await stage.rows("SELECT channel, creator FROM subscriptions")
    assert (row["channel"], row["creator"]) == ("UADA", "UADA")

    await stage.command("/flow subscribe report gdpr mondays 9:00 to @grace")
    assert "I send digests to channels, or to you" in stage.whispered()[-1]
    assert len(await stage.rows("SELECT id FROM subscriptions")) == 1


async def test_one_that_comes_once_is_gone_when_it_came(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding once today at 10:00")
    assert "once, on Mon 23 Nov 2026 at 10:00" in await last_reply(stage)

    await stage.at(NINE + timedelta(hours=1))
    assert "in Onboarding (" in await last_reply(stage)
    assert await stage.rows("SELECT id FROM subscriptions") == []
    count = len(stage.said())
    await stage.at(NINE + timedelta(days=8))
    assert len(stage.said()) == count


async def test_every_other_week_comes_every_other_week(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding every 2 weeks mon 9:00")
    assert "Next: today 09:00, Mon 7 Dec 09:00, Mon 21 Dec 09:00" in await last_reply(stage)

    count = len(stage.said())
    await stage.at(NINE)
    await stage.at(NINE + 7 * DAY)
    assert len(stage.said()) == count + 1
    await stage.at(NINE + 14 * DAY)
    assert len(stage.said()) == count + 2


async def test_one_can_be_moved_to_another_time(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding weekdays 9:00")
    await stage.command("/flow edit 1 to 10:30")
    assert "every weekday at 10:30 (Berlin time). Next: today 10:30" in await last_reply(stage)

    count = len(stage.said())
    await stage.at(NINE)
    assert len(stage.said()) == count
    await stage.at(NINE + timedelta(minutes=90))
    assert len(stage.said()) == count + 1

    await stage.command("/flow edit 1 to fridays noon London")
    assert "every Friday at 12:00 (London time)" in await last_reply(stage)
