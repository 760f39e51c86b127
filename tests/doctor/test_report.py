"""The report as a whole: bounded, complete, without secrets, printed and as a document."""

import asyncio
from pathlib import Path
from typing import Any

from bot.doctor.catalog import CATALOG
from bot.doctor.examining import Check, examine
from bot.doctor.findings import Health, Report, failed, passed, skipped, warned
from bot.doctor.printed import printed
from tests.cli.conftest import Typed
from tests.doctor.conftest import Doctor
from tests.processes import flowbot

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"
SERVICE = "services.*"
PRINTED = """\
fail    slack.token  Slack refuses SLACK_BOT_TOKEN.
                     -> Copy it anew.
warn    database     It is nearly full.
                     -> Make room.
pass    settings     All settings can be read.
skipped jobs         Nothing was looked at.

1 failed, 1 to be looked at, 1 passed, 1 skipped."""


async def test_a_look_that_hangs_or_breaks_fails_and_spoils_no_other() -> None:
    async def hangs() -> Any:
        await asyncio.Event().wait()

    async def breaks() -> Any:
        raise ValueError("xoxb-hunter2")

    async def works() -> Any:
        return passed("c", "All is well.")

    looks = {"a": hangs, "b": breaks, "c": works}
    report = await examine((Check(*each) for each in looks.items()), within=0.05)

    assert not report.ok
    found = {each.name: each for each in report.findings}
    assert found["a"].about == "No answer came within 0.05 seconds."
    assert found["b"].about == "The look itself broke (ValueError)."
    assert [found[each].state for each in "abc"] == [Health.FAIL, Health.FAIL, Health.PASS]


async def test_what_is_secret_is_in_no_report() -> None:
    async def tells() -> Any:
        return failed("a", "hunter2 is wrong.", "Replace hunter2.")

    report = await examine([Check("a", tells)], secrets=["hunter2"])

    assert "hunter2" not in str(report.document())


def test_it_is_printed_the_worst_first() -> None:
    report = Report.of(
        (
            passed("settings", "All settings can be read."),
            skipped("jobs", "Nothing was looked at."),
            warned("database", "It is nearly full.", "Make room."),
            failed("slack.token", "Slack refuses SLACK_BOT_TOKEN.", "Copy it anew."),
        )
    )

    assert printed(report) == PRINTED
    assert max(map(len, printed(report).splitlines())) <= 100


def test_its_document_keeps_its_shape() -> None:
    report = Report.of((failed("a", "It is so.", "Do that."),))

    assert report.document() == {
        "ok": False,
        "checks": [{"name": "a", "state": "fail", "about": "It is so.", "mend": "Do that."}],
    }


async def test_wrong_settings_are_its_first_findings(typed: Typed) -> None:
    code, out, err = await typed("doctor", settings={"PORT": "hunter2", "SECRET_KEYS": "hunter3"})

    assert (code, err) == (1, "")
    assert "fail    settings  PORT should be a port" in out
    assert "fail    settings  SECRET_KEYS should be" in out
    assert "hunter" not in out


async def test_without_slack_it_says_so(typed: Typed) -> None:
    code, out, _ = await typed("doctor")

    assert code == 1
    assert "SLACK_BOT_TOKEN is not set, so there is no Slack." in out
    assert "skipped slack.token" in out


async def test_the_sandbox_passes(typed: Typed) -> None:
    code, out, _ = await typed("doctor", "--sandbox")

    assert code == 0, out
    assert "fail" not in out


async def test_every_check_is_in_the_catalog(doctor: Doctor) -> None:
    names = {
        f"{name.partition('.')[0]}.*" if name.startswith("services.") else name
        for name in await doctor()
    }

    assert names == set(CATALOG)


async def test_the_page_for_whoever_runs_it_has_every_check() -> None:
    page = OPERATING.read_text(encoding="utf-8")

    rows = (f"| `{name}` | {looks} | {mend} |" for name, (looks, mend) in CATALOG.items())
    assert "\n".join(rows) in page


async def test_a_start_with_check_begins_nothing_where_something_fails(
    typed: Typed, settings: dict[str, str]
) -> None:
    wrong = {**settings, "MOMOFLOW_API_KEY": "hunter2"}
    code, out, err = await typed("worker", "--check", settings=wrong)

    assert (code, out) == (1, "")
    assert "Flowbot does not start, as --check found this:" in err
    assert "fail    services.momoflow" in err
    assert "pass" not in err
    assert "hunter2" not in err


async def test_a_start_with_check_goes_on_where_nothing_fails(
    settings: dict[str, str], tmp_path: Path
) -> None:
    async with flowbot("run", "--check", folder=tmp_path, settings=settings) as process:
        await process.event("listening")


async def test_settings_without_any_service_are_told(
    typed: Typed, settings: dict[str, str]
) -> None:
    slack_alone = {name: value for name, value in settings.items() if name.startswith("SLACK")}
    _, out, _ = await typed("doctor", settings=slack_alone)

    assert "warn    settings" in out
    assert "No service is on" in out
