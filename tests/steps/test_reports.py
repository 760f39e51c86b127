"""A report as a step: the same message as the command's, and its figures to go on with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.jobs.access import OTHERS
from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Progress
from tests.stage import Stage
from tests.steps.acting import REPORT, first_of, now, run, with_steps


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        yield stage


async def test_a_report_is_posted_as_the_command_posts_it(stage: Stage) -> None:
    ended = await run(stage, "get_report", {**REPORT, "figure": "completion"})
    await stage.command("/flow-report onboarding")

    of_step, of_command = stage.said()
    assert (ended.progress, ended.error) == (Progress.SUCCEEDED, "")
    assert of_step.text == of_command.text == ended.outputs["summary"]
    assert ended.outputs["link"].endswith(f"/CTRAIN/p{of_step.ts.replace('.', '')}")
    assert ended.outputs["value_text"] == f"{ended.outputs['value']:g}%"


async def test_over_socket_mode_steps_come_as_well(tmp_path: Path) -> None:
    async with with_steps(tmp_path / "bot.db", socket=True) as stage:
        shown = await stage.slack.workflows.options("get_report", "service")
        assert shown.options[0]["value"] == "report"
        ended = await run(stage, "get_report", REPORT)
        assert ended.progress is Progress.SUCCEEDED


async def test_a_report_without_a_channel_goes_to_the_person(stage: Stage) -> None:
    ended = await run(stage, "get_report", {**REPORT, "channel": ""}, user="UGRACE")

    [told] = stage.said("DGRACE")
    assert told.text == ended.outputs["summary"]
    assert "value" not in ended.outputs
    assert stage.said() == []


async def test_the_data_comes_as_a_file_in_the_thread_and_the_step_waits_for_it(
    stage: Stage,
) -> None:
    stage.slack.refuse("files.completeUploadExternal", error="internal_error")
    begun = await stage.slack.workflows.run("get_report", {**REPORT, "format": "xlsx"})
    await stage.bot.settle()
    assert now(stage, begun).progress is Progress.RUNNING

    await stage.settle()
    ended = now(stage, begun)
    [report] = stage.said()
    [message, file] = stage.slack.thread("CTRAIN", report.ts)
    assert [each.name for each in file.files] == ["Onboarding-2026-11-23.xlsx"]
    assert ended.outputs["file_link"].split("/")[-1].startswith(f"p{message.ts.replace('.', '')}")


async def test_an_export_ends_when_the_file_is_in_the_channel(stage: Stage) -> None:
    given = {**REPORT, "format": "csv", "channel": "CGENERAL"}

    ended = await run(stage, "export_file", given)

    [message] = stage.said("CGENERAL")
    assert ended.outputs["has_file"] is True
    assert ended.outputs["file_name"].endswith(".csv")
    assert ended.outputs["link"].endswith(message.ts.replace(".", ""))


async def test_a_file_that_slack_does_not_take_fails_the_step(stage: Stage) -> None:
    stage.slack.refuse("files.getUploadURLExternal", error="file_uploads_disabled", times=9)

    ended = await run(stage, "export_file", {**REPORT, "format": "csv"})

    assert ended.error == "This workspace does not allow uploads. An admin can turn them on."


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"service": "weather"}, "I know no service called “weather”."),
        ({"report": "heights"}, "Training has no “heights”."),
        ({"about": ""}, "Say which flow it is about, in the step."),
        ({"about": "nothing like it"}, "I can't find a flow called"),
        ({"period": "soonish"}, "soonish"),
        ({"figure": "height"}, "This report has no figure called “height”. It has: completion"),
        ({"format": "pptx"}, "This can't be had as pptx. It can be had as Excel, CSV, PDF or"),
        ({"channel": "CRANDOM"}, "I'm not in that channel yet."),
        ({"about": "nothing like it"}, '/flow-report name "nothing like it" <flow id>'),
        ({"channel": "CARCHIVE"}, "That channel is archived"),
        ({"channel": "CSHARED"}, "People of another organisation read that channel"),
    ],
)
async def test_what_cannot_be_carried_out_is_told_to_whoever_built_it(
    stage: Stage, changed: dict[str, str], why: str
) -> None:
    ended = await run(stage, "get_report", {**REPORT, **changed})

    assert ended.progress is Progress.FAILED
    assert why in ended.error
    assert "`" not in ended.error
    assert "&" not in ended.error
    assert stage.said("DADA") == []
    assert not stage.said(changed.get("channel") or "CTRAIN")
    assert not stage.whispered()


async def test_a_vendor_that_is_down_fails_it_in_words(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 9)

    ended = await run(stage, "get_report", REPORT)

    assert ended.error.startswith("MomoFlow isn't responding.")
    assert not stage.said()
    assert not stage.whispered()


async def test_a_vendor_that_asks_for_a_pause_is_asked_again(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_429", 9)
    stage.momoflow.set_switch("retry_after", 30)
    begun = await run(stage, "get_report", REPORT)
    assert begun.progress is Progress.RUNNING

    stage.momoflow.set_switch("answer_429", 0)
    await stage.after(seconds=40)
    assert now(stage, begun).progress is Progress.SUCCEEDED
    assert stage.whispered() == []


async def test_personal_data_goes_to_a_person_alone(stage: Stage) -> None:
    about = await first_of(stage, "get_report", "about", {"service": "events"})
    asked = {"person": WHO_RUNS, "service": "events", "report": "summary", "about": about}

    for step in ("export_file", "get_report"):
        ended = await run(stage, step, {**asked, "format": "xlsx", "channel": "CTRAIN"})
        assert "goes to a person alone" in ended.error
    assert stage.said() == []
    alone = await run(stage, "get_report", {**asked, "format": "xlsx"})
    assert (alone.error, alone.progress) == ("", Progress.SUCCEEDED)
    assert "@" not in alone.outputs["summary"]
    assert len(stage.said("DADA")) == 2


async def test_who_is_not_in_a_private_channel_sends_nothing_there(stage: Stage) -> None:
    await stage.slack.invite("GLEADS")

    ended = await run(stage, "get_report", {**REPORT, "channel": "GLEADS"}, user="ULIN")

    assert ended.error == "You are not in that channel. Choose one that you are in."


async def test_a_guest_gets_it_directly_and_no_partner_runs_it(stage: Stage) -> None:
    ended = await run(stage, "get_report", REPORT, user="UGUEST")
    assert ended.progress is Progress.SUCCEEDED
    assert stage.said() == []
    assert [each.text for each in stage.said("DGUEST")] == [ended.outputs["summary"]]

    with pytest.raises(ValueError, match="home_team_only"):
        await run(stage, "get_report", REPORT, user="UPARTNER")
    named = await run(stage, "get_report", {**REPORT, "person": "UPARTNER"})
    assert named.error == OTHERS


async def test_a_service_that_is_off_says_so(tmp_path: Path) -> None:
    async with with_steps(tmp_path / "bot.db") as stage:
        stage.momoflow.set_switch("expired_key", value=True)
        ended = await run(stage, "get_report", REPORT)
        assert ended.error.startswith("MomoFlow rejected Flowbot's key.")


async def test_in_somebody_elses_name_only_while_all_may_see_the_same(stage: Stage) -> None:
    given = {**REPORT, "person": "UGRACE"}
    assert (await run(stage, "get_report", given)).progress is Progress.SUCCEEDED

    await stage.command("/flow policy ask only @grace")
    said = [
        (await run(stage, "get_report", each, user=user)).error
        for each, user in (
            (given, "ULIN"),
            ({**given, "person": WHO_RUNS}, "ULIN"),
            (given, "UGRACE"),
        )
    ]
    assert "names somebody else than the person who started the workflow" in said[0]
    assert "An admin decided that" in said[1]
    assert said[2] == ""
    alone = await run(stage, "get_report", given, on_schedule=True)
    assert alone.error.startswith("Slack did not say who started the workflow")
