"""Files of many megabytes: told of while they come, and offered in another form where too large."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.tables.guard import is_live
from sandbox.slack import File
from tests.asking.seeing import has_blocks, has_native_blocks, interactive, words
from tests.stage import Stage, open_stage

STEP = '/flow-export "Spring campaign" step 1 last-7d csv'


@pytest.fixture
async def small_limit(tmp_path: Path) -> AsyncIterator[Stage]:
    """Yield a stage in whose workspace files may have 2 MB."""
    async with open_stage(tmp_path / "flowbot.db", largest_file_mb=2) as stage:
        stage.giosg.set_switch("export_megabytes", 5)
        yield stage


async def test_the_message_of_a_large_file_tells_how_far_it_is(stage: Stage) -> None:
    stage.giosg.set_switch("export_megabytes", 30)

    await stage.command(STEP)

    [file] = stage.slack.files
    [parent] = stage.said()
    edits = [call.arguments["text"] for call in stage.slack.calls if call.method == "chat.update"]
    assert any("Fetching the file: " in text and "%" in text for text in edits)
    assert "file in the thread" in edits[-1]
    assert file.size >= 30_000_000
    assert "30 MB" in parent.text or "31 MB" in parent.text
    assert not live(content(file))
    [shared] = stage.slack.thread("CTRAIN", parent.ts)
    assert "cells begin like a formula" in shared.text


@pytest.mark.parametrize("when", [has_native_blocks, has_blocks])
async def test_the_message_of_a_file_comes_up_to_date_where_its_blocks_are_refused(
    stage: Stage, when: Callable[[dict[str, Any]], bool]
) -> None:
    stage.slack.refuse("chat.update", error="invalid_blocks", times=99, when=when)

    await stage.command(STEP)

    [parent] = stage.said()
    assert stage.slack.files
    assert "file in the thread" in parent.text
    assert not when({"blocks": parent.blocks})


async def test_a_file_over_the_limit_is_offered_compressed(small_limit: Stage) -> None:
    stage = small_limit
    await stage.command(STEP)
    [parent] = stage.said()
    assert stage.slack.files == []
    assert "this workspace takes at most 2 MB" in parent.text
    assert {"file_compressed", "file_in_parts"} == {
        each["action_id"] for each in interactive(parent.blocks)
    }

    await stage.slack.click(parent, action_id="file_compressed")
    await stage.settle()

    [file] = stage.slack.files
    assert file.name.endswith(".csv.zip")
    with zipfile.ZipFile(io.BytesIO(content(file))) as archive:
        assert archive.testzip() is None
        [inner] = archive.infolist()
        assert inner.filename == "spring-campaign.csv"
        assert inner.file_size > 5_000_000
        assert not live(archive.read(inner))


async def test_a_file_over_the_limit_comes_in_parts_that_hold_every_row_once(
    small_limit: Stage,
) -> None:
    stage = small_limit
    await stage.command(STEP)
    await stage.slack.click(stage.said()[0], action_id="file_in_parts")
    await stage.settle()

    parts = [content(file) for file in stage.slack.files]
    heading = parts[0].partition(b"\n")[0]
    assert len(parts) == 3
    assert {part.partition(b"\n")[0] for part in parts} == {heading}
    assert max(map(len, parts)) <= 2_000_000
    assert not [part for part in parts if live(part)]
    assert [bool(each.text) for each in stage.slack.thread("CTRAIN", stage.said()[1].ts)] == [
        *(False, False, True)  # the last one knows of all rows
    ]
    await stage.slack.click(stage.said()[0], action_id="file_compressed")
    await stage.settle()
    with zipfile.ZipFile(io.BytesIO(content(stage.slack.files[-1]))) as archive:
        whole = archive.read(archive.infolist()[0])
    assert heading + b"\n" + b"".join(part.partition(b"\n")[2] for part in parts) == whole
    assert "3 CSV files" in words(stage.said()[1])


async def test_a_file_of_unknown_length_over_the_limit_is_measured_and_offered(
    small_limit: Stage,
) -> None:
    stage = small_limit
    stage.giosg.set_switch("unknown_length", value=True)
    await stage.command(STEP)
    [parent] = stage.said()
    assert stage.slack.files == []
    assert "It has 5 MB" in parent.text

    await stage.slack.click(parent, action_id="file_in_parts")
    await stage.settle()

    assert [file.size <= 2_000_000 for file in stage.slack.files] == [True] * 3


async def test_a_file_larger_than_slack_takes_at_all_is_offered_without_being_read(
    stage: Stage,
) -> None:
    stage.giosg.set_switch("export_megabytes", 3_000)
    await stage.command(STEP)

    [parent] = stage.said()
    assert "It has 3 GB, and this workspace takes at most 1 GB." in parent.text
    assert "In 4 parts" in str(parent.blocks)


async def test_more_parts_than_a_thread_can_show_are_not_offered(small_limit: Stage) -> None:
    stage = small_limit
    stage.giosg.set_switch("export_megabytes", 50)
    await stage.command(STEP)

    [parent] = stage.said()
    assert "I can send it compressed; or ask for a shorter period." in parent.text
    assert [each["action_id"] for each in interactive(parent.blocks)] == ["file_compressed"]


async def test_a_workbook_over_the_limit_is_offered_as_csv_in_parts_that_fit(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path / "flowbot.db", largest_file_mb=1) as stage:
        await stage.command('/flow-export "Web navigation" step 1 last-90d xlsx')
        [parent] = stage.said()
        assert stage.slack.files == []
        assert "I can send it as CSV compressed, or in 3 files." in parent.text

        await stage.slack.click(parent, action_id="file_in_parts")
        await stage.settle()

        sizes = [file.size for file in stage.slack.files]
        assert len(sizes) == 3
        assert max(sizes) <= 1_000_000


async def test_a_file_too_large_even_when_compressed_is_refused_with_what_works(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path / "flowbot.db", largest_file_mb=1) as stage:
        stage.giosg.set_switch("export_megabytes", 400)
        await stage.command(STEP)
        await stage.slack.click(stage.said()[0], action_id="file_compressed")
        await stage.settle()

        assert stage.slack.files == []
        assert "It is too large even when compressed." in stage.said()[-1].text


async def test_a_joined_workbook_over_the_limit_is_offered_in_another_form(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db", largest_file_mb=1) as stage:
        stage.giosg.set_switch("export_rows", 12_000)

        await stage.command('/flow-export "Spring campaign" step 3 2026-02-01..2026-11-20 xlsx')

        [parent] = stage.said()
        assert stage.slack.files == []
        assert "this workspace takes at most 1 MB" in parent.text


def live(content: bytes) -> list[str]:
    """Return the cells that a spreadsheet would run."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if is_live(cell)]


def content(file: File) -> bytes:
    """Return the bytes of a file of some megabytes."""
    return file.path.read_bytes()
