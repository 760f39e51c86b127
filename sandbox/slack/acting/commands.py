"""Slash commands."""

from typing import Any

from sandbox.slack.acting.desk import Desk
from sandbox.slack.acting.escaping import as_typed, escaped
from sandbox.slack.channels import Channel
from sandbox.slack.delivery.outcome import Delivery, Outcome, outcome_of
from sandbox.slack.manifest import Command
from sandbox.slack.people import User
from sandbox.slack.refusals import Refusal
from sandbox.slack.replies import post_reply
from sandbox.slack.response_urls import ResponseUrl


async def run_command(
    desk: Desk, typed: str, *, user: str, channel: str, redeliver: int = 0
) -> Outcome:
    """Send a typed command to the app, `redeliver` more times unchanged, and show its replies.

    Capitals in its name are read as small letters: Slack's list of commands, from which a person
    takes one, finds them whatever their case, and all names are in small letters.
    """
    person, place = desk.member(user), desk.writable(channel, user)
    name, _, text = typed.strip().partition(" ")
    command = desk.backend.manifest.command(name.lower())
    if command is None or not desk.backend.tokens.is_installed:
        return Outcome(text=f"{name} is not a valid command.", error="invalid_command")
    payload = _payload(desk, command, text.strip(), person, place)
    outcomes = []
    for _ in range(1 + redeliver):
        delivery = await desk.sender.deliver("slash_commands", payload)
        outcomes.append(_shown(desk, command, delivery, person, place))
    deliveries = tuple(one.deliveries[0] for one in outcomes)
    return outcome_of(
        *deliveries,
        status=outcomes[0].status,
        body=outcomes[0].body,
        text=outcomes[0].text,
        error=outcomes[0].error,
        message=outcomes[0].message,
    )


def _payload(
    desk: Desk, command: Command, text: str, person: User, place: Channel
) -> dict[str, Any]:
    identity = desk.backend.identity
    write = escaped if command.should_escape else as_typed
    enterprise = identity.enterprise
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "team_domain": identity.team_domain,
        **(
            {"enterprise_id": enterprise["id"], "enterprise_name": enterprise["name"]}
            if enterprise
            else {}
        ),
        "channel_id": place.id,
        "channel_name": place.payload_name,
        "user_id": person.id,
        "user_name": person.name,
        "command": command.command,
        "text": write(text, desk.backend.workspace),
        "api_app_id": identity.app_id,
        "is_enterprise_install": "true" if desk.backend.is_org_install else "false",
        "response_url": desk.response_url(user=person.id, channel=place.id),
        "trigger_id": desk.backend.triggers.mint(user=person.id, channel=place.id),
    }


def _shown(
    desk: Desk, command: Command, delivery: Delivery, person: User, place: Channel
) -> Outcome:
    if delivery.error:
        words = f'{command.command} failed with the error "{delivery.error}"'
        return outcome_of(delivery, text=words)
    reply = _reply(delivery.body)
    if reply is None:
        return outcome_of(delivery)
    where = ResponseUrl(person.id, place.id, "", "", desk.backend.clock.now())
    try:
        message = post_reply(desk.backend, where, reply)
    except Refusal as refusal:
        words = f'{command.command} failed with the error "{refusal.code}"'
        return outcome_of(delivery, text=words, error=refusal.code)
    return outcome_of(delivery, text=message.text if message else "", message=message)


def _reply(body: Any) -> dict[str, Any] | None:
    if isinstance(body, str) and body.strip():
        return {"text": body}
    if isinstance(body, dict) and body:
        return body
    return None
