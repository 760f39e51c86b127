from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from bot.training.model import OVERDUE, TrainingReport
from bot.training.rendering.exports import export_message, export_title, file_name
from bot.training.rendering.reports import ReportSubject, narrowed
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import LAST_30_DAYS, OCCASION, QUESTION, REPORT, vendor_text

DAY = date(2026, 11, 22)


def subject(**given: Any) -> ReportSubject:
    return ReportSubject(replace(QUESTION, export="xlsx", **given), LAST_30_DAYS)


def test_a_file_has_a_message_that_says_what_is_in_it() -> None:
    late = narrowed(REPORT, OVERDUE)
    rendered = export_message(late, subject(status=OVERDUE), OCCASION)
    assert as_json(rendered) == expected("export", rendered)


def test_a_file_of_everything_names_no_status() -> None:
    about = replace(subject(), period=None)
    rendered = export_message(REPORT, about, OCCASION)
    assert rendered.message.text == "Onboarding: Excel file in the thread (5 people)."
    assert export_title(REPORT, about, OCCASION) == "Onboarding: training data, all dates"


def test_the_vendors_own_workbook_is_called_so() -> None:
    rendered = export_message(REPORT, subject(raw=True), OCCASION)
    assert rendered.message.text == (
        "Onboarding: MomoFlow's own Excel file in the thread (5 people)."
    )


@pytest.mark.parametrize(
    ("status", "report", "says"),
    [
        ("", TrainingReport("f", "Onboarding", 0, 0), "Nobody was assigned Onboarding ("),
        (OVERDUE, replace(REPORT, assignments=()), "is overdue in Onboarding ("),
    ],
)
def test_where_there_is_nobody_there_is_no_file(
    status: str, report: TrainingReport, says: str
) -> None:
    text = export_message(report, subject(status=status), OCCASION).message.text
    assert says in text
    assert text.endswith("so there is no file.")


@pytest.mark.parametrize(
    ("flow", "name"),
    [
        ("Ladder Safety", "Ladder-Safety-2026-11-22.csv"),
        ("../../etc/passwd", "etc-passwd-2026-11-22.csv"),
        ("Schulung für Neue", "Schulung-für-Neue-2026-11-22.csv"),
        ("<!channel> *x*", "channel-x-2026-11-22.csv"),
        ("///", "training-2026-11-22.csv"),
    ],
)
def test_a_file_name_is_safe_and_readable(flow: str, name: str) -> None:
    assert file_name(replace(REPORT, flow_name=flow), "csv", day=DAY) == name


@settings(deadline=None)
@given(vendor_text)
def test_any_flow_gives_a_safe_file_name(flow: str) -> None:
    name = file_name(replace(REPORT, flow_name=flow), "csv", day=DAY)
    assert len(name) <= 100
    assert not set(name) & set('/\\:*?"<>| \n\x00')
    assert not name.startswith((".", "-"))
