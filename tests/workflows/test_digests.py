"""Digests of kind export: the file on schedule, subscribed to by command or from an answer."""

from datetime import UTC, datetime

from sandbox.vendors.giosg.events import PLANS
from tests.asking.answers import written
from tests.asking.seeing import picked, words
from tests.stage import Stage

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""In Berlin."""
ORDER = '/flow subscribe export "Spring campaign" step 1 yesterday csv daily 09:00'


async def test_a_digest_brings_the_file_of_its_period(stage: Stage) -> None:
    await stage.command(ORDER)
    assert "I'll post Spring campaign, step 1, yesterday, as CSV every day" in stage.said()[0].text

    await stage.at(NINE)

    digest = stage.said()[-1]
    [file] = stage.slack.files
    assert file.thread_ts == digest.ts
    assert file.name == "spring-campaign-step-1-2026-11-22..2026-11-22.csv"
    assert "Digest 1, every day" in words(digest)


async def test_a_late_digest_still_says_so_when_its_file_is_there(stage: Stage) -> None:
    await stage.command(ORDER)

    await stage.at(datetime(2026, 11, 27, 8, 30, tzinfo=UTC))

    assert "This one stands for 5 planned digests" in words(stage.said()[-1])
    assert len(stage.slack.files) == 1


async def test_a_digest_of_an_unknown_workflow_is_refused_when_it_is_ordered(
    stage: Stage,
) -> None:
    await stage.command("/flow subscribe export nonsense step 1 daily 09:00")

    assert "I can't find a workflow called" in stage.whispered()[-1]


async def test_an_answer_can_be_subscribed_to_with_its_period_still_relative(
    stage: Stage,
) -> None:
    await stage.command('/flow-export "Spring campaign" step 1 yesterday csv')
    await stage.slack.message_shortcut("subscribe_to_this", message=stage.said()[0])
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "step 1, yesterday, as CSV" in words(form)

    form = await written(stage, form)
    await stage.slack.submit(form, values={"schedule": {"schedule": "daily 09:00"}})
    await stage.settle()
    await stage.at(NINE)

    assert [each.thread_ts for each in stage.slack.files] == [
        stage.said()[0].ts,
        stage.said()[-1].ts,
    ]
    assert "2026-11-22" in stage.slack.files[-1].name


async def test_a_schedule_that_cannot_be_read_is_said_beside_its_input(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d")
    await stage.slack.message_shortcut("subscribe_to_this", message=stage.said()[0])
    form = stage.slack.view_of("UADA")
    assert form is not None

    form = await written(stage, form)
    sent = await stage.slack.submit(form, values={"schedule": {"schedule": "sometimes"}})

    assert list(sent.errors) == ["schedule"]


async def test_a_digest_of_one_of_two_workflows_with_one_name_keeps_the_one_that_was_picked(
    stage: Stage,
) -> None:
    stage.giosg.set_switch("names", "like the third")
    await stage.command(f'/flow subscribe export "{PLANS[2].name}" step 1 yesterday daily 09:00')
    await picked(stage, "changed")

    await stage.at(NINE)

    asked = [call.path for call in stage.giosg.calls if "/step/" in call.path]
    assert len(stage.slack.files) == 1
    assert all(PLANS[0].id in path for path in asked)


async def test_a_digest_goes_on_when_its_workflow_is_renamed(stage: Stage) -> None:
    await stage.command(ORDER)
    stage.giosg.set_switch("names", "by a new name")

    await stage.at(NINE)

    assert "Renewed campaign" in stage.said()[-1].text
    assert len(stage.slack.files) == 1
