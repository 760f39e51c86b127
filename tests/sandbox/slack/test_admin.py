"""Other organisations, guests and people who left, and what the app hears when that changes."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.identity import Identity
from sandbox.slack.objects import user_object
from sandbox.slack.people import PARTNER, User
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.apps import code

SHARING = ("is_shared", "is_ext_shared", "is_pending_ext_shared", "is_org_shared")


async def person(client: AsyncWebClient, user: str) -> dict[str, object]:
    found: dict[str, object] = (await client.users_info(user=user, include_locale=True))["user"]
    return found


async def sharing(client: AsyncWebClient, channel: str) -> tuple[bool, ...]:
    found = (await client.conversations_info(channel=channel))["channel"]
    return tuple(found[name] for name in SHARING)


async def test_a_partner_has_a_team_of_their_own_and_is_no_stranger(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    pat = await person(client, "UPARTNER")
    assert (pat["team_id"], pat["is_stranger"]) == (PARTNER, False)
    assert "locale" not in pat

    await slack.admin.unshare("CSHARED")
    assert (await person(client, "UPARTNER"))["is_stranger"] is True
    assert (await person(client, "UADA"))["team_id"] == slack.team_id


async def test_a_partner_has_no_commands_and_sees_only_shared_channels(slack: SlackSandbox) -> None:
    with pytest.raises(ValueError, match="another workspace"):
        await slack.command("/x", user="UPARTNER", channel="CSHARED")
    with pytest.raises(ValueError, match="another workspace"):
        await slack.shortcut("x", user="UPARTNER")
    seen = [one.id for one in slack.workspace.visible_channels("UPARTNER") if not one.is_im]
    assert seen == ["CSHARED"]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("share", (True, True, False, False)),
        ("invite_team", (False, False, True, False)),
    ],
)
async def test_a_channel_says_whether_it_is_shared_or_about_to_be(
    slack: SlackSandbox, client: AsyncWebClient, act: str, expected: tuple[bool, ...]
) -> None:
    assert await sharing(client, "CTRAIN") == (False, False, False, False)

    await getattr(slack.admin, act)("CTRAIN")

    assert await sharing(client, "CTRAIN") == expected


async def test_a_channel_that_was_cut_off_takes_no_message(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    await slack.admin.freeze("CSHARED")

    found = (await client.conversations_info(channel="CSHARED"))["channel"]
    assert (found["is_frozen"], found["frozen_reason"]) == (True, "connection_severed")
    refused = await code(client.chat_postMessage(channel="CSHARED", text="x"))
    assert refused == "restricted_action_read_only_channel"


async def test_slack_says_less_of_direct_messages(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    channel = slack.workspace.direct_message("UADA").id

    found = (await client.conversations_info(channel=channel))["channel"]

    assert found["user"] == "UADA"
    assert "is_ext_shared" not in found
    slack.revoke("im:read")
    assert await code(client.conversations_info(channel=channel)) == "missing_scope"


async def test_an_answer_can_be_given_in_a_calls_place(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    slack.answer("users.info", {"ok": True, "user": {"id": "UADA"}})

    assert await person(client, "UADA") == {"id": "UADA"}
    assert (await person(client, "UADA"))["name"] == "ada"


@pytest.mark.parametrize("method", ["chat.postEphemeral", "conversations.info"])
async def test_arguments_that_a_method_does_not_have_are_refused(
    client: AsyncWebClient, method: str
) -> None:
    arguments = {"channel": "CTRAIN", "user": "UADA", "text": "x", "unfurl_links": "false"}

    assert await code(client.api_call(method, data=arguments)) == "invalid_arguments"


def test_people_of_a_grid_organisation_have_its_id() -> None:
    clock = SandboxClock()
    grid = Identity(enterprise_id="ELUMEN")
    workspace = Workspace(clock=clock, identity=grid, bot_name="Flowbot")
    sister = User("USIS", "sis", "Sis", team_id="TSISTER", enterprise_id="ELUMEN")

    def organisation(user: User) -> object:
        shown = user_object(user, workspace, clock.now(), with_locale=False, with_email=False)
        return shown.get("enterprise_user", {}).get("enterprise_id")

    with workspace.uploads:
        assert organisation(workspace.users["UADA"]) == "ELUMEN"
        assert organisation(sister) == "ELUMEN"
        assert organisation(workspace.users["UPARTNER"]) is None
