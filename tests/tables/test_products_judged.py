"""The files that people get, asked for in Slack and then opened by both readers."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from sandbox.vendors.saferme.reports import CHANNELS
from tests.asking.seeing import bytes_of
from tests.stage import open_stage
from tests.tables.office import Office, Rows
from tests.tables.second_reader import Seen, seen
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
TABLES: Final = {
    "compiled": f"/flow-events report {EVENT} csv here",
    "source": '/flow-export "Spring campaign" source last-7d csv',
    "by_field": f"/flow-analytics {CHANNELS[4].id} by-field 23 last-90d export csv",
}
COUNTS: Final = {"compiled": 4, "source": 1, "by_field": 1}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the workbook that each command brings."""
    folder = tmp_path_factory.mktemp("workbooks")
    made = {name: brought(folder / name, command) for name, command in WORKBOOKS.items()}
    return {name: book for name, [book] in made.items()}


@pytest.fixture(scope="module")
def opened(workbooks: dict[str, bytes], office: Office) -> Mapping[str, Mapping[str, Rows]]:
    """Return what LibreOffice reads of them, all opened in one call."""
    return office.read(workbooks)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, office: Office) -> dict[str, Seen]:
    """Return what LibreOffice makes of the CSV files that commands bring, all in one call."""
    folder = tmp_path_factory.mktemp("tables")
    files = {
        f"{name}{number}": file
        for name, command in TABLES.items()
        for number, file in enumerate(brought(folder / name, command))
    }
    made = office.workbooks_of(files)
    return {name: next(iter(seen(content).values())) for name, content in made.items()}


def brought(database: Path, command: str) -> list[bytes]:
    """Return the files that a command brings."""

    async def ask() -> list[bytes]:
        async with open_stage(database) as stage:
            event = await token(stage, "Quarterly update", "past") if EVENT in command else ""
            await stage.command(command.replace(EVENT, event))
            return [bytes_of(file) for file in stage.slack.files]

    return asyncio.run(ask())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_both_readers_open_what_people_get(
    workbooks: Mapping[str, bytes], opened: Mapping[str, Mapping[str, Rows]], name: str
) -> None:
    first, second = opened[name], seen(workbooks[name])
    assert list(second) == SHEETS[name]
    assert sorted(first) == sorted(second)
    for title, sheet in second.items():
        assert sheet.formulas == 0
        assert len(first[title]) == len(sheet.rows)


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_that_people_get_is_text_and_no_formula(
    imported: Mapping[str, Seen], name: str
) -> None:
    sheets = [sheet for file, sheet in imported.items() if file.startswith(name)]
    assert len(sheets) == COUNTS[name]
    for sheet in sheets:
        assert sheet.formulas == 0
        assert not str(sheet.rows[0][0]).startswith("\ufeff")
