"""Whatever is typed after a command, it is answered in words or by a window, never by a trace."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.examples import COMMANDS, words_of_commands
from tests.stage import Stage, open_stage

ODD_WORDS = """
onboarding overdue last-30d by week export xlsx privately detailed name unname names assign @grace
ada@example.com due 2026-12-01 tomorrow priority high help subscribe report weekdays 09:00 cron
Europe/Berlin list snooze 3 1w pause history monthly last-999d .. < > & <@U1|x> <!channel>
<https://x.example|y> 2026-01-01..2026-03-31 " “
"""
WORDS = sorted({*words_of_commands(), *ODD_WORDS.split()})
ODD = st.text(st.characters(codec="utf-8"), max_size=40)
TYPED = st.one_of(
    ODD,
    st.lists(st.one_of(st.sampled_from(WORDS), ODD), max_size=8).map(" ".join),
    st.text(st.characters(codec="utf-8"), min_size=1_001, max_size=1_100),
)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Yield a loop that all examples share, as each runs from outside of it."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture
def open_to_all(tmp_path: Path, loop: asyncio.AbstractEventLoop) -> Iterator[Stage]:
    """Yield one stage for all examples."""
    opened = open_stage(tmp_path / "flowbot.db")
    stage: Stage = loop.run_until_complete(opened.__aenter__())
    yield stage
    loop.run_until_complete(opened.__aexit__(None, None, None))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(command=st.sampled_from(("/flow", *COMMANDS)), typed=TYPED)
@example(command="/flow-report", typed="\x00\ud7ff\U0010ffff")
@example(command="/flow", typed='subscribe report "')
@example(command="/flow-report", typed="assign <@|> due due priority")
def test_any_text_is_answered_in_words_or_taken_as_a_job_or_opens_a_window(
    open_to_all: Stage, loop: asyncio.AbstractEventLoop, command: str, typed: str
) -> None:
    loop.run_until_complete(check(open_to_all, command, typed))


async def check(stage: Stage, command: str, typed: str) -> None:
    """Type it; the job, if it became one, ends in an answer as well."""
    told_before, jobs_before = await told(stage), await jobs(stage)
    window_before = stage.slack.view_of("UADA")

    outcome = await stage.command(f"{command} {typed}")

    assert (outcome.status, outcome.error) == (200, "")
    for text in (outcome.text, *stage.whispered()):
        assert "Traceback" not in text
        assert "Something went wrong in Flowbot" not in text
    if stage.slack.view_of("UADA") != window_before:
        assert not outcome.text
    elif await jobs(stage) == jobs_before:
        assert outcome.text
    else:
        assert await told(stage) > told_before


async def told(stage: Stage) -> int:
    """Return how many messages were sent so far."""
    return len(await stage.rows("SELECT id FROM ledger WHERE state = 'sent'"))


async def jobs(stage: Stage) -> int:
    """Return how many commands became jobs so far."""
    return len(await stage.rows("SELECT id FROM jobs"))
