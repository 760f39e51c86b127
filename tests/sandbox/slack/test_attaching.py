"""Files that people attach: to a message, and in a form's file input."""

import aiohttp

from sandbox.slack import SlackSandbox


async def _fetch(slack: SlackSandbox, address: str) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession() as session, session.get(address, headers=headers) as answer:
        return answer.status, answer.content_type, await answer.read()


async def test_a_message_carries_the_files_its_author_attached(slack: SlackSandbox) -> None:
    file = slack.attach("input.xml", b"<a/>", user="UADA")

    outcome = await slack.say("please run this", user="UADA", channel="CTRAIN", files=[file])

    assert outcome.message is not None
    assert [one.name for one in outcome.message.files] == ["input.xml"]


async def test_the_bot_fetches_a_persons_file_with_its_token(slack: SlackSandbox) -> None:
    slack.grant("files:read")
    file = slack.attach("input.xml", b"<a/>", user="UADA")

    status, _, content = await _fetch(slack, f"{slack.url}/files/{file.id}/{file.name}")

    assert (status, content) == (200, b"<a/>")


async def test_without_the_scope_a_file_is_a_page_to_sign_in(slack: SlackSandbox) -> None:
    slack.revoke("files:read")
    file = slack.attach("input.xml", b"<a/>", user="UADA")

    status, kind, content = await _fetch(slack, f"{slack.url}/files/{file.id}/{file.name}")

    assert (status, kind) == (200, "text/html")
    assert b"<a/>" not in content
