"""A second person: asked in the channel, heard once, and then it is done as whoever wanted it."""

from datetime import timedelta

import pytest

from sandbox.slack import Message
from tests.asking.seeing import interactive, labels, words
from tests.stage import Stage
from tests.training.test_assign_form import opened, sent, window
from tests.webinars.test_changing import confirmed, entered, register

ASSIGN = "/flow-report assign onboarding @lin"
RULE = "/flow policy assign second person"
CARD = "ada wants to assign onboarding to lin@example.com. A second person must agree."


async def wanted(stage: Stage, user: str = "UADA", channel: str = "CTRAIN") -> None:
    """Want to assign, and confirm it."""
    await stage.command(ASSIGN, user=user, channel=channel)
    question = stage.slack.ephemerals(user)[-1]
    await stage.slack.click(question, action_id="confirm_assign", user=user)
    await stage.settle()


async def press(stage: Stage, label: str, user: str, card: Message | None = None) -> None:
    shown = card or stage.said()[-1]
    [button] = [each for each in interactive(shown.blocks) if each["text"]["text"] == label]
    await stage.slack.click(shown, action_id=button["action_id"], user=user)
    await stage.settle()


def made(stage: Stage) -> int:
    return sum(call.method == "POST" for call in stage.momoflow.calls)


async def outcomes(stage: Stage) -> list[tuple[str, str, str]]:
    found = await stage.rows("SELECT * FROM audit WHERE right_id = 'assign' ORDER BY id")
    return [(each["user_id"], each["came_to"], each["by"]) for each in found]


async def test_a_second_person_is_asked_in_the_channel(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)

    card = stage.said()[-1]
    assert card.text == CARD
    assert labels(card) == ["Agree", "Refuse"]
    assert "takes a second person. I asked in" in words(stage.slack.ephemerals("UADA")[-1])
    assert made(stage) == 0
    assert await outcomes(stage) == [("UADA", "waits for a second person", "")]


async def test_once_somebody_agrees_it_is_done_as_whoever_wanted_it(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    await press(stage, "Agree", "UGRACE")

    assert made(stage) == 1
    assert stage.said()[-1].text == (
        "ada wanted to assign onboarding to lin@example.com. grace agreed."
    )
    assert "nboarding is now assigned to lin@example.com" in stage.whispered("UADA")[-1]
    assert (await outcomes(stage))[-1] == ("UADA", "done", "UGRACE")


async def test_the_asker_cannot_agree(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    await press(stage, "Agree", "UADA")

    assert "Somebody else has to agree" in stage.whispered("UADA")[-1]
    assert made(stage) == 0
    assert labels(stage.said()[-1]) == ["Agree", "Refuse"]


@pytest.mark.parametrize(
    ("user", "why"),
    [
        ("UGUEST", "Guests cannot agree to this."),
        ("ULIN", "Only @training-leads or ada may assign training."),
    ],
)
async def test_who_may_not_do_it_cannot_agree(stage: Stage, user: str, why: str) -> None:
    stage.slack.admin.put_into_group("SLEADS", "UGRACE")
    await stage.command("/flow policy assign only @training-leads @ada")
    await stage.command(RULE)
    await joined(stage, user)
    await wanted(stage)
    await press(stage, "Agree", user)

    assert why in stage.whispered(user)[-1]
    assert made(stage) == 0
    await press(stage, "Agree", "UGRACE")
    assert made(stage) == 1


async def test_two_presses_and_two_people_count_once(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    card = stage.said()[-1]
    [agree, _] = interactive(card.blocks)
    for user in ("UGRACE", "UGRACE", "ULIN"):
        await stage.slack.click(card, action_id=agree["action_id"], user=user)
    await stage.settle()

    assert made(stage) == 1
    done = [each for each in await outcomes(stage) if each[1] == "done"]
    assert len(done) == 1
    late = {"UGRACE": "ULIN", "ULIN": "UGRACE"}[done[0][2]]
    assert "agreed" in stage.whispered(late)[-1] or "faster" in stage.whispered(late)[-1]


async def test_a_refusal_is_told_to_the_asker_and_can_be_asked_again(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    await press(stage, "Refuse", "UGRACE")

    assert made(stage) == 0
    assert stage.said()[-1].text.endswith("grace refused, so nothing was done.")
    told = stage.said("DADA")[-1]
    assert "grace refused" in words(told)
    assert (await outcomes(stage))[-1] == ("UADA", "refused by a second person", "UGRACE")
    await press(stage, "Ask again", "UADA", told)
    assert stage.said()[-1].text == CARD
    await press(stage, "Agree", "ULIN")
    assert made(stage) == 1


async def test_the_asker_may_take_it_back(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    await press(stage, "Refuse", "UADA")

    assert stage.said()[-1].text.endswith("ada refused, so nothing was done.")


async def test_what_nobody_agrees_to_ends_with_a_word_and_is_not_lost(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    await stage.at(stage.clock.now() + timedelta(hours=8, minutes=1))

    told = stage.said("DADA")[-1]
    assert "Nobody agreed in time, so nothing was done." in words(told)
    assert stage.said()[-1].text.endswith("Nobody agreed in time, so nothing was done.")
    assert (await outcomes(stage))[-1] == ("UADA", "nobody agreed in time", "")
    await stage.slack.click(told, action_id=next(iter(interactive(told.blocks)))["action_id"])
    await stage.settle()
    assert stage.said()[-1].text == CARD
    await press(stage, "Agree", "UGRACE")
    assert made(stage) == 1


async def test_an_old_card_says_what_became_of_it(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage)
    stage.clock.advance(seconds=8 * 3600 + 1)
    await press(stage, "Agree", "UGRACE")

    assert made(stage) == 0
    assert "Nobody agreed in time" in stage.whispered("UGRACE")[-1]


async def test_the_asker_has_to_have_the_right_still(stage: Stage) -> None:
    await stage.command(RULE)
    await wanted(stage, "ULIN")
    await stage.command("/flow policy assign not @lin")
    await press(stage, "Agree", "UGRACE")

    assert made(stage) == 0
    assert "can't assign training" in stage.whispered("ULIN")[-1]
    assert (await outcomes(stage))[-1] == ("ULIN", "denied", "UGRACE")


async def test_in_a_direct_message_there_is_nobody_to_ask(stage: Stage) -> None:
    await stage.command(RULE)
    direct = stage.slack.workspace.direct_message("UADA").id
    await wanted(stage, channel=direct)

    assert "nobody else reads this conversation" in stage.whispered("UADA")[-1]
    assert made(stage) == 0


async def test_the_window_in_which_it_was_wanted_says_who_is_asked(stage: Stage) -> None:
    await stage.command(RULE)
    await opened(stage)
    await sent(stage, {"assign_person": {"assign_person": "ULIN"}})
    await sent(stage, {})

    assert "takes a second person. I asked in" in words(window(stage))
    assert stage.said()[-1].text == CARD
    await press(stage, "Agree", "UGRACE")
    assert made(stage) == 1


async def test_a_channel_can_be_named_in_which_a_second_person_is_asked(stage: Stage) -> None:
    await stage.command("/flow policy assign second person asked in #general")
    await wanted(stage)

    assert stage.said("CGENERAL")[-1].text == CARD
    assert CARD not in [each.text for each in stage.said()]


async def test_a_cancelled_run_takes_a_second_person_as_well(stage: Stage) -> None:
    await stage.command("/flow policy cancel second person")
    await stage.command('/flow-run "Invoice run"')
    run = stage.said()[-1]
    await stage.slack.click(run, action_id="cancel_run")
    await stage.settle()

    card = stage.said()[-1]
    assert "ada wants to cancel the run" in card.text
    assert "of Invoice run" in card.text
    await press(stage, "Agree", "UGRACE", card)
    rows = await stage.rows("SELECT came_to, by FROM audit WHERE right_id = 'cancel' ORDER BY id")
    assert [(each["came_to"], each["by"]) for each in rows] == [
        ("waits for a second person", ""),
        ("done", "UGRACE"),
    ]


async def test_a_started_flow_takes_one_by_its_name(stage: Stage) -> None:
    await stage.command('/flow policy run second person about "Invoice run"')
    await stage.command('/flow-run "Invoice run"')

    assert stage.said()[-1].text.startswith("ada wants to run Invoice run.")
    await press(stage, "Agree", "UGRACE")
    assert "Invoice run" in stage.said()[-1].text


async def test_registering_somebody_takes_one(stage: Stage) -> None:
    await stage.command("/flow policy register second person")
    await register(stage)

    card = stage.said()[-1]
    assert card.text.startswith("ada wants to register new@example.com for Quarterly update.")
    await press(stage, "Agree", "UGRACE")
    assert "new@example.com is registered for Quarterly update" in stage.whispered("UADA")[-1]


async def test_creating_an_event_takes_one_and_keeps_what_was_entered(stage: Stage) -> None:
    await stage.command("/flow policy create second person")
    window = await confirmed(stage, await entered(stage))

    assert "takes a second person" in words(window)
    assert stage.said()[-1].text.startswith("ada wants to create Town hall.")
    await press(stage, "Refuse", "UGRACE")
    await press(stage, "Ask again", "UADA", stage.said("DADA")[-1])
    await press(stage, "Agree", "UGRACE")
    assert "Town hall saved as a draft" in stage.whispered("UADA")[-1]
    posted = [each for each in stage.flowapp.calls if each.method == "POST"]
    assert len(posted) == 1


async def test_nobody_is_asked_about_what_nobody_knows(stage: Stage) -> None:
    await stage.command("/flow policy run second person")
    await stage.command("/flow-run Invoce")

    assert stage.said() == []
    assert "Invoice run" in stage.slack.ephemerals("UADA")[-1].text + words(
        stage.slack.ephemerals("UADA")[-1]
    )


async def test_without_a_rule_nobody_is_asked(stage: Stage) -> None:
    await wanted(stage)

    assert made(stage) == 1


async def joined(stage: Stage, user: str) -> None:
    if user not in stage.slack.workspace.channels["CTRAIN"].members:
        await stage.slack.admin.join("CTRAIN", user)
        await stage.settle()
