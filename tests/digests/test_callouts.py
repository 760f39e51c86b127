"""Who is called by the note of a digest: those whom it names, once, and nobody else ever."""

from datetime import UTC, datetime, timedelta

from sandbox.slack import Message
from tests.asking.seeing import words
from tests.digests.people import stand
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
NOTE = 'note "<@UGRACE|grace> and <!subteam^S1|@leads>, please look"'


def digests(stage: Stage) -> list[Message]:
    return [each for each in stage.said() if not each.text.startswith("Done.")]


def called(shown: Message) -> list[str]:
    """Return all whom a message notifies, in Slack's words."""
    return [f"{each}" for each in shown.pages]


async def test_a_note_calls_those_in_it_with_the_first_digest_and_no_other(stage: Stage) -> None:
    await stage.command(f"{DAILY} {NOTE}")
    for days in range(3):
        await stage.at(NINE + days * DAY)

    first, second, third = digests(stage)
    assert called(first) == ["UGRACE", "!subteam^S1"]
    assert called(second) == called(third) == []
    assert "@grace and @leads, please look" in words(second).replace("\n", "")


async def test_each_crossing_of_a_threshold_calls_once(stage: Stage) -> None:
    await stage.command(f"{DAILY} each time completion < 80% {NOTE}")
    for days, done in enumerate((79, 75, 90, 70)):
        stand(stage, done=done, late=100 - done)
        await stage.at(NINE + days * DAY)

    assert [called(each) for each in digests(stage)] == [
        ["UGRACE", "!subteam^S1"],
        [],
        ["UGRACE", "!subteam^S1"],
    ]


async def test_by_hand_and_in_what_is_said_of_a_digest_nobody_is_called(stage: Stage) -> None:
    await stage.command(f"{DAILY} {NOTE}")
    assert "@grace and @leads, please look" in stage.said()[-1].text
    await stage.command("/flow now 1")
    await stage.command("/flow list")

    assert [called(each) for each in stage.said()] == [[], []]
    assert called(stage.slack.ephemerals("UADA")[-1]) == []
    await stage.at(NINE)
    assert called(digests(stage)[-1]) == ["UGRACE", "!subteam^S1"]


async def test_a_note_never_calls_a_channel_or_everybody(stage: Stage) -> None:
    await stage.command(f'{DAILY} note "<!channel> <!here|here> <!everyone> <#CTRAIN|training>"')
    await stage.at(NINE)

    [shown] = digests(stage)
    assert called(shown) == called(stage.said()[0]) == []


async def test_one_that_did_not_get_there_calls_the_next_time(stage: Stage) -> None:
    await stage.command(f"{DAILY} {NOTE}")
    stage.slack.refuse(
        "chat.postMessage",
        error="restricted_action",
        when=lambda arguments: arguments["channel"] == "CTRAIN",
    )
    await stage.at(NINE)
    await stage.at(NINE + DAY)

    assert [called(each) for each in digests(stage)] == [["UGRACE", "!subteam^S1"]]
