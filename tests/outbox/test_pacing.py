"""How fast messages follow each other, and which go first."""

from datetime import datetime, timedelta
from itertools import pairwise

from bot.outbox.entries import ANSWERS_FIRST, DIGESTS_LATER, OutgoingAnswer
from bot.outbox.pace import FULL_BUDGET, KEPT_FOR_PEOPLE, LEAST_BUDGET, MOST_BUDGET, Pace
from bot.outbox.store import tell
from bot.slack.messages import Answer, Message, Target
from tests.stage import Stage

NOW = 1_000.0
SECOND = timedelta(seconds=1)


async def say(stage: Stage, text: str, *, channel: str = "CTRAIN", priority: int) -> None:
    """Write a message into the outbox, as a job does."""
    outgoing = OutgoingAnswer(
        key=text, target=Target(channel), answer=Answer(Message(text)), priority=priority
    )
    await stage.bot.parts.database.transaction(lambda tx: tell(tx, outgoing, now=stage.clock.now()))


def posted_at(stage: Stage, channel: str) -> list[datetime]:
    return [
        call.at
        for call in stage.slack.calls
        if call.method == "chat.postMessage" and call.arguments["channel"] == channel
    ]


async def test_a_channel_gets_at_most_one_message_a_second(stage: Stage) -> None:
    for number in range(5):
        await say(stage, f"message {number}", priority=ANSWERS_FIRST)
    await stage.settle()

    moments = posted_at(stage, "CTRAIN")
    assert len(moments) == 5
    assert all(later - earlier >= SECOND for earlier, later in pairwise(moments))


async def test_one_channels_queue_holds_up_no_other(stage: Stage) -> None:
    for number in range(200):
        await say(stage, f"message {number}", priority=ANSWERS_FIRST)
    await say(stage, "elsewhere", channel="CGENERAL", priority=DIGESTS_LATER)
    before = stage.clock.now()
    await stage.bot.settle()

    assert [each.text for each in stage.said("CGENERAL")] == ["elsewhere"]
    assert stage.clock.now() == before


async def test_answers_to_people_go_before_digests(stage: Stage) -> None:
    for number in range(3):
        await say(stage, f"digest {number}", priority=DIGESTS_LATER)
    await say(stage, "answer", priority=ANSWERS_FIRST)
    await stage.settle()

    assert [each.text for each in stage.said()] == ["answer", "digest 0", "digest 1", "digest 2"]


async def test_a_message_that_is_tried_again_holds_up_none_behind_it(stage: Stage) -> None:
    for number in range(6):
        await say(stage, f"message {number}", priority=ANSWERS_FIRST)
    stage.slack.refuse("chat.postMessage", error="internal_error")
    await stage.settle()

    assert {each.text for each in stage.said()} == {f"message {number}" for number in range(6)}


def test_a_workspace_gets_no_more_than_its_budget_a_minute() -> None:
    pace = Pace()
    for number in range(FULL_BUDGET):
        pace.sent(f"C{number}", now=NOW)

    assert pace.wait("CNEW", now=NOW + 10) == 50.0
    assert pace.wait("CNEW", now=NOW + 60) == 0.0


def test_the_budget_is_halved_when_slack_objects_but_never_below_the_least() -> None:
    pace = Pace()
    pace.slow_down(now=NOW)
    assert pace.budget == FULL_BUDGET // 2

    for _ in range(10):
        pace.slow_down(now=NOW)
    assert pace.budget == LEAST_BUDGET


def test_the_budget_grows_back_after_quiet_minutes() -> None:
    pace = Pace()
    pace.slow_down(now=NOW)
    pace.slow_down(now=NOW)

    pace.wait("C1", now=NOW + 60)
    assert pace.budget == FULL_BUDGET // 2
    pace.wait("C1", now=NOW + 90)
    assert pace.budget == FULL_BUDGET // 2
    pace.wait("C1", now=NOW + 120)
    assert pace.budget == FULL_BUDGET


async def test_the_pause_of_a_channel_begins_when_slack_answers(stage: Stage) -> None:
    for number in range(3):
        await say(stage, f"message {number}", priority=ANSWERS_FIRST)
    stage.slack.disturb("chat.postMessage", kind="slow", seconds=0.9, times=3)
    await stage.settle()

    posted = [float(each.ts) for each in stage.said()]
    assert len(posted) == 3
    assert all(later - earlier >= 1 for earlier, later in pairwise(posted))


async def test_what_slack_asks_for_one_message_holds_for_all(stage: Stage) -> None:
    channels = ("CTRAIN", "CGENERAL", "UADA", "UGRACE")
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=30)
    for number, channel in enumerate(channels):
        await say(stage, f"message {number}", channel=channel, priority=ANSWERS_FIRST)
        await stage.bot.settle()

    assert [len(posted_at(stage, channel)) for channel in channels] == [1, 0, 0, 0]
    stage.clock.advance(seconds=30)
    await stage.settle()
    assert [len(posted_at(stage, channel)) for channel in channels] == [2, 1, 1, 1]


def _kept_busy(pace: Pace, *, since: float, seconds: int, takes: int = MOST_BUDGET) -> float:
    """Send what there is room for, to ever new channels; Slack objects above `takes` a minute."""
    sent: list[float] = []
    now = since
    while now < since + seconds:
        number = 0
        while not pace.wait(f"C{now}:{number}", now=now):
            recent = [each for each in sent if now - each < 60]
            if len(recent) >= takes:
                pace.slow_down(now=now, wait=1.0)
                break
            pace.sent(f"C{now}:{number}", now=now)
            sent.append(now)
            number += 1
        now += 0.5
    return len([each for each in sent if each >= since + seconds - 60])


def test_more_goes_out_while_there_is_more_to_say_and_slack_takes_it() -> None:
    pace = Pace()
    assert _kept_busy(pace, since=NOW, seconds=60) == FULL_BUDGET
    assert _kept_busy(pace, since=NOW + 60, seconds=600) > FULL_BUDGET
    _kept_busy(pace, since=NOW + 660, seconds=1800)
    assert pace.budget == MOST_BUDGET


def test_where_slack_objects_to_the_pace_it_stays_just_below_that() -> None:
    pace = Pace()
    _kept_busy(pace, since=NOW, seconds=600, takes=300)
    assert _kept_busy(pace, since=NOW + 600, seconds=600, takes=300) == 294


def test_it_is_found_out_anew_after_an_hour() -> None:
    pace = Pace()
    _kept_busy(pace, since=NOW, seconds=600, takes=300)
    _kept_busy(pace, since=NOW + 600, seconds=5400)
    assert pace.budget == MOST_BUDGET


def test_of_a_full_minute_some_is_kept_for_what_people_ask() -> None:
    pace = Pace()
    number, now = 0, NOW
    while now < NOW + 59:
        while not pace.wait(f"C{number}", now=now, can_wait=True):
            pace.sent(f"C{number}", now=now)
            number += 1
        now += 0.5

    kept = FULL_BUDGET // KEPT_FOR_PEOPLE
    assert number == FULL_BUDGET - kept
    for each in range(kept):
        assert not pace.wait(f"D{each}", now=NOW + 59)
        pace.sent(f"D{each}", now=NOW + 59)
    assert pace.wait("DNEW", now=NOW + 59) == 1.0


def test_what_can_wait_is_spread_over_the_minute() -> None:
    """So that whoever asks something finds room at once, and not when the minute is over."""
    pace = Pace()
    number = 0
    while not pace.wait(f"C{number}", now=NOW, can_wait=True):
        pace.sent(f"C{number}", now=NOW)
        number += 1

    assert number == 40
    assert pace.wait("CNEW", now=NOW, can_wait=True) == 10.0
    assert not pace.wait("CNEW", now=NOW)


def test_an_objection_to_the_pace_costs_no_quiet_minute() -> None:
    pace = Pace()
    for number in range(FULL_BUDGET):
        pace.sent(f"C{number}", now=NOW)
    pace.slow_down(now=NOW, wait=2.0)
    assert pace.budget == 235

    pace.slow_down(now=NOW + 60, wait=2.0)  # of one channel, it seems
    assert pace.budget == 117


async def test_a_persons_answer_goes_out_while_digests_have_used_up_their_share(
    stage: Stage,
) -> None:
    for number in range(FULL_BUDGET):
        await say(stage, f"digest {number}", channel=f"U{number:05}", priority=DIGESTS_LATER)
    await stage.bot.settle()
    await say(stage, "answer", priority=ANSWERS_FIRST)
    before = stage.clock.now()
    await stage.bot.settle()

    assert [each.text for each in stage.said()] == ["answer"]
    assert stage.clock.now() == before


def test_what_went_out_lately_is_counted_once_also_by_who_sent_it() -> None:
    pace = Pace()
    lately = [(f"C{number}", NOW - FULL_BUDGET + number) for number in range(FULL_BUDGET)]
    for channel, at in lately[: FULL_BUDGET // 2]:
        pace.sent(channel, now=at)

    pace.take_up([("C1", NOW - 30.0), ("C2", NOW - 0.5)])
    assert pace.full(now=NOW) == 0
    assert pace.wait("C1", now=NOW) == 0
    assert pace.wait("C2", now=NOW) == 0.5

    pace.take_up((f"C{number}", NOW - 30.0) for number in range(FULL_BUDGET))
    assert pace.full(now=NOW) == 30
