"""Figures of field reports on a channel's own schedule."""

from datetime import timedelta

import pytest

from bot.fieldreports.question import FIGURES
from tests.asking.seeing import words
from tests.stage import MONDAY, Stage

TOMORROW = MONDAY + timedelta(days=1)


async def ordered(stage: Stage, text: str) -> str:
    """Order a digest at 08:30 of every day and return the reply."""
    await stage.command(f"/flow subscribe analytics {text}", channel="CFIELD")
    return stage.said("CFIELD")[-1].text


@pytest.mark.parametrize("figure", FIGURES)
async def test_every_figure_can_be_a_digest(stage: Stage, figure: str) -> None:
    field = ' "Severity"' if figure == "by-field" else ""
    await ordered(stage, f"hazards {figure}{field} last-7d daily 08:30")

    await stage.at(TOMORROW)

    digest = stage.said("CFIELD")[-1]
    assert "Site hazards" in digest.text
    assert "Last 7 days: 18" in words(digest)
    assert "Digest 1, every day at 08:30" in words(digest)


async def test_the_reply_names_what_was_found(stage: Stage) -> None:
    reply = await ordered(stage, "hazards by-field sever last-7d daily 08:30")

    assert "Site hazards by Severity, last 7 days" in reply


async def test_options_may_follow_the_schedule(stage: Stage) -> None:
    reply = await ordered(stage, "hazards daily 08:30 Europe/Berlin by-state last-7d")

    assert "Site hazards by state, last 7 days" in reply


async def test_a_digest_brings_its_file(stage: Stage) -> None:
    await ordered(stage, "hazards by-state export csv daily 08:30")

    await stage.at(TOMORROW)

    [file] = stage.slack.files
    assert file.thread_ts == stage.said("CFIELD")[-1].ts


async def test_the_data_behind_a_digest_can_be_exported(stage: Stage) -> None:
    await ordered(stage, "hazards by-state last-7d daily 08:30")
    await stage.at(TOMORROW)
    digest = stage.said("CFIELD")[-1]

    await stage.slack.message_shortcut("export_data", message=digest)
    form = stage.slack.view_of("UADA")
    assert form is not None
    await stage.slack.submit(form, values={"format": {"format": "xlsx"}})
    await stage.settle()

    [file] = stage.slack.files
    assert file.name.endswith(".xlsx")


async def test_a_channel_that_is_not_known_cannot_be_ordered(stage: Stage) -> None:
    await stage.command("/flow subscribe analytics Vistors summary daily 08:30", channel="CFIELD")

    assert 'Did you mean "Visitors"?' in stage.whispered()[-1]
    assert await stage.rows("SELECT id FROM subscriptions") == []
