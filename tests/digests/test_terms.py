"""Digests that come only when it is worth it: conditions, changes, and parts that count."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.asking.seeing import words
from tests.digests.people import stand
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
DAILY = "/flow subscribe report onboarding daily 09:00"
BELOW = f"{DAILY} only if completion < 80%"


def digests(stage: Stage) -> list[str]:
    return [each.text for each in stage.said() if not each.text.startswith("Done.")]


async def record(stage: Stage) -> list[tuple[str, str]]:
    rows = await stage.rows("SELECT state, reason FROM digest_runs ORDER BY id")
    return [(row["state"], row["reason"]) for row in rows]


async def test_a_threshold_is_told_once_when_it_is_crossed_and_again_once_it_was_back(
    stage: Stage,
) -> None:
    await stage.command(BELOW)
    for day, done in enumerate((84, 79, 75, 81, 79, 82, 78)):
        stand(stage, done=done, late=100 - done)
        await stage.at(NINE + day * DAY)

    assert await record(stage) == [
        ("not met", "Completion was 84%."),
        ("sent", ""),
        ("not met", "Completion was 75%, and you were told when it crossed 80%."),
        ("not met", "Completion was 81%, not yet back by 2%."),
        ("not met", "Completion was 79%, and you were told when it crossed 80%."),
        ("not met", "Completion was 82%."),
        ("sent", ""),
    ]
    assert len(digests(stage)) == 2


async def test_each_time_is_told_each_time(stage: Stage) -> None:
    await stage.command(f"{DAILY} each time completion < 80%")
    for day, done in enumerate((79, 75, 81)):
        stand(stage, done=done, late=100 - done)
        await stage.at(NINE + day * DAY)

    assert [state for state, _ in await record(stage)] == ["sent", "sent", "not met"]


async def test_a_crossing_that_did_not_reach_slack_is_told_the_next_time(stage: Stage) -> None:
    await stage.command(BELOW)
    stand(stage, done=70, late=30)
    stage.slack.refuse(
        "chat.postMessage",
        error="restricted_action",
        when=lambda arguments: arguments["channel"] == "CTRAIN",
    )
    await stage.at(NINE)
    await stage.at(NINE + DAY)

    assert [state for state, _ in await record(stage)] == ["failed", "sent"]


async def test_only_if_changed_leaves_out_what_was_said_before(stage: Stage) -> None:
    await stage.command(f"{DAILY} only if changed")
    stand(stage, done=70, late=30)
    await stage.at(NINE)
    await stage.at(NINE + DAY)
    stand(stage, done=71, late=30)
    await stage.at(NINE + 2 * DAY)

    assert await record(stage) == [
        ("sent", ""),
        ("unchanged", "Nothing changed since the last digest."),
        ("sent", ""),
    ]


async def test_by_hand_it_comes_whatever_its_condition(stage: Stage) -> None:
    await stage.command(BELOW)
    stand(stage, done=90, late=10)
    await stage.command("/flow now 1")

    assert len(digests(stage)) == 1


async def test_the_order_the_list_the_footer_and_why_say_the_condition(stage: Stage) -> None:
    await stage.command(BELOW)
    stand(stage, done=70, late=30)
    await stage.at(NINE)
    await stage.command("/flow list")
    await stage.command("/flow why 1")

    condition = "only when completion falls below 80%"
    reply, digest = stage.said()
    assert condition in reply.text
    assert "It comes once, and again after completion was back at 82%." in reply.text
    assert f"Digest 1, every day at 09:00, {condition}" in words(digest)
    listed, why = stage.slack.ephemerals("UADA")[-2:]
    assert condition.capitalize() in words(listed)
    assert condition in words(why)


async def test_a_condition_on_no_figure_there_is_names_those_that_there_are(stage: Stage) -> None:
    await stage.command(f"{DAILY} only if satisfaction < 80%")

    assert 'There is no figure "satisfaction" here.' in stage.whispered()[-1]
    assert "completion, completed, assigned, overdue" in stage.whispered()[-1]
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_only_the_flows_that_are_wanted_are_in_a_digest_of_all(stage: Stage) -> None:
    await stage.command('/flow subscribe report all daily 09:00 without flows "*onboarding*"')
    await stage.at(NINE)

    _, digest = stage.said()
    assert "without *onboarding*" in words(digest)
    assert "Onboarding" not in words(digest)


async def test_ordering_it_again_with_another_condition_changes_the_digest(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command(BELOW)

    [row] = await stage.rows("SELECT terms FROM subscriptions")
    assert '"completion"' in row["terms"]


@pytest.mark.parametrize(
    "wishes",
    [
        "only if changed only if completion < 80%",
        "only if completion < 80% only if changed",
        "if changed quiet 22:00-07:00 whenever completion < 80% without file",
    ],
)
async def test_wishes_are_read_in_any_order(stage: Stage, wishes: str) -> None:
    stand(stage, done=70, late=30)
    await stage.command(f"/flow subscribe report onboarding weekdays 9:00 {wishes}")

    (row,) = await stage.rows("SELECT terms FROM subscriptions")
    terms = json.loads(row["terms"])
    assert terms["only_changed"]
    assert terms["only_if"]["figure"] == "completion"


async def test_a_figure_that_is_not_known_is_named_without_the_wish_before_it(
    stage: Stage,
) -> None:
    await stage.command(f"{DAILY} only if changed only if compleshun < 80%")

    assert 'There is no figure "compleshun" here.' in stage.whispered()[-1]
    assert await stage.rows("SELECT id FROM subscriptions") == []
