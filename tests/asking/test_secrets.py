"""No credential and nothing that people typed leaks into logs, rows, or calls."""

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
import structlog

from bot import log
from bot.assembly.features import FEATURES
from bot.feature import Feature
from tests.examples import examples
from tests.stage import Stage
from tests.vendors import SECRETS

TYPED = "zebra-quarterly-typed-words"


@pytest.fixture
def restored_log() -> Iterator[None]:
    """Undo afterwards what a test configures."""
    yield
    structlog.reset_defaults()


async def test_credentials_and_typed_words_stay_out_of_the_log(
    restored_log: None,
    stage: Stage,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    log.configure(level="debug")  # as `flowbot run` does, and as much as it ever can
    with caplog.at_level(logging.WARNING):
        await an_eventful_day(stage)

    logged = "".join(capsys.readouterr()) + caplog.text
    assert "job_refused" in logged
    assert "delivery_failed" in logged
    for secret in (*secrets_of(stage), TYPED, "grace@example.com", "onboarding"):
        assert secret not in logged


async def test_credentials_are_never_stored_or_sent_to_slack(stage: Stage, tmp_path: Path) -> None:
    await an_eventful_day(stage)

    with closing(sqlite_utils.Database(tmp_path / "flowbot.db")) as database:
        stored = [json.dumps(list(table.rows), default=str) for table in database.tables]
    sent = [json.dumps(call.arguments, default=str) for call in stage.slack.calls]
    assert len(stored) >= 5
    assert len(sent) > 5
    for secret in secrets_of(stage):
        assert secret not in "".join(stored)
        assert secret not in "".join(sent)


async def test_a_vendors_words_that_hold_the_key_are_shown_without_it(stage: Stage) -> None:
    await stage.command(f"/flow-report {stage.momoflow.api_key}_1")

    [text] = stage.whispered()
    assert text.endswith("MomoFlow says: Flow with ID '[hidden]_1' does not exist")


async def an_eventful_day(stage: Stage) -> None:
    """Let much go well and much go wrong."""
    await stage.command("/flow-report onboarding last-7d")
    await stage.command("/flow-report onboarding export csv")
    await stage.command(f"/flow-report {TYPED}")
    await stage.command("/flow-report assign onboarding @grace")
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="confirm_assign")
    stage.momoflow.set_switch("answer_500", 9)
    await stage.command("/flow-report gdpr")
    stage.momoflow.set_switch("answer_500", 0)
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.command("/flow-report gdpr")
    stage.slack.refuse("chat.postMessage", error="internal_error")
    await stage.command("/flow-report unname onboarding")
    for feature in FEATURES:
        await with_and_without_troubles(stage, feature)
    await stage.bot.database.execute("DROP TABLE snapshots")
    stage.momoflow.set_switch("expired_key", value=False)
    await stage.command("/flow-report flow_onb001")


async def with_and_without_troubles(stage: Stage, feature: Feature[Any]) -> None:
    """Ask a vendor something while it refuses the key, while it is down, and when all is well."""
    vendor, command = stage.vendor(feature.vendor.name), examples()[feature.name].answers[0]
    for trouble, on, off in (("expired_key", True, False), ("answer_500", 9, 0)):
        vendor.set_switch(trouble, on)
        await stage.command(command)
        vendor.set_switch(trouble, off)
    await stage.command(command)


def secrets_of(stage: Stage) -> tuple[str, ...]:
    """Return everything that only the bot and the outside services may know."""
    known = {**stage.world.environment, "SLACK_APP_TOKEN": stage.slack.app_token}
    return tuple(known[name] for name in SECRETS if name in known)
