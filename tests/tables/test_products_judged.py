"""The files that people get, asked for in Slack and then opened by both readers."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from tests.asking.seeing import bytes_of
from tests.examples import Examples, examples
from tests.stage import open_stage
from tests.tables.office import Office, Rows
from tests.tables.second_reader import Seen, seen

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Product(Generic[E]):
    """A room's command that brings files, and what is expected of them."""

    room: str
    command: str
    expected: E


def products(of: Callable[[Examples], Mapping[str, E]]) -> dict[str, Product[E]]:
    """Return what rooms say of their files, by a name for them."""
    return {
        f"{room}{number}": Product(room, command, expected)
        for room, each in examples().items()
        for number, (command, expected) in enumerate(of(each).items())
    }


WORKBOOKS = products(lambda room: room.workbooks)
CSV_FILES = products(lambda room: room.csv_files)


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the workbook that each command brings."""
    folder = tmp_path_factory.mktemp("workbooks")
    made = {name: brought(folder / name, product) for name, product in WORKBOOKS.items()}
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
        f"{name}_{number}": file
        for name, product in CSV_FILES.items()
        for number, file in enumerate(brought(folder / name, product))
    }
    made = office.workbooks_of(files)
    return {name: next(iter(seen(content).values())) for name, content in made.items()}


def brought(database: Path, product: Product[E]) -> list[bytes]:
    """Return the files that a command brings."""

    async def ask() -> list[bytes]:
        async with open_stage(database) as stage:
            certain = examples()[product.room].certain
            await stage.command(await certain(stage, product.command))
            return [bytes_of(file) for file in stage.slack.files]

    return asyncio.run(ask())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_both_readers_open_what_people_get(
    workbooks: Mapping[str, bytes], opened: Mapping[str, Mapping[str, Rows]], name: str
) -> None:
    first, second = opened[name], seen(workbooks[name])
    assert tuple(second) == WORKBOOKS[name].expected
    assert sorted(first) == sorted(second)
    for title, sheet in second.items():
        assert sheet.formulas == 0
        assert len(first[title]) == len(sheet.rows)


@pytest.mark.parametrize("name", CSV_FILES)
def test_the_csv_that_people_get_is_text_and_no_formula(
    imported: Mapping[str, Seen], name: str
) -> None:
    sheets = [sheet for file, sheet in imported.items() if file.rpartition("_")[0] == name]
    assert len(sheets) == CSV_FILES[name].expected
    for sheet in sheets:
        assert sheet.formulas == 0
        assert not str(sheet.rows[0][0]).startswith("\ufeff")
