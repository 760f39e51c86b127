"""Uploads in three steps, and what becomes of them."""

import io
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import code, section


async def _uploaded(
    client: AsyncWebClient, http: aiohttp.ClientSession, body: bytes = b"a,b\n1,2\n"
) -> str:
    step = await client.files_getUploadURLExternal(
        filename="report.csv", length=len(body), alt_txt="Two columns"
    )
    async with http.post(step["upload_url"], data=io.BytesIO(body)) as response:
        assert response.status == 200
    return str(step["file_id"])


async def test_a_file_appears_in_the_thread_it_was_completed_into(
    slack: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    parent = await client.chat_postMessage(channel="CTRAIN", text="Report")
    file_id = await _uploaded(client, http)
    done = await client.files_completeUploadExternal(
        files=[{"id": file_id, "title": "The report"}],
        channel_id="CTRAIN",
        thread_ts=parent["ts"],
        initial_comment="As asked",
    )
    assert done["files"][0]["id"] == file_id
    [reply] = slack.thread("CTRAIN", parent["ts"])
    assert (reply.text, reply.files[0].name) == ("As asked", "report.csv")
    [file] = slack.files
    assert (file.title, file.mime, file.size) == ("The report", "text/csv", 8)
    assert (file.content, file.alt_text) == (b"a,b\n1,2\n", "Two columns")
    assert (file.channel, file.thread_ts) == ("CTRAIN", parent["ts"])


async def test_bytes_may_come_as_a_form(
    slack: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    step = await client.files_getUploadURLExternal(filename="a.txt", length=5)
    form = aiohttp.FormData()
    form.add_field("file", b"hello", filename="a.txt")
    async with http.post(step["upload_url"], data=form) as response:
        assert response.status == 200
    await client.files_completeUploadExternal(files=[{"id": step["file_id"]}])
    assert slack.files[0].content == b"hello"


@pytest.mark.parametrize("body", [b"four", b"sixsix", b""])
async def test_the_announced_length_is_exact(
    client: AsyncWebClient, http: aiohttp.ClientSession, body: bytes
) -> None:
    step = await client.files_getUploadURLExternal(filename="a.txt", length=5)
    async with http.post(step["upload_url"], data=body) as response:
        assert response.status == 400
    call = client.files_completeUploadExternal(files=[{"id": step["file_id"]}])
    assert await code(call) == "file_not_found"


async def test_a_large_file_is_spooled_and_handed_out_as_a_path(
    slack: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    body = b"x" * (9 * 2**20)
    file_id = await _uploaded(client, http, body)
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="CTRAIN")
    content = slack.files[0].content
    assert isinstance(content, Path)
    assert content.stat().st_size == len(body)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"channel_id": "CRANDOM"}, "not_in_channel"),
        ({"channel_id": "GLEADS"}, "channel_not_found"),
        ({"channel_id": "UADA"}, "channel_not_found"),
        ({"channel_id": "CARCHIVE"}, "posting_to_channel_denied"),
        ({"channel_id": "CTRAIN", "thread_ts": "1.000001"}, "invalid_arguments"),
        ({"channels": "CTRAIN,CFIELD", "thread_ts": "1.000001"}, "invalid_arguments"),
        ({"channels": ",".join(["CTRAIN"] * 101)}, "channels_limit_exceeded"),
        (
            {"channel_id": "CTRAIN", "initial_comment": "x", "blocks": [section("x")]},
            "invalid_arguments",
        ),
    ],
)
async def test_a_file_goes_only_where_the_bot_may_share_it(
    client: AsyncWebClient, http: aiohttp.ClientSession, place: dict[str, Any], expected: str
) -> None:
    file_id = await _uploaded(client, http)
    body = {"files": [{"id": file_id}], **place}
    assert await code(client.api_call("files.completeUploadExternal", json=body)) == expected


async def test_an_unknown_or_finished_file_is_not_found(
    slack: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    complete = client.files_completeUploadExternal
    assert await code(complete(files=[{"id": "FNOWHERE"}])) == "file_not_found"
    file_id = await _uploaded(client, http)
    await complete(files=[{"id": file_id}])
    assert await code(complete(files=[{"id": file_id}])) == "file_not_found"
    slack.switches.complete_twice = "ok"
    await complete(files=[{"id": file_id}])


async def test_a_file_can_be_looked_at_and_downloaded_with_the_token(
    slack: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    file_id = await _uploaded(client, http)
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="CTRAIN")
    url = (await client.files_info(file=file_id))["file"]["url_private_download"]

    async with http.get(url) as response:
        assert response.status == 403
    async with http.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"}) as response:
        assert await response.read() == b"a,b\n1,2\n"
    assert await code(client.files_info(file="FNOWHERE")) == "file_not_found"


async def test_alt_text_has_a_limit(client: AsyncWebClient) -> None:
    call = client.files_getUploadURLExternal(filename="a", length=1, alt_txt="x" * 1001)
    assert await code(call) == "alt_txt_too_large"
