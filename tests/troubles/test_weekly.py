"""Once a week a few admins hear what is quiet, once however many processes run."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.asking.seeing import words
from tests.stage import Stage, open_stage

TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
"""09:30 in Berlin."""
DAY = timedelta(days=1)


async def order(stage: Stage, *flows: str, user: str = "ULIN", channel: str = "CTRAIN") -> None:
    for flow in flows:
        line = f"/flow subscribe report {flow} daily 09:00 Europe/Berlin"
        await stage.command(line, user=user, channel=channel)


def told(stage: Stage, admin: str = "DADA") -> list[str]:
    return [each.text for each in stage.said(admin) if " attention: " in each.text]


async def quiet(stage: Stage) -> None:
    """Let two digests rest in a channel, and one more lose its owner."""
    await order(stage, "onboarding", "gdpr")
    await order(stage, "onboarding", user="UGRACE", channel="CGENERAL")
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()
    await stage.slack.admin.change_person("UGRACE", deleted=True)
    await stage.settle()


async def test_admins_hear_once_a_week_what_is_quiet_and_since_when(path: Path) -> None:
    async with open_stage(path, timezone="Europe/Berlin") as stage:
        await quiet(stage)
        for days in range(14):
            await stage.at(NEXT_MONDAY + days * DAY)

        assert len(told(stage)) == 2
        first = told(stage)[0]
        assert first.startswith("3 digests need attention: 2 digests: archived, since Mon 23 Nov; ")
        assert "1 digest: without an owner" in first or "Onboarding: without an owner" in first
        shown = next(each for each in stage.said("DADA") if " attention: " in each.text)
        assert "All digests" in str(shown.blocks)


async def test_where_nothing_is_quiet_nothing_is_said(stage: Stage) -> None:
    await order(stage, "onboarding")
    for days in range(10):
        await stage.at(NEXT_MONDAY + days * DAY)

    assert told(stage) == []


async def test_two_processes_say_it_once(path: Path) -> None:
    async with open_stage(path) as stage:
        await quiet(stage)
        await stage.at(NEXT_MONDAY + timedelta(hours=1))
        assert len(told(stage)) == 1
    later = NEXT_MONDAY + timedelta(hours=2)
    async with open_stage(path, now=later) as other:
        await other.at(later)
        assert told(other) == []


async def test_it_can_be_switched_off(path: Path) -> None:
    async with open_stage(path, quiet_report=False) as stage:
        await quiet(stage)
        await stage.at(NEXT_MONDAY + timedelta(hours=1))

        assert told(stage) == []


async def test_a_digest_that_keeps_failing_is_quiet_too(stage: Stage) -> None:
    await order(stage, "onboarding")
    stage.momoflow.set_switch("answer_500", 10_000)
    for days in range(7):
        for minutes in (0, 6, 12, 18):
            await stage.at(TUESDAY + days * DAY + timedelta(minutes=minutes))
    await stage.at(NEXT_MONDAY + timedelta(hours=1))

    [line] = told(stage)
    assert line.startswith("Onboarding needs attention: Onboarding: failed several times in a row")


async def test_the_channel_stands_in_the_line_as_a_channel(stage: Stage) -> None:
    await quiet(stage)
    await stage.at(NEXT_MONDAY + timedelta(hours=1))

    shown = next(each for each in stage.said("DADA") if " attention: " in each.text)
    assert "'channel_id': 'CTRAIN'" in str(shown.blocks)
    assert "3 digests need attention" in words(shown)
