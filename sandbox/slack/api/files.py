"""files.*: announcing an upload, completing it into channels, looking at a file."""

from dataclasses import replace
from typing import Any

from sandbox.slack import limits
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.channels import Channel
from sandbox.slack.content import Content, decoded, read_blocks
from sandbox.slack.objects import file_object
from sandbox.slack.refusals import Refusal, explained
from sandbox.slack.uploads import File


def get_upload_url(call: ApiCall) -> Answer:
    """files.getUploadURLExternal."""
    size = call.integer("length", default=0, least=1, most=2**40)
    alt_text = call.text("alt_txt")
    if len(alt_text) > limits.FILE_ALT_TEXT:
        raise Refusal("alt_txt_too_large")
    file_id = call.workspace.mint("F")
    key = call.workspace.uploads.announce(
        file_id=file_id,
        name=call.text("filename"),
        size=size,
        alt_text=alt_text,
        user=call.backend.identity.bot_user_id,
    )
    url = f"{call.backend.base_url}/upload/v1/{key}"
    return {"ok": True, "upload_url": url, "file_id": file_id}


def complete_upload(call: ApiCall) -> Answer:
    """files.completeUploadExternal; without a channel the files stay private."""
    listed = _listed(call)
    channels = _channels(call)
    thread_ts = _thread(call, channels)
    content = _content(call)
    files = [_complete(call, one, channels, thread_ts) for one in listed]
    for channel in channels:
        message = call.workspace.post(
            channel=channel.id,
            user=call.backend.identity.bot_user_id,
            content=content,
            bot_id=call.backend.identity.bot_id,
            thread_ts=thread_ts,
            files=tuple(files),
        )
        files = [call.workspace.uploads.put(replace(one, shared_ts=message.ts)) for one in files]
    return {"ok": True, "files": [file_object(one, call.backend.base_url) for one in files]}


def info(call: ApiCall) -> Answer:
    """files.info."""
    file = call.workspace.uploads.find(call.text("file"))
    if not file.is_complete:
        raise Refusal("file_not_found")
    shown = file_object(file, call.backend.base_url) | {"shares": _shares(call, file)}
    return {"ok": True, "file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def _shares(call: ApiCall, file: File) -> dict[str, Any]:
    """Return where a file is, once Slack is done with it."""
    age = call.backend.clock.now().timestamp() - file.created
    channel = call.workspace.channels.get(file.channel)
    if channel is None or age < call.backend.switches.shares_after:
        return {}
    share = {"ts": file.shared_ts, "thread_ts": file.thread_ts}
    return {"private" if channel.is_private or channel.is_im else "public": {channel.id: [share]}}


def _listed(call: ApiCall) -> list[dict[str, Any]]:
    listed = decoded(call.arguments.get("files"), "invalid_arguments")
    if not isinstance(listed, list) or not listed:
        raise explained("invalid_arguments", ["files must be a list of {id, title}"])
    for one in listed:
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            raise explained("invalid_arguments", ["missing required field: id"])
        file = call.workspace.uploads.find(one["id"])
        may_repeat = call.backend.switches.complete_twice == "ok"
        if not file.is_uploaded or (file.is_complete and not may_repeat):
            raise Refusal("file_not_found")
    return listed


def _channels(call: ApiCall) -> list[Channel]:
    ids = [one for one in call.text("channels").split(",") if one] or [call.text("channel_id")]
    if len(ids) > limits.FILE_CHANNELS:
        raise Refusal("channels_limit_exceeded")
    found = []
    for channel_id in filter(None, ids):
        one = ApiCall(call.method, {"channel": channel_id}, call.backend).joined_channel()
        if one.is_archived:
            raise Refusal("posting_to_channel_denied")
        found.append(one)
    return found


def _thread(call: ApiCall, channels: list[Channel]) -> str:
    if not call.text("thread_ts"):
        return ""
    if len(channels) != 1:
        raise explained("invalid_arguments", ["thread_ts needs exactly one channel"])
    parent = call.workspace.find(channels[0].id, call.text("thread_ts"))
    if parent is None or parent.is_reply:
        raise explained("invalid_arguments", ["thread_ts must be a parent message"])
    return parent.ts


def _content(call: ApiCall) -> Content:
    comment = call.text("initial_comment")
    most = call.backend.switches.block_characters
    blocks = read_blocks(call.arguments.get("blocks"), block_characters=most)
    if comment and blocks:
        raise explained("invalid_arguments", ["initial_comment and blocks exclude each other"])
    if any(block.get("type") == "markdown" for block in blocks):
        raise Refusal("internal_error")  # Slack's own fault: python-slack-sdk issue 1756
    return Content(text=comment, blocks=blocks)


def _complete(
    call: ApiCall, listed: dict[str, Any], channels: list[Channel], thread_ts: str
) -> File:
    file = call.workspace.uploads.find(listed["id"])
    return call.workspace.uploads.put(
        replace(
            file,
            title=str(listed.get("title") or file.name),
            channel=channels[0].id if channels else "",
            thread_ts=thread_ts,
            created=int(call.backend.clock.now().timestamp()),
            is_complete=True,
        )
    )
