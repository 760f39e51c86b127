"""The message shortcuts by where a message stands, whose it is, and how old."""

from datetime import timedelta

import pytest

from sandbox.slack import Message
from sandbox.slack.content import Content
from tests.asking.answers import EXPORT, NEW, SUBSCRIBE, exported, opened, subscribed
from tests.asking.seeing import words
from tests.stage import Stage

WINDOW = {EXPORT: EXPORT, SUBSCRIBE: NEW}
"""What each shortcut opens."""
BOTH = pytest.mark.parametrize("shortcut", [EXPORT, SUBSCRIBE])
NOT_OURS = "Flowbot did not write that message"
FORGOTTEN = "I no longer know what that message was about"
NOTHING = "There are no figures or rows behind that message"


def direct(stage: Stage, user: str = "UADA") -> str:
    return stage.slack.workspace.direct_message(user).id


async def refused(stage: Stage, shortcut: str, shown: Message, says: str) -> None:
    """Choose a shortcut, and find only a kind sentence that says what would work."""
    view = await opened(stage, shortcut, shown)
    assert view.raw["callback_id"] == "notice"
    assert "submit" not in view.raw
    assert says in words(view)
    assert "/flow help" in words(view)


async def report(stage: Stage, channel: str = "CTRAIN") -> Message:
    await stage.command("/flow-report onboarding last-7d", channel=channel)
    return stage.slack.messages(channel, user="UADA")[-1]


async def test_in_a_direct_message_they_work_for_its_owner(stage: Stage) -> None:
    here = direct(stage)
    shown = await report(stage, here)

    await exported(stage, shown)
    await subscribed(stage, shown)

    assert [each.channel for each in stage.slack.files] == [here]
    [order] = await stage.rows("SELECT channel FROM subscriptions")
    assert order == {"channel": here}


async def test_a_private_file_is_exported_again_to_its_owner_alone(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d export csv privately")
    [shown] = stage.slack.messages(direct(stage), user="UADA")

    await exported(stage, shown)

    assert {each.channel for each in stage.slack.files} == {direct(stage)}
    assert stage.said() == []


async def test_a_digest_of_personal_data_shows_none_of_it_in_the_channel(stage: Stage) -> None:
    await stage.command("/flow-events operators here")
    [shown] = stage.said()
    assert "@" in words(shown)

    await exported(stage, shown, user="UGRACE")

    assert [each.channel for each in stage.slack.files] == [direct(stage, "UGRACE")]
    assert stage.said() == [shown]


async def test_a_guest_gets_the_data_alone_and_orders_no_digest(stage: Stage) -> None:
    shown = await report(stage)

    await exported(stage, shown, user="UGUEST")
    view = await opened(stage, SUBSCRIBE, shown, user="UGUEST")

    assert [each.channel for each in stage.slack.files] == [direct(stage, "UGUEST")]
    assert stage.said() == [shown]
    assert await stage.rows("SELECT id FROM subscriptions") == []
    assert view.raw["callback_id"] == "notice"
    assert "Guests cannot order digests." in words(view)


@BOTH
async def test_the_message_of_a_file_stands_for_the_answer_above_it(
    stage: Stage, shortcut: str
) -> None:
    await stage.command("/flow-export workflows csv")
    [parent] = stage.said()
    [file] = [each for each in stage.slack.thread(parent.channel, parent.ts) if each.files]

    view = await opened(stage, shortcut, file)

    assert view.raw["callback_id"] == WINDOW[shortcut]
    assert ("/flow-export workflows" if shortcut == EXPORT else "all workflows") in words(view)


@BOTH
async def test_a_reply_in_the_thread_stands_for_the_answer_above_it(
    stage: Stage, shortcut: str
) -> None:
    await stage.command("/flow-report onboarding detailed")
    [parent] = stage.said()
    replies = stage.slack.thread(parent.channel, parent.ts)

    for each in replies:
        assert (await opened(stage, shortcut, each)).raw["callback_id"] == WINDOW[shortcut]


@BOTH
async def test_where_the_bot_is_no_member_the_answer_is_known_by_its_button(
    stage: Stage, shortcut: str
) -> None:
    shown = await report(stage, "CRANDOM")

    assert (await opened(stage, shortcut, shown)).raw["callback_id"] == WINDOW[shortcut]


@BOTH
async def test_what_a_person_wrote_is_not_ours_even_in_our_thread(
    stage: Stage, shortcut: str
) -> None:
    shown = await report(stage)
    lunch = (await stage.slack.say("Lunch?", channel="CTRAIN")).message
    reply = (await stage.slack.say("Why?", channel="CTRAIN", thread_ts=shown.ts)).message
    assert lunch
    assert reply

    await refused(stage, shortcut, lunch, NOT_OURS)
    await refused(stage, shortcut, reply, NOT_OURS)


@BOTH
async def test_another_app_cannot_borrow_our_button(stage: Stage, shortcut: str) -> None:
    await stage.command("/flow-report onboarding last-7d privately")
    private = stage.slack.ephemerals("UADA")[-1]
    forged = stage.slack._backend.workspace.post(
        channel="CTRAIN",
        user="UOTHERAPP",
        content=Content(text="A report", blocks=list(private.blocks)),
        bot_id="BOTHERAPP",
    )

    await refused(stage, shortcut, forged, NOT_OURS)


@BOTH
async def test_a_button_says_nothing_of_an_answer_in_another_channel(
    stage: Stage, shortcut: str
) -> None:
    shown = await report(stage, "CFIELD")
    copied = stage.slack._backend.workspace.post(
        channel="CTRAIN",
        user=shown.user,
        content=Content(text=shown.text, blocks=list(shown.blocks)),
        bot_id=shown.bot_id,
    )

    await refused(stage, shortcut, copied, FORGOTTEN)


@BOTH
async def test_what_is_older_than_90_days_is_forgotten(stage: Stage, shortcut: str) -> None:
    shown = await report(stage)
    stage.clock.advance(to=stage.clock.now() + timedelta(days=91))
    await stage.bot.tidying.tidy()

    await refused(stage, shortcut, shown, FORGOTTEN)


@BOTH
async def test_a_question_of_a_kind_that_is_gone_is_a_kind_sentence(
    stage: Stage, shortcut: str
) -> None:
    shown = await report(stage)
    await stage.bot.database.execute("UPDATE ledger SET question = :question", {"question": "{}"})

    await refused(stage, shortcut, shown, NOTHING)


@BOTH
async def test_what_only_says_what_was_done_has_nothing_behind_it(
    stage: Stage, shortcut: str
) -> None:
    await stage.command("/flow-report name ladders flow_safe01")
    await stage.command("/flow-report unname ladders")

    for shown in stage.said():
        await refused(stage, shortcut, shown, NOTHING)


async def test_words_on_a_digest_stand_for_the_digest(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding overdue mon 08:00")
    for change in ("pause 1", "resume 1", "snooze 1 1w", "remove 1"):
        await stage.command(f"/flow {change}")

    for shown in stage.said():
        view = await opened(stage, SUBSCRIBE, shown)
        assert "Onboarding, overdue" in words(view)
        assert "onboarding overdue" in words(await opened(stage, EXPORT, shown))
