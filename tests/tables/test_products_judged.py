"""The files that people get, asked for in Slack and then opened by both readers."""

import asyncio
from pathlib import Path
from typing import Final

import pytest

from sandbox.slack import File
from sandbox.vendors.saferme.reports import CHANNELS
from tests.stage import Stage
from tests.tables.office import Office
from tests.tables.second_reader import seen
from tests.webinars.test_asking import token

EVENT: Final = "EVENT"
"""Stands for one that is over."""
LONG: Final = '"Spring campaign" step 3 2026-02-01..2026-11-20'
WORKBOOKS: Final = {
    "training": "/flow-report onboarding export xlsx",
    "events": "/flow-events past export xlsx",
    "registrants": f"/flow-events registrants {EVENT} export xlsx here",
    "compiled": f"/flow-events report {EVENT} here",
    "step": '/flow-export "Spring campaign" step 1 last-7d xlsx',
    "joined": f"/flow-export {LONG} xlsx",
    "source": '/flow-export "Spring campaign" source last-7d xlsx',
    "summary": '/flow-analytics "Site hazards" summary export xlsx',
    "over_time": '/flow-analytics "Site hazards" over-time export xlsx',
}
SHEETS: Final = {
    "training": ["Report"],
    "events": ["Events", "Notes"],
    "registrants": ["Registrants", "Notes"],
    "compiled": [
        *("Registrants", "Chat of the audience", "Chat of the hosts", "Survey responses", "Notes"),
    ],
    "step": ["Events"],
    "joined": ["Events", "Notes"],
    "source": ["Events", "Notes"],
    "summary": ["Summary", "Notes"],
    "over_time": ["Reports over time", "Notes"],
}


def content(file: File) -> bytes:
    """Return the bytes of a file."""
    return file.content if isinstance(file.content, bytes) else Path(file.path).read_bytes()


async def made(stage: Stage, command: str) -> bytes:
    """Return the file that a command brings."""
    event = await token(stage, "Quarterly update", "past") if EVENT in command else ""
    await stage.command(command.replace(EVENT, event))
    [file] = stage.slack.files
    return content(file)


@pytest.mark.parametrize("name", WORKBOOKS)
async def test_both_readers_open_what_people_get(stage: Stage, office: Office, name: str) -> None:
    book = await made(stage, WORKBOOKS[name])

    first = await asyncio.to_thread(office.read, {name: book})
    second = seen(book)
    assert list(second) == SHEETS[name]
    assert sorted(first[name]) == sorted(second)
    for title, sheet in second.items():
        assert sheet.formulas == 0
        assert len(first[name][title]) == len(sheet.rows)


@pytest.mark.parametrize(
    ("command", "count"),
    [
        (f"/flow-events report {EVENT} csv here", 4),
        ('/flow-export "Spring campaign" source last-7d csv', 1),
        (f"/flow-analytics {CHANNELS[4].id} by-field 23 last-90d export csv", 1),
    ],
    ids=["compiled", "source", "by_field"],
)
async def test_the_csv_that_people_get_is_text_and_no_formula(
    stage: Stage, office: Office, command: str, count: int
) -> None:
    event = await token(stage, "Quarterly update", "past") if EVENT in command else ""
    await stage.command(command.replace(EVENT, event))

    files = {f"file{number}": content(file) for number, file in enumerate(stage.slack.files)}
    assert len(files) == count
    imported = await asyncio.to_thread(office.workbooks_of, files)
    for book in imported.values():
        [sheet] = seen(book).values()
        assert sheet.formulas == 0
        assert not str(sheet.rows[0][0]).startswith("\ufeff")
