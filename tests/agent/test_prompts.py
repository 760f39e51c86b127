"""What is suggested: what fits where somebody looks, and nothing that is not theirs to know."""

import pytest

from tests.agent.talking import said
from tests.stage import Stage

METHOD = "assistant.threads.setSuggestedPrompts"


async def looks_at(stage: Stage, channel: str, *, user: str = "UADA") -> dict[str, str]:
    """Open the conversation while looking at a channel; return what is suggested, by title."""
    stage.slack.agents.looking[user] = channel
    await stage.slack.open_home(user=user, tab="messages")
    await stage.settle()
    return suggested(stage, user=user)


def suggested(stage: Stage, *, user: str = "UADA") -> dict[str, str]:
    place = stage.slack.agent.conversation(user)
    return {each.title: each.message for each in stage.slack.agents.prompts(place.id).offered}


def heading(stage: Stage) -> str:
    return stage.slack.agents.prompts(stage.slack.agent.conversation("UADA").id).title


def times(stage: Stage) -> int:
    return len([each for each in stage.slack.calls if each.method == METHOD])


async def test_what_can_be_asked_is_suggested_with_real_names(known: Stage) -> None:
    prompts = await looks_at(known, "")

    assert heading(known) == "Some things to ask"
    assert len(prompts) == 4
    assert prompts["What can you do?"] == "help"
    assert prompts["Upcoming webinars"] == "upcoming webinars"
    assert prompts["gdpr: who has completed it, and who is overdue"] == "gdpr"


async def test_each_suggestion_is_understood(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding overdue weekdays 09:00")
    await known.command("/flow subscribe events week mondays 09:00")
    for channel in ("", "CTRAIN"):
        for title in await looks_at(known, channel):
            outcome = await known.slack.agent.press(title, user="UADA")
            await known.settle()
            message = outcome.message
            assert message
            [first, *_] = known.slack.thread(message.channel, message.ts)
            assert "didn't understand" not in first.text, title
            assert "Which of these" not in first.text, title


async def test_a_channels_own_questions_come_first(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding overdue weekdays 09:00")
    prompts = await looks_at(known, "CTRAIN")

    assert heading(known) == "About #training"
    assert list(prompts.items())[:2] == [
        ("Onboarding, overdue", "onboarding, overdue"),
        ("Digests of this channel", "digests here"),
    ]


async def test_what_went_wrong_in_a_channel_comes_before_all_else(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    known.momoflow.set_switch("answer_400", 9)
    await known.after(hours=1, step=60)  # 09:00 in Berlin is passed

    first, *_ = (await looks_at(known, "CTRAIN")).items()
    assert first == ("Why did Onboarding not come?", "why did digest 1 not come?")
    others = await looks_at(known, "CTRAIN", user="ULIN")  # not hers to ask
    assert not [each for each in others if each.startswith("Why")]


async def test_where_somebody_looks_later_changes_what_is_suggested(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    await looks_at(known, "")
    known.clock.advance(seconds=30)
    await known.slack.agent.look_at("CTRAIN", user="UADA")
    await known.settle()

    assert heading(known) == "About #training"


async def test_of_quick_looks_the_last_counts(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    await looks_at(known, "")
    before = times(known)
    for channel in ("CTRAIN", "CGENERAL", "CFIELD", "CTRAIN"):
        await known.slack.agent.look_at(channel, user="UADA")
        await known.bot.settle()
    await known.after(seconds=20)

    assert heading(known) == "About #training"
    assert times(known) == before + 1


async def test_the_same_is_not_suggested_again_and_again(known: Stage) -> None:
    await looks_at(known, "")
    for _ in range(3):
        known.clock.advance(seconds=20)
        await looks_at(known, "")
    assert times(known) == 1

    known.clock.advance(seconds=700)
    await looks_at(known, "")
    assert times(known) == 2


@pytest.mark.parametrize("channel", ["GLEADS", "CSHARED"])
async def test_a_channel_that_others_may_not_know_of_is_not_told_of(
    known: Stage, channel: str
) -> None:
    known.slack.workspace.channels  # noqa: B018
    await known.slack.invite("GLEADS", inviter="UADA")
    await known.settle()
    await known.command("/flow subscribe report onboarding weekdays 09:00", channel="GLEADS")
    user = "ULIN" if channel == "GLEADS" else "UADA"  # she is not in #leads
    prompts = await looks_at(known, channel, user=user)

    assert "Digests of this channel" not in prompts
    titled = known.slack.agents.prompts(known.slack.agent.conversation(user).id).title
    assert titled == "Some things to ask"


async def test_nothing_is_suggested_that_somebody_may_not_ask(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    await known.command("/flow policy ask only @ada")
    prompts = await looks_at(known, "CTRAIN", user="UGRACE")

    assert prompts == {"What can you do?": "help"}


async def test_the_welcome_comes_once(known: Stage) -> None:
    direct = known.slack.agent.conversation("UGRACE").id
    for _ in range(3):
        await looks_at(known, "", user="UGRACE")
        known.clock.advance(seconds=60)

    assert [each.text[:5] for each in known.said(direct)] == ["Hello"]


@pytest.mark.parametrize(
    "context",
    [
        None,
        [],
        {"entities": None},
        {"entities": ["CTRAIN"]},
        {"entities": [{"type": "slack#/types/channel_id", "value": {"id": "CTRAIN"}}]},
        {"entities": [{"type": "slack#/types/canvas_id", "value": "CTRAIN"}]},
    ],
)
async def test_a_context_that_nobody_can_read_is_none(known: Stage, context: object) -> None:
    direct = known.slack.agent.conversation("UADA").id
    event = {"type": "app_home_opened", "user": "UADA", "channel": direct, "tab": "messages"}
    outcome = await known.slack.event({**event, "context": context})
    await known.settle()

    assert outcome.status == 200
    assert heading(known) == "Some things to ask"


async def test_the_message_in_view_stands_for_its_channel(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    direct = known.slack.agent.conversation("UADA").id
    value = {"channel_id": "CTRAIN", "message_ts": "1.000001"}
    context = {"entities": [{"type": "slack#/types/message_context", "value": value}]}
    event = {"type": "app_home_opened", "user": "UADA", "channel": direct, "tab": "messages"}
    await known.slack.event({**event, "context": context})
    await known.settle()

    assert heading(known) == "About #training"


async def test_where_slack_has_no_agent_nothing_else_suffers(known: Stage) -> None:
    known.slack.switches.paid_plan = False
    await looks_at(known, "")
    message = await said(known, "help")
    await known.settle()

    assert known.slack.thread(message.channel, message.ts)


async def test_slack_being_busy_is_waited_for(known: Stage) -> None:
    known.slack.disturb(METHOD, kind="rate_limited", seconds=9)
    await looks_at(known, "")
    assert heading(known) == ""
    await known.after(seconds=15)
    assert heading(known) == "Some things to ask"
