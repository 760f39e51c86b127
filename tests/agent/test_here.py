"""In the conversation "here" is the channel that somebody looks at: shown before it is done."""

import pytest

from tests.agent.talking import asked
from tests.asking.seeing import words
from tests.stage import Stage


@pytest.fixture
async def looking(known: Stage) -> Stage:
    """Return a stage on which Ada looks at #training while she writes to Flowbot."""
    await known.slack.agent.look_at("CTRAIN", user="UADA")
    await known.settle()
    return known


@pytest.mark.parametrize(
    "line",
    [
        "every Monday at 9 send onboarding here",
        "send onboarding to this channel every Monday at 9",
        "onboarding in this channel every monday 9:00",
    ],
)
async def test_a_digest_is_ordered_for_the_channel_in_view(looking: Stage, line: str) -> None:
    [shown] = await asked(looking, line)
    assert shown.text.startswith("Shall I send Onboarding to another channel, Mondays at 09:00")
    assert "CTRAIN" in str(shown.blocks)
    assert await looking.rows("SELECT id FROM subscriptions") == []

    await looking.slack.click(shown, action_id="type_line")
    await looking.settle()
    [ordered] = await looking.rows("SELECT channel, creator FROM subscriptions")
    assert ordered == {"channel": "CTRAIN", "creator": "UADA"}


async def test_the_digests_of_the_channel_in_view_are_listed_in_the_thread(looking: Stage) -> None:
    await looking.command("/flow subscribe report onboarding weekdays 09:00", channel="CTRAIN")
    await looking.command("/flow subscribe report gdpr weekdays 09:00", channel="CFIELD")
    [listed] = await asked(looking, "which digests are here?")

    assert "in #training" in listed.text
    assert "Onboarding" in words(listed)
    assert "gdpr" not in words(listed).casefold()


async def test_what_is_posted_there_is_shown_first(looking: Stage) -> None:
    before = len(looking.said("CTRAIN"))
    [shown] = await asked(looking, "post onboarding here")
    assert "Shall I do this in" in words(shown)
    assert len(looking.said("CTRAIN")) == before

    await looking.slack.click(shown, action_id="do")
    await looking.settle()
    assert looking.said("CTRAIN")[-1].text.startswith("5 people are overdue in Onboarding")


async def test_what_is_asked_there_is_answered_in_the_thread(looking: Stage) -> None:
    before = len(looking.said("CTRAIN"))
    [answer] = await asked(looking, "who is overdue in onboarding here?")

    assert answer.text.startswith("5 people are overdue in Onboarding")
    assert len(looking.said("CTRAIN")) == before


async def test_a_watch_is_for_the_channel_in_view_and_shown_first(looking: Stage) -> None:
    [shown] = await asked(looking, "watch invoice run here")
    assert await looking.rows("SELECT id FROM watches") == []

    await looking.slack.click(shown, action_id="do")
    await looking.settle()
    [watch] = await looking.rows("SELECT channel FROM watches")
    assert watch == {"channel": "CTRAIN"}


async def test_without_a_channel_in_view_here_is_the_conversation(known: Stage) -> None:
    [shown] = await asked(known, "every Monday at 9 send onboarding here")

    assert shown.text.startswith("Shall I send Onboarding here, Mondays")


async def test_a_channel_shared_with_others_is_not_here(known: Stage) -> None:
    await known.slack.agent.look_at("CSHARED", user="UADA")
    [shown] = await asked(known, "every Monday at 9 send onboarding here")

    assert shown.text.startswith("Shall I send Onboarding here, Mondays")
    assert "CSHARED" not in str(shown.blocks)


async def test_after_half_a_day_nobody_knows_where_somebody_looks(looking: Stage) -> None:
    looking.clock.advance(seconds=13 * 3600)
    [shown] = await asked(looking, "every Monday at 9 send onboarding here")

    assert shown.text.startswith("Shall I send Onboarding here, Mondays")


async def test_in_a_channel_here_is_that_channel(looking: Stage) -> None:
    await looking.slack.say(
        "@flowbot every Monday at 9 send onboarding here", user="UADA", channel="CGENERAL"
    )
    await looking.settle()

    assert looking.whispered()[-1].startswith("Shall I send Onboarding here, Mondays")
