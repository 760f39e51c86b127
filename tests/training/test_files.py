"""The data as a file: in the thread of its message, in a direct message, or by invitation."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from sandbox.slack import Message
from tests.asking.answers import chosen
from tests.asking.seeing import bytes_of, interactive, picked, words
from tests.stage import Stage

SHEET = "xl/worksheets/sheet1.xml"
TRY_AGAIN = "try_again"


@pytest.mark.parametrize(
    ("form", "mime", "magic"),
    [
        ("csv", "text/csv", b"\xef\xbb\xbfAssignee,Status,"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("pdf", "application/pdf", b"%PDF-"),
    ],
)
async def test_an_export_comes_as_a_file_into_the_thread_of_its_message(
    stage: Stage, form: str, mime: str, magic: bytes
) -> None:
    await stage.command(f"/flow-report onboarding export {form}")

    [parent] = stage.said()
    [file] = stage.slack.files
    assert (file.channel, file.thread_ts) == ("CTRAIN", parent.ts)
    assert file.name == f"Onboarding-2026-11-23.{form}"
    assert file.mime == mime
    assert bytes_of(file).startswith(magic)
    assert len(bytes_of(file)) == file.size
    assert "training data" in file.alt_text
    assert "file in the thread (45 people)" in parent.text


async def test_an_export_holds_exactly_the_people_of_the_question(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-quarter overdue export csv")

    [file] = stage.slack.files
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    assert {row["Status"] for row in rows} == {"overdue"}
    [parent] = stage.said()
    assert "only overdue" in words(parent)


async def test_a_large_flow_is_exported_whole(stage: Stage) -> None:
    await stage.command("/flow-report gdpr export xlsx raw")

    [file] = stage.slack.files
    with zipfile.ZipFile(io.BytesIO(bytes_of(file))) as archive:
        assert archive.read(SHEET).count(b"<row>") == 1_204 + 1


@pytest.mark.parametrize(
    "switches",
    [
        ("download_chunked",),
        ("download_needs_key",),
        ("download_elsewhere", "download_redirects"),
    ],
)
async def test_however_the_vendor_serves_the_file_it_arrives(
    stage: Stage, switches: tuple[str, ...]
) -> None:
    for switch in switches:
        stage.momoflow.set_switch(switch, value=True)

    await stage.command("/flow-report onboarding export csv")

    [file] = stage.slack.files
    assert bytes_of(file).count(b"\r\n") == 45 + 1


@pytest.mark.parametrize(
    ("words_after", "user"), [("privately", "UADA"), ("", "UGUEST")], ids=["asked for", "a guest"]
)
async def test_a_private_export_comes_by_direct_message(
    stage: Stage, words_after: str, user: str
) -> None:
    await stage.command(f"/flow-report onboarding export csv {words_after}", user=user)

    direct = stage.slack.workspace.direct_message(user).id
    [parent] = stage.said(direct)
    [file] = stage.slack.files
    assert (file.channel, file.thread_ts) == (direct, parent.ts)
    assert stage.said("CTRAIN") == []


async def test_in_a_shared_channel_the_file_goes_to_the_asker(stage: Stage) -> None:
    await stage.command("/flow-report onboarding export csv", channel="CSHARED")

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert stage.said("CSHARED") == []


async def test_where_the_bot_is_no_member_it_asks_to_be_invited_and_then_brings_the_file(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding export csv", channel="CRANDOM")
    assert stage.slack.files == []
    invitation = last_whisper(stage)
    assert "/invite @Flowbot" in words(invitation)

    await stage.slack.invite("CRANDOM")
    await stage.settle()
    await stage.slack.click(invitation, action_id=TRY_AGAIN)
    await stage.settle()

    [file] = stage.slack.files
    assert file.channel == "CRANDOM"
    assert bytes_of(file).decode("utf-8-sig").startswith("Assignee,Status,")
    [parent] = stage.said("CRANDOM")[-1:]
    assert file.thread_ts == parent.ts


async def test_trying_again_without_inviting_the_bot_invites_once_more(stage: Stage) -> None:
    await stage.command("/flow-report onboarding export csv", channel="CRANDOM")

    await stage.slack.click(last_whisper(stage), action_id=TRY_AGAIN)
    await stage.settle()

    assert stage.slack.files == []
    assert "/invite @Flowbot" in words(last_whisper(stage))
    assert len([text for text in stage.whispered() if "/invite" in text]) == 2


async def test_a_file_that_the_vendor_fails_to_send_is_explained_and_can_be_tried_again(
    stage: Stage,
) -> None:
    stage.slack.refuse("files.getUploadURLExternal", error="file_uploads_disabled")
    await stage.command("/flow-report onboarding export csv")
    [parent] = stage.said()
    [why] = stage.slack.thread("CTRAIN", parent.ts)
    assert "This workspace does not allow uploads." in why.text

    await stage.slack.click(why, action_id=TRY_AGAIN)
    await stage.settle()

    [file] = stage.slack.files
    assert file.channel == "CTRAIN"


async def test_a_link_that_ended_before_the_download_is_explained_in_the_thread(
    stage: Stage,
) -> None:
    stage.momoflow.set_switch("link_minutes", 0)

    await stage.command("/flow-report onboarding export csv")

    [parent] = stage.said()
    [why] = stage.slack.thread("CTRAIN", parent.ts)
    assert "MomoFlow doesn't know this file any more." in why.text
    assert TRY_AGAIN in [each["action_id"] for each in interactive(why.blocks)]


def last_whisper(stage: Stage) -> Message:
    """Return what Ada alone saw last."""
    return stage.slack.ephemerals("UADA")[-1]


async def test_the_vendors_csv_is_guarded_and_that_is_said_beside_it(stage: Stage) -> None:
    stage.momoflow.set_switch("hostile_files", value=True)
    await stage.command("/flow-report onboarding export csv")

    [parent] = stage.said()
    [file] = stage.slack.files
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    assert {row["Modules"][:2] for row in rows} == {"'=", "'+", "'@"}
    [shared] = stage.slack.thread("CTRAIN", parent.ts)
    assert shared.text.startswith("45 cells begin like a formula")


async def test_the_vendors_workbook_is_looked_through_and_told_of(stage: Stage) -> None:
    stage.momoflow.set_switch("hostile_files", value=True)
    await stage.command("/flow-report onboarding export xlsx raw")

    [parent] = stage.said()
    [shared] = stage.slack.thread("CTRAIN", parent.ts)
    assert "has 15 formulas. Enable nothing that you do not trust." in shared.text


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
async def test_of_a_file_of_values_nothing_is_said(stage: Stage, form: str) -> None:
    await stage.command(f"/flow-report onboarding export {form}")

    [parent] = stage.said()
    [shared] = stage.slack.thread("CTRAIN", parent.ts)
    assert shared.text == ""


@pytest.mark.parametrize("form", ["csv", "pdf"])
async def test_an_empty_file_is_a_sentence(stage: Stage, form: str) -> None:
    stage.momoflow.set_switch("empty_files", value=True)
    await stage.command(f"/flow-report onboarding export {form}")

    [parent] = stage.said()
    [told] = stage.slack.thread("CTRAIN", parent.ts)
    assert stage.slack.files == []
    assert "It came without any content, so there is nothing to post." in told.text


async def test_a_flow_of_a_very_long_name_is_exported(stage: Stage) -> None:
    flows = stage.momoflow.organisation.flows
    flow = flows["flow_onb001"]
    named = replace(flow.plan, name="Onboarding " * 120)
    flows["flow_onb001"] = replace(flow, plan=named)
    await stage.command("/flow-report flow_onb001 export csv")

    [file] = stage.slack.files
    assert len(file.alt_text) == 1_000
    assert file.alt_text.endswith("…")


async def test_our_workbook_has_words_real_dates_and_the_overdue_first(stage: Stage) -> None:
    await stage.command("/flow-report onboarding export xlsx")

    book = workbook(stage)
    assert book.sheetnames == ["People", "Upcoming", "Notes"]
    people = book["People"]
    heads, *rows = people.iter_rows(values_only=True)
    assert heads == (
        "Person",
        "Status",
        "Modules completed",
        "Modules",
        "Progress %",
        "Assigned",
    )
    assert len(rows) == 45
    statuses = [row[1] for row in rows]
    assert list(dict.fromkeys(statuses)) == ["Overdue", "In progress", "Pending", "Completed"]
    assert all(isinstance(row[5], datetime) for row in rows)
    assert people.freeze_panes == "A2"
    assert people.auto_filter.ref == "A1:F46"
    notes = dict(book["Notes"].iter_rows(max_col=2, values_only=True))
    assert notes["Period"] == "all dates"
    assert notes["Source"].endswith("/flow-report onboarding export xlsx")


async def test_a_workbook_holds_what_was_asked_for(stage: Stage) -> None:
    await stage.command("/flow-report onboarding overdue by month detailed export xlsx")

    book = workbook(stage)
    assert book.sheetnames == ["People", "Modules", "Over time", "MomoFlow's own sums", "Notes"]
    assert {row[1] for row in book["People"].iter_rows(min_row=2, values_only=True)} == {"Overdue"}
    heads, *months = book["Over time"].iter_rows(values_only=True)
    assert heads == ("Month assigned", "From", "To", "All days counted", "Overdue")
    assert [row[0] for row in months] == ["Nov 2026", "Oct 2026", "Sep 2026", "Aug 2026"]
    assert [row[3] for row in months] == ["no", "yes", "yes", "yes"]
    notes = dict(book["Notes"].iter_rows(max_col=2, values_only=True))
    assert notes["Filter: Status"] == "only overdue"


async def test_export_has_momoflows_own_workbook_beside_ours(stage: Stage) -> None:
    await stage.command("/flow-report onboarding")
    await chosen(stage, stage.said()[-1], "raw")

    assert stage.said()[-1].text.startswith("Onboarding: MomoFlow's own Excel file in the thread")
    assert workbook(stage).sheetnames == ["Report"]


async def test_where_there_is_nobody_there_is_no_file(stage: Stage) -> None:
    await stage.command("/flow-report new hires export xlsx")

    assert stage.slack.files == []
    assert stage.said()[-1].text == "Nobody has Brand new flow yet, so there is no file."


async def test_several_statuses_are_a_workbook_or_a_choice(stage: Stage) -> None:
    await stage.command("/flow-report onboarding not completed export xlsx")
    statuses = {row[1] for row in workbook(stage)["People"].iter_rows(2, values_only=True)}
    assert statuses == {"Overdue", "In progress", "Pending"}

    await stage.command("/flow-report onboarding not completed export csv")
    await picked(stage, "Overdue")
    assert b"overdue" in bytes_of(stage.slack.files[-1])


def workbook(stage: Stage) -> Workbook:
    """Return the newest file, read by another reader than ours."""
    return load_workbook(io.BytesIO(bytes_of(stage.slack.files[-1])))
