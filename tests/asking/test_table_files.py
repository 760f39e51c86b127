"""Tables as files: what is offered is what is opened, also by a later version of Flowbot."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.asking.occasion import Occasion
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.fieldreports.question import AnalyticsQuestion
from bot.tables.columns import Column, Sheet
from bot.tables.table_files import TableFiles
from bot.webinars.question import EventsQuestion
from sandbox.clock import SandboxClock

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
FIGURES = TableSource("figures", "SaferMe", AnalyticsQuestion)
EVENTS = TableSource("events", "FLOW", EventsQuestion)


async def opened(source: TableSource[Any], arguments: dict[str, Any]) -> tuple[TableFile[Any], str]:
    """Return the file that was asked for, and what was in it."""
    asked: list[TableFile[Any]] = []

    async def content(file: TableFile[Any]) -> TableContent:
        asked.append(file)
        return TableContent([Sheet("Rows", [Column("Number")], [(1,)])])

    opener = source.opener(content, TableFiles(), SandboxClock(NOW), str)
    async with opener(arguments) as body:
        text = b"".join([chunk async for chunk in body.chunks]).decode("utf-8-sig")
    return asked[0], text


async def test_what_is_offered_is_asked_for_anew_when_it_is_opened() -> None:
    question = EventsQuestion("report", "TOKEN", report="compiled", export="csv")
    file = TableFile(question, "Safety: <compiled>", "Europe/Berlin", part="Chat")

    offer = EVENTS.offer(file, day=date(2026, 11, 24))

    assert offer.filename == "safety-compiled-2026-11-24.csv"
    assert offer.title == "Safety: <compiled>"
    assert offer.source.name == "events"
    found, text = await opened(EVENTS, offer.source.arguments)
    assert found == file
    assert text.splitlines() == ["Number", "1"]


def test_an_answer_tells_how_many_rows_there_are_and_has_no_file_of_none() -> None:
    file = TableFile(AnalyticsQuestion("7", export="xlsx"), "Site hazards", "Europe/Berlin")

    occasion = Occasion(zone=file.zone, asked_at=NOW, now=NOW, asked_by="Ada")
    answer = FIGURES.answer(file, 2, occasion)
    assert answer.message.text == "Site hazards: Excel file in the thread (2 rows)."
    [offer] = answer.files
    assert offer.filename == "site-hazards-2026-11-24.xlsx"

    nothing = FIGURES.answer(file, 0, occasion)
    assert nothing.files == ()
    assert "SaferMe has no rows for this" in nothing.message.text


@pytest.mark.parametrize(
    "arguments",
    [
        {"kind": "analytics", "question": {"channel": "7", "export": "csv"}},
        {"file": "table", "form": "csv", "question": {"channel": "7", "export": ""}},
    ],
    ids=["a list", "a figure"],
)
async def test_what_an_older_version_offered_is_still_opened(arguments: dict[str, Any]) -> None:
    found, text = await opened(FIGURES, {**arguments, "title": "Old", "zone": "UTC"})

    assert found == TableFile(AnalyticsQuestion("7", export="csv"), "Old", "UTC")
    assert text.splitlines() == ["Number", "1"]
