"""What Slack sends when somebody uses a listener, for each that there is: made by hand.

So people of other organisations can be played where Slack offers them nothing today, and buttons
whose message would take long to come by.
"""

from typing import Any

from bot.codec import dumps
from sandbox.slack import Message
from sandbox.slack.delivery.outcome import Delivery
from sandbox.slack.people import PARTNER
from tests.stage import Stage

Json = dict[str, Any]

TYPED = {
    "/flow": "list",
    "/flow-report": "onboarding last-7d",
    "/flow-events": "future",
    "/flow-export": "workflows",
    "/flow-analytics": "channels",
    "/flow-run": "list today",
}
"""A question for each command."""
ASSIGNMENT = {"token": "t", "flow_id": "flow_onb001", "flow": "onboarding", "email": "a@b.example"}
LARGE = {"key": "answer:none", "count": 2, "size": 60_000_000}
ASK = {"job": "report", "details": {"flow": "onboarding", "export": ""}, "privately": False}
VALUES = {
    "confirm_assign": dumps(ASSIGNMENT),
    "cancel_assign": dumps(ASSIGNMENT),
    "file_compressed": dumps(LARGE),
    "file_in_parts": dumps(LARGE),
    "pick": dumps(ASK),
    "do": dumps(ASK),
    "type_line": dumps({"command": "/flow-report", "text": "onboarding", "channel": "CTRAIN"}),
    "digest_menu": "1:why-0",
    "menu": dumps({"answer": "answer:none", "file": "csv"}),
    "open_form": dumps({"form": "get_training_report", "about": ""}),
}
"""The values of buttons that hold more than a name."""


async def use(
    stage: Stage, kind: str, name: str, *, user: str, shown: Message, value: str = ""
) -> Delivery:
    """Use a listener as somebody, beside the message `shown`, and return the acknowledgement.

    `value` is that of what is pressed or chosen, where it is another than the usual one.
    """
    if kind == "command":
        return await stage.slack.sender.deliver("slash_commands", _command(stage, name, user))
    if kind == "event":
        return await stage.slack.sender.deliver("events_api", _event(stage, name, user))
    makers = {"action": _action, "options": _options, "view": _view, "message": _message}
    more = makers[kind](name, shown) if kind in makers else {"type": "shortcut"}
    if value and kind == "action":
        more = _action(name, shown, value)
    if kind in ("global", "message"):
        more |= {"callback_id": name}
    payload = {**_anything(stage, user), **more}
    return await stage.slack.sender.deliver("interactive", payload)


def _anything(stage: Stage, user: str) -> Json:
    team = stage.slack.workspace.users[user].team_id or stage.slack.team_id
    return {
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": team},
        "team": {"id": stage.slack.team_id, "domain": "lumen-works"},
        "api_app_id": stage.slack.app_id,
        "trigger_id": stage.slack.trigger(user, channel="CTRAIN"),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _command(stage: Stage, name: str, user: str) -> Json:
    return {
        "command": name,
        "text": TYPED[name],
        "user_id": user,
        "user_name": user.lower(),
        "channel_id": "CTRAIN",
        "team_id": stage.slack.team_id,
        "api_app_id": stage.slack.app_id,
        "trigger_id": stage.slack.trigger(user, channel="CTRAIN"),
    }


def _event(stage: Stage, name: str, user: str) -> Json:
    event = {"type": name, "user": user, "channel": "CTRAIN", "text": "hello", "ts": "1.000001"}
    return {
        "type": "event_callback",
        "event": {
            **event,
            "user_team": PARTNER,
            "event_ts": "1.000001",
            **_more(stage, name, user),
        },
        "event_id": f"Ev{name}{user}",
        "team_id": stage.slack.team_id,
        "api_app_id": stage.slack.app_id,
        "authorizations": [],
    }


def _more(stage: Stage, name: str, user: str) -> Json:
    """Return what an event of that name has besides, or in another way."""
    direct = stage.slack.workspace.direct_message(user).id
    return {
        "message": {"channel": direct, "channel_type": "im"},
        "member_joined_channel": {"user": stage.slack.bot_user_id, "inviter": user},
        "app_home_opened": {"channel": direct, "tab": "home"},
    }.get(name, {})


def _action(name: str, shown: Message, value: str = "") -> Json:
    value = value or VALUES.get(name, "answer:none")
    chosen = {"value": value, "selected_option": {"value": value}}  # a button's, and a menu's
    action = {"type": "button", "action_id": name, "block_id": "b", **chosen}
    channel = {"id": shown.channel, "name": "training"}
    pressed = {"type": "block_actions", "actions": [action], "channel": channel}
    return {**_message("", shown), **pressed}


def _options(name: str, shown: Message) -> Json:
    del shown
    return {"type": "block_suggestion", "action_id": name, "value": "", "block_id": name}


def _view(name: str, shown: Message) -> Json:
    blocks = [{"type": "input", "block_id": "first", "element": {"type": "plain_text_input"}}]
    view = {
        "id": f"V{name}",
        "type": "modal",
        "callback_id": name,
        "state": {"values": {}},
        "private_metadata": dumps({"channel": shown.channel, "titles": {"t": "T"}}),
        "blocks": blocks,
    }
    return {"type": "view_submission", "view": view}


def _message(name: str, shown: Message) -> Json:
    del name
    message = {
        "ts": shown.ts,
        "user": shown.user,
        "bot_id": shown.bot_id,
        "text": shown.text or "x",
        "blocks": list(shown.blocks),
    }
    return {
        "type": "message_action",
        "channel": {"id": shown.channel, "name": "training"},
        "message": message,
        "message_ts": shown.ts,
    }
