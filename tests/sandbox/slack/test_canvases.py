"""Canvases as Slack's pages describe them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import code

TABLE = "| Figure | Now |\n| --- | --- |\n| Overdue | 5 |"


def markdown(text: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": text}


@pytest.fixture(autouse=True)
def scopes(slack: SlackSandbox) -> None:
    slack.grant("canvases:write", "canvases:read", "channels:read")


def create(client: AsyncWebClient, channel: str, text: str = "") -> Any:
    content = markdown(text)
    return client.conversations_canvases_create(channel_id=channel, document_content=content)


async def channel_canvas(client: AsyncWebClient, text: str = "") -> str:
    return str((await create(client, "CGENERAL", text))["canvas_id"])


async def found(client: AsyncWebClient, canvas: str, **criteria: Any) -> list[str]:
    answer = await client.canvases_sections_lookup(canvas_id=canvas, criteria=criteria)
    return [each["id"] for each in answer["sections"]]


async def edit(client: AsyncWebClient, canvas: str, **change: Any) -> Any:
    return await client.canvases_edit(canvas_id=canvas, changes=[change])


async def test_a_channel_has_one_canvas_of_its_own(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    canvas = await channel_canvas(client, "# Hello")
    info = await client.conversations_info(channel="CGENERAL")

    assert info["channel"]["properties"]["canvas"]["file_id"] == canvas
    assert slack.workspace.canvas("CGENERAL") == "# Hello"
    again = create(client, "CGENERAL")
    assert await code(again) == "channel_canvas_already_exists"


async def test_a_section_is_replaced_in_place(slack: SlackSandbox, client: AsyncWebClient) -> None:
    canvas = await channel_canvas(client, f"Ours\n\n## Onboarding\n\n{TABLE}\n\n- ours too")
    [table] = await found(client, canvas, contains_text="Overdue")

    await edit(
        client,
        canvas,
        operation="replace",
        section_id=table,
        document_content=markdown(TABLE.replace("5", "4")),
    )

    said = slack.workspace.canvas("CGENERAL")
    assert said == f"Ours\n\n## Onboarding\n\n{TABLE.replace('5', '4')}\n\n- ours too"


async def test_ids_of_sections_go_stale_with_the_next_edit(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    canvas = await channel_canvas(client, "# One\n\n# Two")
    one, two = await found(client, canvas, section_types=["h1"])
    await edit(client, canvas, operation="delete", section_id=one)

    stale = edit(client, canvas, operation="delete", section_id=two)
    assert await code(stale) == "canvas_editing_failed"

    [two] = await found(client, canvas, section_types=["any_header"], contains_text="Two")
    slack.write_canvas("CGENERAL", "# Two\n\nand more")
    stale = edit(client, canvas, operation="delete", section_id=two)
    assert await code(stale) == "canvas_editing_failed"


async def test_a_heading_may_hold_what_follows(slack: SlackSandbox, client: AsyncWebClient) -> None:
    canvas = await channel_canvas(client, "# One\n\ntext\n\n# Two")
    assert not await found(client, canvas, section_types=["h1"], contains_text="text")

    slack.switches.headings_hold_text = True
    [one] = await found(client, canvas, section_types=["h1"], contains_text="text")
    await edit(client, canvas, operation="delete", section_id=one)
    assert slack.workspace.canvas("CGENERAL") == "# Two"


async def test_what_is_looked_for_is_what_people_read(client: AsyncWebClient) -> None:
    canvas = await channel_canvas(client, r"**5** people \[late\] [here](https://x.example)")

    assert len(await found(client, canvas, contains_text="5 people [late] here")) == 1
    assert await found(client, canvas, contains_text="**5**") == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("> - a list in a quote", "canvas_editing_failed"),
        ("#### too deep", "canvas_editing_failed"),
        ("| a | b |\n| --- | --- |\n| 1 |", "canvas_editing_failed"),
        ("| a |\n| --- |\n" + "| 1 |\n" * 300, "canvas_editing_failed"),
    ],
    ids=["quoted list", "heading", "ragged", "cells"],
)
async def test_what_a_canvas_does_not_take_fails_the_whole_call(
    client: AsyncWebClient, text: str, error: str
) -> None:
    canvas = await channel_canvas(client)
    insert = edit(
        client, canvas, operation="insert_at_end", document_content=markdown(f"ok\n\n{text}")
    )
    assert await code(insert) == error


def test_a_change_has_a_mebibyte_at_most(slack: SlackSandbox) -> None:
    with pytest.raises(ValueError, match="canvas_too_large"):
        slack.write_canvas("CGENERAL", "x" * (2**20 + 1))


async def test_one_change_a_call(client: AsyncWebClient) -> None:
    canvas = await channel_canvas(client)
    change = {"operation": "insert_at_end", "document_content": markdown("x")}

    assert await code(client.canvases_edit(canvas_id=canvas, changes=[change, change])) == (
        "invalid_arguments"
    )
    bare = edit(client, canvas, operation="insert_after", document_content=markdown("x"))
    assert await code(bare) == "invalid_arguments"


async def test_only_members_write_and_only_while_the_channel_is_open(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    outside = create(client, "CRANDOM")
    assert await code(outside) == "no_permission"

    canvas = await channel_canvas(client)
    await slack.admin.archive("CGENERAL")
    write = edit(client, canvas, operation="insert_at_end", document_content=markdown("x"))
    assert await code(write) == "restricted_action"


async def test_it_needs_its_scopes(slack: SlackSandbox, client: AsyncWebClient) -> None:
    canvas = await channel_canvas(client)
    slack.revoke("canvases:write", "canvases:read")

    assert await code(create(client, "CTRAIN")) == "missing_scope"
    lookup = client.canvases_sections_lookup(canvas_id=canvas, criteria={"section_types": ["h1"]})
    assert await code(lookup) == "missing_scope"


async def test_access_and_deletion(slack: SlackSandbox, client: AsyncWebClient) -> None:
    answer = await client.canvases_create(title="Alone", document_content=markdown("x"))
    canvas = answer["canvas_id"]
    both = client.canvases_access_set(
        canvas_id=canvas, access_level="read", channel_ids=["CGENERAL"], user_ids=["UADA"]
    )
    assert await code(both) == "invalid_arguments"

    await client.canvases_access_set(canvas_id=canvas, access_level="read", user_ids=["UADA"])
    await client.canvases_access_delete(canvas_id=canvas, user_ids=["UADA"])
    await client.canvases_delete(canvas_id=canvas)
    assert await code(client.canvases_delete(canvas_id=canvas)) == "canvas_not_found"
    assert slack.workspace.canvas("CGENERAL") is None
