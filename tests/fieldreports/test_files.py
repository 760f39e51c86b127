"""Pictures and exported figures in the thread of their answer."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from bot.assembly.process import assemble
from bot.config import with_values
from bot.fieldreports.question import FIGURES
from sandbox.vendors.saferme.pictures import picture
from sandbox.vendors.saferme.reports import CHANNELS, STATES
from tests.asking.seeing import bytes_of, words
from tests.company import settings_of
from tests.stage import Stage, open_stage

ASK = '/flow-analytics "Site hazards"'


def rows(stage: Stage) -> list[list[str]]:
    """Return the rows of the only file, a CSV."""
    [file] = stage.slack.files
    return list(csv.reader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))


async def test_the_latest_pictures_come_as_files_and_never_as_links(stage: Stage) -> None:
    await stage.command(f"{ASK} images last-30d", channel="CFIELD")

    [message] = stage.said("CFIELD")
    files = stage.slack.files
    assert len(files) == 10
    assert {file.thread_ts for file in files} == {message.ts}
    assert all(bytes_of(file).startswith(b"\x89PNG") for file in files)
    assert "of report" in files[0].alt_text
    assert stage.saferme.url not in str(message.blocks)
    outbox = await stage.rows("SELECT payload, question FROM ledger")
    assert "Expires" not in str(outbox)
    assert "Signature" not in str(outbox)


async def test_a_picture_is_the_thumbnail_of_its_report(stage: Stage) -> None:
    await stage.command(f"{ASK} images last-7d", channel="CFIELD")

    file = stage.slack.files[0]
    report = int(file.name.removesuffix(".png").rpartition("-")[2])
    assert bytes_of(file) == picture(report, "thumb")


@pytest.mark.parametrize(
    ("switch", "value"), [("image_host", "another host"), ("image_redirects", True)]
)
async def test_pictures_come_from_wherever_the_vendor_keeps_them(
    stage: Stage, switch: str, *, value: str | bool
) -> None:
    stage.saferme.set_switch(switch, value)

    await stage.command(f"{ASK} images last-7d", channel="CFIELD")

    assert len(stage.slack.files) == 10


async def test_what_only_says_it_is_a_picture_is_not_uploaded(stage: Stage) -> None:
    stage.saferme.set_switch("image_content", "a page that says it is one")

    await stage.command(f"{ASK} images last-7d", channel="CFIELD")

    [message] = stage.said("CFIELD")
    assert stage.slack.files == []
    assert "SaferMe did not send 10 of the latest 10 pictures" in words(message)


async def test_a_picture_elsewhere_than_on_a_trusted_host_is_named_and_not_fetched(
    tmp_path: Path,
) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database) as stage:
        stage.saferme.set_switch("image_host", "another host")
        narrow = {"download_hosts": ""}
        settings = with_values(settings_of(stage.world, database), fieldreports=narrow)
        async with assemble(settings, clock=stage.clock) as bot:
            await stage.slack.command(f"{ASK} images", user="UADA", channel="CFIELD")
            await bot.settle()

        [message] = stage.said("CFIELD")
        assert stage.slack.files == []
        shown = words(message)
        assert "did not send 10 of the latest 10" in shown
        assert f"can allow {stage.saferme.files_host}" in shown
        assert "SAFERME_DOWNLOAD_HOSTS" in shown


async def test_a_workbook_tells_its_field_and_what_to_mind(stage: Stage) -> None:
    await stage.command(f"{ASK} by-hour last-7d export xlsx", channel="CFIELD")

    [message] = stage.said("CFIELD")
    [file] = stage.slack.files
    assert "time zone unknown" in words(message)
    with zipfile.ZipFile(io.BytesIO(bytes_of(file))) as book:
        told = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name)
    assert "time zone unknown" in told


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("figure", FIGURES)
async def test_every_figure_can_be_had_as_a_file(stage: Stage, figure: str, form: str) -> None:
    field = ' "Severity"' if figure == "by-field" else ""
    await stage.command(f"{ASK} {figure}{field} export {form}", channel="CFIELD")

    [message] = stage.said("CFIELD")
    [file] = stage.slack.files
    assert file.thread_ts == message.ts
    assert "file in the thread" in message.text
    if form == "csv":
        assert len(rows(stage)) > 1
    else:
        with zipfile.ZipFile(io.BytesIO(bytes_of(file))) as book:
            assert book.testzip() is None
            assert b"Notes" in book.read("xl/workbook.xml")


async def test_a_file_has_the_rows_of_its_figure(stage: Stage) -> None:
    await stage.command(f"{ASK} by-state export csv", channel="CFIELD")

    head, *states = rows(stage)
    assert head == ["State", "Reports", "Share"]
    assert [row[0] for row in states] == list(STATES)


async def test_nothing_is_no_file(stage: Stage) -> None:
    for figure in ("by-hour", "images", "summary"):
        await stage.command(
            f'/flow-analytics "Brand new channel" {figure} export csv', channel="CFIELD"
        )
        assert "SaferMe has nothing for Brand new channel" in stage.said("CFIELD")[-1].text

    assert stage.slack.files == []


async def test_no_cell_of_a_file_is_a_formula(stage: Stage) -> None:
    await stage.command(f"/flow-analytics {CHANNELS[4].id} by-field 23 last-90d export csv")

    assert "'=HYPERLINK(1)" in {row[0] for row in rows(stage)}


async def test_the_export_form_brings_the_days_of_its_answer(stage: Stage) -> None:
    await stage.command(f"{ASK} by-weekday last-7d", channel="CFIELD")
    [message] = stage.said("CFIELD")
    await stage.at(stage.clock.now().replace(day=30))
    await stage.slack.message_shortcut("export_data", message=message)
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "/flow-analytics" in words(form)
    assert '"Site hazards" by-weekday 2026-11-17..2026-11-23' in words(form)
    assert "PDF" not in words(form)

    await stage.slack.submit(form, values={"format": {"format": "csv"}})
    await stage.settle()

    assert "17 Nov to 23 Nov 2026" in words(stage.said("CFIELD")[-1])
    assert len(rows(stage)) == 1 + 7


async def test_a_private_file_comes_by_direct_message(stage: Stage) -> None:
    await stage.command(f"{ASK} by-user export csv privately", channel="CFIELD")

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert stage.said("CFIELD") == []
