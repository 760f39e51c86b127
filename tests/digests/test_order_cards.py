"""An order in plain words, shown first: it can be changed in the form before it is given."""

from typing import Any

from tests.asking.seeing import interactive, labels, words
from tests.digests.forms import held, shown, submit
from tests.digests.test_menus import press, seen_alone
from tests.stage import Stage


def opener(blocks: Any) -> str:
    """Return the action of the button that opens the empty form."""
    buttons = interactive(blocks)
    return next(str(each["action_id"]) for each in buttons if "New digest" in str(each.get("text")))


async def test_an_order_in_words_opens_the_form_filled_in(stage: Stage) -> None:
    await stage.slack.say("@Flowbot every friday at 16:30 send gdpr overdue here", channel="CTRAIN")
    await stage.settle()
    card = seen_alone(stage)
    assert labels(card) == ["Yes, send it", "Change"]

    await press(stage, card, "Change")
    view = shown(stage)
    assert "Gdpr, overdue" in words(view)
    names = ("digest_often", "digest_day", "digest_time", "digest_places")
    assert [held(view, name) for name in names] == ["weekly", "friday", "16:30", ["CTRAIN"]]

    assert (await submit(stage, note="for the round")).errors == {}
    assert stage.said()[-1].text.startswith("Done. I'll post Gdpr, overdue every Friday at 16:30")


async def test_the_empty_form_opens_from_a_list_and_from_home(stage: Stage) -> None:
    await stage.command("/flow list")
    await press(stage, seen_alone(stage), "New digest")
    assert shown(stage).title == "New digest"
    assert held(shown(stage), "digest_places") == ["CTRAIN"]
    await stage.slack.close_view(shown(stage))

    await stage.slack.open_home()
    await stage.settle()
    home = stage.slack.home_of("UADA")
    assert home is not None
    await stage.slack.click(home, action_id=opener(home.blocks))
    assert shown(stage).title == "New digest"
