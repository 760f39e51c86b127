"""What is pressed on a digest, in a list of them, and under the replies: no grammar needed."""

from datetime import UTC, datetime, timedelta

from sandbox.slack import Message
from tests.asking.answers import written
from tests.asking.payloads import use
from tests.asking.seeing import choices, interactive, labels, words
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NOTED = f'{DAILY} note "for the round"'
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


async def choose(stage: Stage, on: Message, label: str, *, user: str = "UADA") -> None:
    """Choose in the menu of a digest's message."""
    await stage.slack.click(on, action_id="digest_menu", value=choices(on)[label], user=user)
    await stage.settle()


async def choose_in_row(stage: Stage, on: Message, row: str, label: str) -> None:
    """Choose in the menu of a digest in a list, by a text in its row."""
    [block] = [each for each in on.blocks if "accessory" in each and row in str(each)]
    value = choices(on, beside=row)[label]
    await stage.slack.click(
        on, action_id="digest_menu", block_id=block["block_id"], value=value, user="UADA"
    )
    await stage.settle()


async def press(stage: Stage, on: Message, label: str, *, user: str = "UADA") -> None:
    """Press the button with a label."""
    [action] = [
        each["action_id"]
        for each in interactive(on.blocks)
        if each.get("text", {}).get("text") == label
    ]
    await stage.slack.click(on, action_id=action, user=user)
    await stage.settle()


async def digest(stage: Stage, order: str = DAILY) -> Message:
    """Return a digest that has just arrived."""
    await stage.command(order)
    await stage.at(NINE)
    return stage.said()[-1]


def seen_alone(stage: Stage, user: str = "UADA") -> Message:
    return stage.slack.ephemerals(user)[-1]


async def states(stage: Stage) -> list[str]:
    return [each["state"] for each in await stage.rows("SELECT state FROM subscriptions")]


async def test_a_digest_is_paused_and_goes_on_with_a_click(stage: Stage) -> None:
    await choose(stage, await digest(stage), "Snooze or mute")
    view = stage.slack.view_of("UADA")
    assert view is not None
    await stage.slack.submit(view, values={"digest_rest": {"digest_rest": "0"}})
    await stage.settle()
    reply = stage.said()[-1]
    assert reply.text == "Paused Onboarding until somebody resumes it."
    assert await states(stage) == ["paused"]

    await press(stage, reply, "Resume now", user="UGRACE")
    assert stage.said()[-1].text == "Resumed Onboarding. Next: tomorrow 09:00."
    assert await states(stage) == ["active"]


async def test_a_double_click_in_a_menu_counts_once(stage: Stage) -> None:
    shown = await digest(stage)
    await choose(stage, shown, "Stop")
    await choose(stage, shown, "Stop")

    assert [each.text[:7] for each in stage.said()].count("Stopped") == 1


async def test_each_choice_of_a_menu_counts_for_itself(stage: Stage) -> None:
    shown = await digest(stage)
    await choose(stage, shown, "Follow")
    assert stage.whispered()[-1].startswith("You follow Onboarding")

    await choose(stage, shown, "Stop")
    assert stage.said()[-1].text == "Stopped Onboarding."


async def test_what_was_stopped_comes_back_with_its_note(stage: Stage) -> None:
    await choose(stage, await digest(stage, NOTED), "Stop")
    assert await states(stage) == []

    await press(stage, stage.said()[-1], "Undo")
    [row] = await stage.rows("SELECT channel, words, zone, note FROM subscriptions")
    assert row == {
        "channel": "CTRAIN",
        "words": "every day at 09:00",
        "zone": "Europe/Berlin",
        "note": "for the round",
    }
    count = len(stage.said())
    await stage.at(NINE + DAY)
    assert len(stage.said()) == count + 1


async def test_anybody_may_ask_why_they_got_a_digest_and_is_told_alone(stage: Stage) -> None:
    shown = await digest(stage)
    count = len(stage.said())
    await choose(stage, shown, "Why did I get this?", user="UGUEST")

    assert len(stage.said()) == count
    told = words(seen_alone(stage, "UGUEST")).replace("\n", "")
    assert "ada ordered it on Mon 23 Nov, 08:30." in told
    assert "This one was planned for Mon 23 Nov, 09:00: sent." in told


async def test_a_digest_sent_at_once_says_so_when_asked_why(stage: Stage) -> None:
    await stage.command(DAILY)
    await press(stage, stage.said()[-1], "Send now")
    await choose(stage, stage.said()[-1], "Why did I get this?")

    assert "Somebody asked for this one with Send now." in words(seen_alone(stage))


async def test_a_guest_changes_nothing_with_a_menu(stage: Stage) -> None:
    await choose(stage, await digest(stage), "Stop", user="UGUEST")

    assert stage.whispered("UGUEST")[-1].startswith("Guests cannot order digests.")
    assert await states(stage) == ["active"]


async def test_of_a_digest_that_was_stopped_meanwhile_its_menu_says_so(stage: Stage) -> None:
    shown = await digest(stage)
    await stage.command("/flow remove 1")
    for label in ("Why did I get this?", "Stop"):
        await choose(stage, shown, label)

    why, pause = stage.whispered()
    assert "It is over." in why
    assert pause == "There's no digest 1 in this channel."
    await press(stage, seen_alone(stage), "All my digests")
    assert stage.whispered()[-1].startswith("No digests in this workspace yet.")


async def test_a_menu_of_another_version_says_so(stage: Stage) -> None:
    shown = await digest(stage)
    await use(stage, "action", "digest_menu", user="UADA", shown=shown, value="1:dance")

    view = stage.slack.view_of("UADA")
    assert view is not None
    assert "of an older version" in words(view)


async def test_in_a_list_each_digest_is_changed_with_its_own_menu(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow subscribe report gdpr mondays 9:00")
    await stage.command("/flow list")
    await choose_in_row(stage, seen_alone(stage), "Gdpr", "Pause")
    assert await states(stage) == ["active", "paused"]

    stage.clock.advance(seconds=60)
    await stage.command("/flow list")
    assert list(choices(seen_alone(stage), beside="Gdpr")) == [
        *("Resume", "Send now", "Edit", "Stop")
    ]


async def test_a_long_list_goes_on_with_a_click(stage: Stage) -> None:
    for minute in range(7):
        await stage.slack.command(f"{DAILY[:-2]}{minute:02}", channel="CTRAIN")
    await stage.settle()
    await stage.command("/flow list")
    assert labels(seen_alone(stage)).count("…") == 5

    await press(stage, seen_alone(stage), "More")
    assert labels(seen_alone(stage)).count("…") == 2
    assert "Page 2 of 2" in words(seen_alone(stage))


async def test_a_digest_is_moved_in_a_form(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow list")
    await choose_in_row(stage, seen_alone(stage), "Onboarding", "Edit")
    view = stage.slack.view_of("UADA")
    assert view is not None
    assert "Every day" in words(view)

    outcome = await stage.slack.submit(view, values={"digest_time": {"digest_time": "10:30"}})
    assert outcome.errors == {}
    await stage.settle()
    assert stage.said()[-1].text.startswith(
        "Changed. I'll post Onboarding every day at 10:30 (Berlin time). Next: today 10:30"
    )

    await press(stage, stage.said()[-1], "Edit")
    view = stage.slack.view_of("UADA")
    assert view is not None
    view = await written(stage, view)
    values = {"schedule": {"schedule": "fridays noon London"}}
    await stage.slack.submit(view, values=values)
    await stage.settle()
    assert "every Friday at 12:00 (London time)" in stage.said()[-1].text


async def test_a_guest_does_not_even_get_the_form(stage: Stage) -> None:
    await stage.command(DAILY)
    await press(stage, stage.said()[-1], "Edit", user="UGUEST")

    view = stage.slack.view_of("UGUEST")
    assert view is not None
    assert view.callback_id == "notice"


async def test_once_invited_the_same_order_is_given_with_a_click(stage: Stage) -> None:
    await stage.command(DAILY, channel="CRANDOM")
    told = seen_alone(stage)
    assert told.text == "I'm not in this channel yet. Type /invite @Flowbot, then try again."

    await stage.slack.invite("CRANDOM")
    stage.clock.advance(seconds=11)
    await press(stage, told, "Try again")
    ordered = "Done. I'll post Onboarding every day"
    assert any(each.text.startswith(ordered) for each in stage.said("CRANDOM"))


async def test_for_how_long_is_asked_with_buttons(stage: Stage) -> None:
    await stage.command(DAILY)
    for typed in ("/flow snooze 1", "/flow skip 1 a while"):
        await stage.command(typed)
        assert labels(seen_alone(stage)) == ["1 day", "1 week", "2 weeks"]

    await press(stage, seen_alone(stage), "1 week")
    assert "until Mon 30 Nov." in stage.said()[-1].text
