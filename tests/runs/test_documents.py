"""What a run produced: in the thread with the right name and type, or why not and where it is."""

import pytest

from sandbox.slack import File
from tests.asking.seeing import bytes_of
from tests.runs.acting import card, our_run, quiet, started, thread
from tests.stage import Stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage, seconds=10)


async def ended(stage: Stage, name: str = "Letter template 01") -> list[str]:
    """Run a flow to its end and return what is in its thread."""
    shown = await started(stage, name)
    await stage.after(seconds=30)
    return thread(stage, shown)


def only_file(stage: Stage) -> File:
    [file] = stage.slack.files
    return file


@pytest.mark.parametrize("declared", ["full", "short", "missing", "wrong"])
async def test_a_document_has_the_right_name_whatever_the_vendor_says_of_it(
    stage: Stage, declared: str
) -> None:
    stage.smartflows.set_switch("document_type", declared)
    await ended(stage)

    file = only_file(stage)
    assert file.name == f"Letter template 01 {our_run(stage).number}.pdf"
    assert bytes_of(file).startswith(b"%PDF")


async def test_every_document_of_a_run_follows(stage: Stage) -> None:
    said = await ended(stage, "Invoice run")

    assert "3 documents follow." in said[0]
    assert len(said) == 4


@pytest.mark.parametrize("oddity", ["odd_output", "no_document_names", "download_chunked"])
async def test_documents_are_found_however_the_vendor_tells_of_them(
    stage: Stage, oddity: str
) -> None:
    stage.smartflows.set_switch(oddity, value=True)
    await ended(stage)

    assert only_file(stage).name.endswith(".pdf")


async def test_a_document_that_is_gone_is_named(stage: Stage) -> None:
    stage.smartflows.set_switch("lost_documents", value=True)
    said = await ended(stage)

    assert stage.slack.files == []
    assert said[0].startswith("Letter template 01 is done after 10 s.")
    reply = stage.slack.thread("CTRAIN", card(stage).ts)[0]
    assert "isn't attached: look in Smart Flows" in str(reply.blocks)


async def test_an_upload_that_slack_refuses_is_explained_once(stage: Stage) -> None:
    stage.slack.refuse("files.completeUploadExternal", error="file_type_not_allowed", times=9)
    said = await ended(stage)

    assert stage.slack.files == []
    assert len(said) == 2
    assert "This workspace does not allow files of this type" in said[1]
    assert "It is still in Smart Flows" in said[1]


async def test_a_run_with_warnings_shows_them(stage: Stage) -> None:
    stage.smartflows.set_switch("next_outcome", "Warning")
    said = await ended(stage)

    reply = stage.slack.thread("CTRAIN", card(stage).ts)[0]
    assert said[0].startswith("Letter template 01 is done with warnings after 10 s.")
    assert "1 warning:" in str(reply.blocks)


async def test_a_failure_while_the_end_is_told_only_delays_it(stage: Stage) -> None:
    shown = await started(stage, "Letter template 01")
    await stage.after(seconds=9, step=3)
    stage.smartflows.set_switch("cut_body", 12)
    await stage.after(minutes=3)

    said = thread(stage, shown)
    assert len([text for text in said if "is done" in text]) == 1
    assert only_file(stage).name.endswith(".pdf")
