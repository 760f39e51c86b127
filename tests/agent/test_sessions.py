"""A thread with Flowbot as an agent is shown as worked on while it is, and never longer."""

import asyncio

import pytest

from bot.agent.store import SessionStore
from sandbox.slack import Message
from tests.agent.talking import answers, asked, said, session, statuses
from tests.stage import Stage

STOPPED = "Stopped. Ask again whenever you like."
ONBOARDING = "5 people are overdue in Onboarding (25 of 45 done, 56%)."


async def test_a_question_is_answered_in_its_thread(known: Stage) -> None:
    [answer] = await asked(known, "onboarding")

    assert answer.text.startswith(ONBOARDING)
    assert answer.ephemeral_to == ""
    assert known.said(answer.channel) == []  # nothing beside its thread


async def test_the_thread_is_worked_on_and_then_rests(known: Stage) -> None:
    message = await said(known, "who is <#CTRAIN|training> overdue in onboarding?")
    await known.settle()

    assert statuses(known) == ["processing", "active"]
    shown = session(known, message)
    assert (shown.status, shown.initiator) == ("active", "UADA")
    assert shown.title == "who is #training overdue in onboarding?".replace("#", "")


async def test_a_further_line_is_answered_in_the_same_thread_and_names_it_not_anew(
    known: Stage,
) -> None:
    first = await said(known, "onboarding")
    await known.settle()
    await said(known, "help", thread_ts=first.ts)
    await known.settle()

    told = [each for each in answers(known, first) if each.user == known.slack.bot_user_id]
    assert [each.text[:9] for each in told] == [ONBOARDING[:9], "What I ca"]
    assert session(known, first).title == "onboarding"


async def test_a_line_that_comes_again_is_answered_once(known: Stage) -> None:
    direct = known.slack.agent.conversation("UADA").id
    event = {"type": "message", "channel": direct, "channel_type": "im", "user": "UADA"}
    event |= {"ts": "1795332600.000100", "text": "help"}
    root = await said(known, "help")
    await known.settle()
    before = len(answers(known, root))

    await known.slack.event({**event, "thread_ts": root.ts}, redeliver=2)
    await known.settle()
    assert len(answers(known, root)) == before + 1
    assert statuses(known) == ["processing", "active"] * 2


@pytest.mark.parametrize(("switch", "value"), [("answer_500", 50), ("expired_key", True)])
async def test_it_rests_after_a_failure_too(known: Stage, switch: str, value: object) -> None:
    known.momoflow.set_switch(switch, value)
    message = await said(known, "onboarding")
    await known.settle()
    await known.after(minutes=4, step=20)

    assert answers(known, message)
    assert session(known, message).status == "active"


async def test_it_rests_after_a_crash_of_whoever_showed_it_as_worked_on(known: Stage) -> None:
    message = await said(known, "onboarding")
    thread = {"channel_id": message.channel, "thread_ts": message.ts}
    parts, now = known.bot.parts, known.clock.now()
    [begun] = await parts.jobs.claim(now=now, limit=1)
    assert begun.name == "agent_work"
    await SessionStore(parts.database).begun(message.channel, message.ts, now=now)
    await parts.slack.call("agents.sessions.setStatus", **thread, status="processing")

    await known.bot.begin()  # whoever takes over from the process that died here
    await known.settle()
    await known.after(seconds=30)
    assert answers(known, message)
    assert session(known, message).status == "active"


async def stopped_after(stage: Stage, seconds: float) -> Message:
    """Ask what takes 20 seconds and stop it after some; return what was asked."""
    stage.momoflow.set_switch("slow", 20)
    message = await said(stage, "onboarding")
    working = asyncio.create_task(stage.settle())
    delivery = stage.bot.delivery.worker
    async with asyncio.timeout(10):
        await stage.clock.until_waiting(2)  # the word that it takes long, and the vendor
        stage.clock.advance(seconds=seconds)
        while seconds >= 3 and not answers(stage, message):
            await delivery.settle()
        await stage.slack.agent.stop(message.ts, user="UADA")
        stopping = asyncio.create_task(stage.bot.engine.worker.settle())
        if seconds >= 3:
            stage.clock.advance(seconds=2)  # a channel takes one message a second
        while STOPPED not in [each.text for each in answers(stage, message)]:
            await delivery.settle()
        await stage.clock.until_waiting(1)
        stage.clock.advance(seconds=30)
        await asyncio.gather(working, stopping)
    return message


@pytest.mark.parametrize("seconds", [1, 4])
async def test_work_that_is_stopped_is_told_no_more(known: Stage, seconds: float) -> None:
    message = await stopped_after(known, seconds)

    assert [each.text for each in answers(known, message)] == [STOPPED]
    assert session(known, message).status == "active"
    assert await known.rows("SELECT key FROM jobs WHERE finished_at IS NULL AND run_at < '2'") == []


async def test_where_slack_has_no_sessions_it_is_told_in_the_older_way(known: Stage) -> None:
    known.slack.switches.paid_plan = False
    [answer] = await asked(known, "onboarding")

    assert answer.text.startswith(ONBOARDING)
    older = [each for each in known.slack.calls if each.method == "assistant.threads.setStatus"]
    assert [each.error for each in older] == [""]
    await asked(known, "help")
    refused = [each for each in known.slack.calls if each.error == "feature_disabled"]
    assert len(refused) == 1  # it is not asked again for an hour


async def test_a_slack_that_knows_no_sessions_yet_is_told_in_the_older_way(known: Stage) -> None:
    known.slack.refuse("agents.sessions.setStatus", error="unknown_method", times=99)
    [answer] = await asked(known, "onboarding")

    assert answer.text.startswith(ONBOARDING)
    older = [each for each in known.slack.calls if each.method == "assistant.threads.setStatus"]
    assert [each.error for each in older] == [""]


async def test_slack_being_busy_leaves_nothing_standing(known: Stage) -> None:
    known.slack.disturb(
        "agents.sessions.setStatus",
        kind="rate_limited",
        seconds=7,
        times=2,
        when=lambda given: given["status"] == "active",
    )
    message = await said(known, "onboarding")
    await known.settle()
    assert session(known, message).status == "processing"

    await known.after(seconds=40)
    assert session(known, message).status == "active"


async def test_where_slack_is_away_for_long_nobody_tries_for_ever(known: Stage) -> None:
    known.slack.disturb(
        "agents.sessions.setStatus",
        kind="http_500",
        times=10_000,
        when=lambda given: given["status"] == "active",
    )
    await said(known, "onboarding")
    await known.settle()
    await known.after(minutes=70, step=300)

    left = "SELECT name FROM jobs WHERE finished_at IS NULL AND name LIKE 'agent%'"
    assert await known.rows(left) == []


async def test_of_many_threads_at_once_not_all_are_shown_as_worked_on(known: Stage) -> None:
    for user in ("UADA", "UGRACE", "ULIN"):
        for _ in range(9):
            await said(known, "help", user=user)
    await known.settle()

    assert statuses(known).count("processing") == 20
    assert not [each for each in known.slack.calls if each.error == "ratelimited"]


async def test_a_button_is_answered_in_the_thread_of_its_message(known: Stage) -> None:
    message = await said(known, "help")
    await known.settle()
    [page] = answers(known, message)

    await known.slack.click(page, action_id="type_line")
    await known.settle()
    assert len(answers(known, message)) == 2
    assert known.said(message.channel) == []


async def test_a_guest_is_let_in_nowhere(known: Stage) -> None:
    with pytest.raises(ValueError, match="members only"):
        await said(known, "onboarding", user="UGUEST")
