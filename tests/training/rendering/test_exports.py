from datetime import date

import pytest
from hypothesis import given, settings

from bot.training.rendering.exports import export_message, file_name
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import vendor_text

DAY = date(2026, 11, 22)


def test_a_file_has_a_message_that_says_what_is_in_it() -> None:
    rendered = export_message(
        "Onboarding", fmt="xlsx", dates="last 30 days", status="overdue", footer="Asked by Ada"
    )
    assert as_json(rendered) == expected("export", rendered)


def test_a_file_of_everything_names_no_status() -> None:
    rendered = export_message("Onboarding", fmt="pdf", dates="All dates", footer="")
    assert (
        rendered.text == "Onboarding: training data as PDF, All dates. The file is in the thread."
    )


@pytest.mark.parametrize(
    ("flow", "name"),
    [
        ("Ladder Safety", "Ladder-Safety-2026-11-22.csv"),
        ("../../etc/passwd", "etc-passwd-2026-11-22.csv"),
        ("Schulung für Neue", "Schulung-für-Neue-2026-11-22.csv"),
        ("<!channel> *x*", "channel-x-2026-11-22.csv"),
        ("///", "training-2026-11-22.csv"),
        ("", "training-2026-11-22.csv"),
    ],
)
def test_a_file_name_is_safe_and_readable(flow: str, name: str) -> None:
    assert file_name(flow, fmt="csv", day=DAY) == name


@settings(deadline=None)
@given(vendor_text)
def test_any_flow_gives_a_safe_file_name(flow: str) -> None:
    name = file_name(flow, fmt="csv", day=DAY)
    assert len(name) <= 100
    assert not set(name) & set('/\\:*?"<>| \n\x00')
    assert not name.startswith((".", "-"))
