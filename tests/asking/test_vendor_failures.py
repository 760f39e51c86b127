"""Each way a vendor fails has its own words, for the asker alone, and says what helps."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.assembly.features import FEATURES
from bot.assembly.process import assemble
from bot.config import with_values
from bot.door.serving import listening, serving
from bot.errors import Reason, VendorError
from bot.feature import Feature
from bot.slack.blocks.problems import vendor_sentence
from bot.training.feature import FEATURE as TRAINING
from tests.asking.seeing import bytes_of, words
from tests.company import settings_of
from tests.examples import examples
from tests.stage import Stage
from tests.vendors import secrets_in

ASK = "/flow-report onboarding last-30d"
REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")
ALL_TRIES = 3

TROUBLES: dict[str, tuple[str, object, Reason]] = {
    "401": ("expired_key", True, Reason.AUTH),
    "400": ("answer_400", 1, Reason.REJECTED),
    "500": ("answer_500", 9, Reason.UNAVAILABLE),
    "502 in HTML": ("answer_502", 9, Reason.UNAVAILABLE),
    "no connection": ("drop", 9, Reason.UNAVAILABLE),
    "too slow": ("answer_408", 9, Reason.TIMEOUT),
    "cut body": ("cut_body", 9, Reason.MALFORMED),
    "HTML for JSON": ("answer_html", 9, Reason.MALFORMED),
}
EVERY_FEATURE = pytest.mark.parametrize("feature", FEATURES, ids=[each.name for each in FEATURES])
FAILURES = {
    "429 for hours": (
        {"answer_429": 9, "retry_after": 7200},
        "Try again in 2 hours.",
    ),
    "429 without a time": ({"answer_429": 9, "retry_after": 0}, "Try again in a few minutes."),
    "HTML for JSON": ({"answer_html": 9}, "Detail: body: not JSON"),
    "no totals": ({"missing_field": "metrics"}, "Detail: metrics"),
    "no people": ({"missing_field": "assignments"}, "Detail: assignments"),
    "no address": (
        {"missing_field": "assigneeEmail"},
        "Detail: assignments[0].assigneeEmail",
    ),
}


@EVERY_FEATURE
@pytest.mark.parametrize(("switch", "value", "reason"), TROUBLES.values(), ids=TROUBLES)
async def test_a_failure_of_any_vendor_is_told_to_the_asker_alone(
    stage: Stage, feature: Feature[Any], switch: str, value: object, reason: Reason
) -> None:
    stage.vendor(feature.vendor.name).set_switch(switch, value)

    outcome = await stage.command(examples()[feature.name].answers[0])

    assert outcome.status == 200
    [text] = stage.whispered()
    said = vendor_sentence(VendorError(feature.vendor, reason)).replace("`", "")
    assert text.startswith(said)
    assert not REFERENCE.search(text)
    assert stage.said() == []


@pytest.mark.parametrize(("switches", "sentence"), FAILURES.values(), ids=FAILURES)
async def test_a_failure_is_told_in_its_own_words(
    stage: Stage, switches: dict[str, object], sentence: str
) -> None:
    for name, value in switches.items():
        stage.momoflow.set_switch(name, value)

    outcome = await stage.command(ASK)

    assert outcome.status == 200
    [text] = stage.whispered()
    assert sentence in text
    assert not REFERENCE.search(text)
    assert stage.said() == []


async def test_a_flow_that_the_vendor_does_not_know_is_told_with_its_own_words(
    stage: Stage,
) -> None:
    await stage.command("/flow-report flow_nowhere1")

    [text] = stage.whispered()
    assert text.startswith("MomoFlow doesn't know this flow. /flow-report names lists the flows")
    assert text.endswith("MomoFlow says: Flow with ID 'flow_nowhere1' does not exist")


@pytest.mark.parametrize("header", ["on", "off"])
async def test_a_short_pause_that_the_vendor_asks_for_is_waited_for(
    stage: Stage, header: str
) -> None:
    stage.momoflow.set_switch("retry_after_header", header)
    stage.momoflow.set_switch("retry_after", 60)
    stage.momoflow.set_switch("answer_429", 1)

    await stage.command(ASK)
    [promise] = stage.whispered()
    assert "I'll post your answer in about a minute." in promise
    await stage.at(stage.clock.now() + timedelta(seconds=60))

    [message] = stage.said()
    assert "in Onboarding (" in message.text


@pytest.mark.parametrize("switch", ["answer_500", "drop", "cut_body", "answer_429"])
async def test_a_failure_that_passes_is_not_noticed(stage: Stage, switch: str) -> None:
    stage.momoflow.set_switch("retry_after", 1)
    stage.momoflow.set_switch(switch, ALL_TRIES - 1)

    await stage.command(ASK)

    [message] = stage.said()
    assert "in Onboarding (" in message.text
    assert stage.whispered() == []


async def test_a_download_that_breaks_off_is_fetched_again_and_comes_whole(stage: Stage) -> None:
    await stage.command(f"{ASK} export csv")  # so that only the download itself is still to come
    stage.momoflow.set_switch("cut_body", 1)

    await stage.command(f"{ASK} export csv")

    first, second = stage.slack.files
    assert bytes_of(second) == bytes_of(first)
    assert second.thread_ts == stage.said()[-1].ts


@asynccontextmanager
async def without_key(
    stage: Stage, path: Path, feature: Feature[Any], **general: str
) -> AsyncIterator[Stage]:
    """Yield the same stage with another bot that has no credential of one vendor."""
    keyless = dict.fromkeys(secrets_in(feature.settings))
    settings = with_values(settings_of(stage.world, path, **general), **{feature.name: keyless})
    async with (
        assemble(settings, clock=stage.clock) as bot,
        listening(settings, port=0) as endpoint,
        serving(settings, bot.process, endpoint),
    ):
        stage.slack.connect(f"http://127.0.0.1:{endpoint.port}/slack/events")
        yield Stage(stage.world, bot)


@EVERY_FEATURE
async def test_without_a_key_the_asker_hears_which_variable_to_set(
    stage: Stage, path: Path, feature: Feature[Any]
) -> None:
    async with without_key(stage, path, feature) as keyless:
        await keyless.command(examples()[feature.name].answers[0])

        [text] = keyless.whispered()
        assert text == vendor_sentence(VendorError(feature.vendor, Reason.OFF))
        assert feature.vendor.variables in text


async def test_without_a_key_nothing_is_assigned(stage: Stage, path: Path) -> None:
    async with without_key(stage, path, TRAINING) as keyless:
        await keyless.command("/flow-report assign flow_onb001 @grace")

        says = "MomoFlow isn't set up here. Your Flowbot admin needs to set MOMOFLOW_API_KEY."
        assert keyless.whispered() == [says]


@pytest.mark.parametrize(
    ("table", "command"),
    [("snapshots", ASK), ("aliases", "/flow-report names"), ("jobs", "/flow-report names")],
)
async def test_a_bug_is_told_by_a_reference_that_the_log_has_too(
    stage: Stage, capfd: pytest.CaptureFixture[str], table: str, command: str
) -> None:
    await stage.bot.database.execute(f"DROP TABLE {table}")

    if table == "jobs":  # nothing can be written down any more, so nothing is left to settle
        await stage.slack.command(command, channel="CTRAIN")
    else:
        await stage.command(command)

    [text] = stage.whispered()
    assert text.startswith("Something went wrong in Flowbot.")
    assert "Traceback" not in text
    assert table not in text
    [reference] = REFERENCE.findall(text)
    logged = "".join(capfd.readouterr()).splitlines()
    assert [line for line in logged if f"request_id={reference}" in line and "_broke" in line]


async def test_a_bug_behind_a_form_is_shown_in_the_form(stage: Stage) -> None:
    await stage.slack.shortcut("get_training_report")
    form = stage.slack.view_of("UADA")
    assert form is not None
    await stage.bot.database.execute("DROP TABLE jobs")

    outcome = await stage.slack.submit(
        form,
        values={"flow": {"flow": "onboarding"}, "conversation": {"conversation": "CFIELD"}},
    )

    assert outcome.error == ""
    assert outcome.view is not None
    assert "Something went wrong in Flowbot." in words(outcome.view)
