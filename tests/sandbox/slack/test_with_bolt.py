"""The whole way round: a real Bolt app that hears people and speaks through the Web API."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import actions, button, modal, section, text_input

Json = dict[str, Any]


async def test_a_command_is_answered_in_the_ack_and_in_the_channel(
    slack: SlackSandbox, bolt: AsyncApp
) -> None:
    @bolt.command("/flow")
    async def listen(ack: Any, command: Json, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=command["channel_id"], text=command["text"])
        await ack("on its way")

    outcome = await slack.command("/flow help me", user="UADA", channel="CTRAIN")

    assert (outcome.status, outcome.text, outcome.error) == (200, "on its way", "")
    assert [one.text for one in slack.messages("CTRAIN")] == ["help me"]
    assert [one.text for one in slack.ephemerals("UADA")] == ["on its way"]


async def test_a_modal_is_opened_refused_and_then_accepted(
    slack: SlackSandbox, bolt: AsyncApp
) -> None:
    @bolt.shortcut("get_report")
    async def opened(ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(text_input()))

    @bolt.view("form")
    async def submitted(ack: Any, view: Json) -> None:
        name = view["state"]["values"]["name"]["value"]["value"]
        if name == "wrong":
            await ack(response_action="errors", errors={"name": "Not that one"})
        else:
            await ack()

    await slack.shortcut("get_report", user="UGRACE")
    view = slack.view_of("UGRACE")
    assert view is not None
    refused = await slack.submit(view, values={"name": {"value": "wrong"}}, user="UGRACE")
    assert refused.errors == {"name": "Not that one"}
    assert slack.view_of("UGRACE") is not None

    accepted = await slack.submit(view, values={"name": {"value": "right"}}, user="UGRACE")
    assert accepted.errors == {}
    assert slack.view_of("UGRACE") is None


async def test_a_button_changes_its_own_message(slack: SlackSandbox, bolt: AsyncApp) -> None:
    @bolt.action("go")
    async def clicked(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["container"]["message_ts"],
            text="done",
            blocks=[section(f"<@{body['user']['id']}> did it")],
        )

    await bolt.client.chat_postMessage(
        channel="CTRAIN", text="Ready?", blocks=[section("Ready?"), actions(button())]
    )
    outcome = await slack.click(slack.messages("CTRAIN")[0], action_id="go", user="ULIN")

    assert outcome.status == 200
    [message] = slack.messages("CTRAIN")
    assert message.text == "done"
    assert message.blocks[0]["text"]["text"] == "<@ULIN> did it"


async def test_respond_reaches_a_channel_where_the_bot_is_no_member(
    slack: SlackSandbox, bolt: AsyncApp
) -> None:
    @bolt.command("/flow")
    async def listen(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="for all", response_type="in_channel")
        await respond(text="for you")

    await slack.command("/flow", user="UGRACE", channel="GLEADS")

    assert [one.text for one in slack.messages("GLEADS")] == ["for all"]
    assert [one.text for one in slack.ephemerals("UGRACE")] == ["for you"]


async def test_bolt_answers_the_challenge(slack: SlackSandbox, bolt: AsyncApp) -> None:
    assert bolt.name
    assert await slack.verify_url() is True


async def test_a_mention_reaches_the_app_as_an_event(slack: SlackSandbox, bolt: AsyncApp) -> None:
    heard: list[str] = []

    @bolt.event("app_mention")
    async def mentioned(event: Json) -> None:
        heard.append(event["text"])

    await slack.say(f"<@{slack.bot_user_id}> hello", user="UADA", channel="CTRAIN")

    assert heard == [f"<@{slack.bot_user_id}> hello"]
