"""Who would be registered for what is shown first, and done by a press of its button alone."""

from bot.webinars.intents import ProposeRegistration
from tests.asking.proposing import press, proposed
from tests.asking.seeing import interactive, labels, words
from tests.stage import Stage

NIA = ("new@example.com", "Nia", "Novak")


async def test_nobody_is_registered_without_the_press(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRegistration("Quarterly update", *NIA))
    if "Register" not in labels(shown):  # it has several sessions: the first is chosen
        [first, *_] = [each["action_id"] for each in interactive(shown.blocks)]
        await stage.slack.click(shown, action_id=first)
        await stage.settle()
        shown = stage.slack.ephemerals("UADA")[-1]

    said = words(shown)
    assert "Register this person for Quarterly update?" in said
    assert all(each in said for each in (NIA[0], "Nia Novak", "Begins: "))

    await press(stage, shown)
    await press(stage, shown)
    told = [each for each in stage.whispered() if "is registered for Quarterly update" in each]
    assert len(told) == 1


async def test_a_name_of_nothing_is_answered_with_the_nearest(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRegistration("Quaterly updat", *NIA))

    assert 'Did you mean "Quarterly update"?' in shown.text
    assert "Register" not in labels(shown)


async def test_a_guest_registers_nobody(stage: Stage) -> None:
    shown = await proposed(stage, ProposeRegistration("Quarterly update", *NIA), user="UGUEST")

    assert shown.text.startswith("Guests cannot register people.")
    assert labels(shown) == []
