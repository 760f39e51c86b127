"""Rows of jobs are read back as they were meant, also those that an older version wrote."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.asking.terms import Comparison, QuietHours, Terms, Threshold
from bot.codec import dumps, encode, loads
from bot.digests.core.command import Snooze
from bot.digests.intents import OrderDigest, SendDigest
from bot.jobs.request import Intent, Request
from bot.jobs.store import JobRow
from bot.jobs.tasks import UnreadableIntent
from bot.runs.core.command import StartFlow, WatchFlow
from bot.runs.core.watching import Condition
from bot.runs.intents import News, TellWatch
from bot.training.core.command import Assign, AssignFlow
from bot.training.question import ReportQuestion
from bot.webinars.intents import PreviewEvent
from bot.webinars.model import NewEvent, NewHost
from bot.workflows.question import ExportQuestion
from tests.stage import Stage

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EVENT = NewEvent(
    creator_id=3,
    title="Office hours",
    description="",
    date=date(2026, 12, 1),
    time=time(10, 30),
    timezone="Europe/Berlin",
    hosts=(NewHost(7, 1),),
)
WANTED: tuple[Intent, ...] = (
    ReportQuestion("onboarding", status="overdue", detailed=True),
    ExportQuestion("checkout", step=2, actions=("a", "b"), path=((), ("c",)), limit=5),
    OrderDigest("report", ReportQuestion("onboarding"), "0 9 * * 1-5", "weekdays 09:00"),
    OrderDigest(
        "report",
        ReportQuestion("onboarding"),
        "0 9 * * 1-5",
        "weekdays 09:00",
        terms=Terms(
            only_if=Threshold("completion", Comparison.BELOW, 80, 2),
            parts=("on*", "!*test*"),
            attach=False,
            quiet=QuietHours("22:00", "07:00", (4, 5)),
            holidays="DE-BE",
        ),
    ),
    Snooze(3, until=date(2026, 12, 1)),
    SendDigest(3, NOW),
    Assign("flow_1", "Onboarding", "ada@example.com", NOW, "high"),
    PreviewEvent(EVENT),
    WatchFlow("invoices", (Condition.FAILED, Condition.STUCK)),
    TellWatch("C1", (News("run-1", Condition.FINISHED, 1),)),
)
OLD: tuple[tuple[str, Mapping[str, Any], Intent], ...] = (
    (
        "subscribe",
        {"question": {"flow": "a", "gone": 1}, "cron": "* * * * *", "words": "w", "note": ""},
        OrderDigest("report", ReportQuestion("a"), "* * * * *", "w"),
    ),
    (
        "subscribe",
        {
            "kind": "report",
            "question": {"flow": "a"},
            "cron": "* * * * *",
            "words": "w",
            "terms": {"only_changed": True, "of_a_newer_version": {"x": 1}},
        },
        OrderDigest(
            "report", ReportQuestion("a"), "* * * * *", "w", terms=Terms(only_changed=True)
        ),
    ),
    ("snooze_subscription", {"number": 3, "days": 7, "until": ""}, Snooze(3, days=7)),
    ("digest", {"subscription": 3, "planned": ""}, SendDigest(3)),
    (
        "assign",
        {"flow_id": "f", "flow": "F", "email": "a@b.c", "due_at": "", "priority": ""},
        Assign("f", "F", "a@b.c"),
    ),
    ("start_run", {"flow": "invoices"}, StartFlow("invoices")),
    (
        "preview_event",
        {**encode(EVENT), "hosts": [{"id": 7, "role": 1}]},
        PreviewEvent(EVENT),
    ),
)


def row(name: str, arguments: Mapping[str, Any]) -> JobRow:
    return JobRow(1, "key", name, loads(dumps(arguments)), 1, NOW)


@pytest.mark.parametrize("wanted", WANTED, ids=lambda each: each.job)
async def test_what_is_wanted_survives_its_row(stage: Stage, wanted: Intent) -> None:
    request = Request("UADA", "ada", "C1", wanted, response_url="https://x", privately=True)
    kept = row(wanted.job, encode(request))

    assert stage.bot.services.tasks.job(kept).request == request


@pytest.mark.parametrize(("name", "details", "expected"), OLD, ids=[each[0] for each in OLD])
async def test_a_row_of_an_older_version_is_read(
    stage: Stage, name: str, details: Mapping[str, Any], expected: Intent
) -> None:
    asked = {"user": "UADA", "user_name": "", "channel": "C1", "details": details}

    assert stage.bot.services.tasks.job(row(name, asked)).details == expected
    assert stage.bot.services.tasks.job(row(name, details)).details == expected


@pytest.mark.parametrize(
    ("name", "details"), [("of the future", {}), ("digest", {"subscription": "three"})]
)
async def test_a_row_that_nobody_can_read_still_knows_who_asked(
    stage: Stage, name: str, details: Mapping[str, Any]
) -> None:
    asked = {"user": "UADA", "user_name": "", "channel": "C1", "details": details, "new": True}
    job = stage.bot.services.tasks.job(row(name, asked))

    assert isinstance(job.details, UnreadableIntent)
    assert (job.request.user, job.request.channel) == ("UADA", "C1")


async def test_what_the_clock_wants_of_a_person_is_not_wanted_by_them(stage: Stage) -> None:
    wanted = AssignFlow("onboarding", user="UADA")
    job = stage.bot.services.tasks.job(row(wanted.job, encode(wanted)))

    assert job.details == wanted
    assert job.request.user == ""
